import type { DatabaseConnection } from './facts';
import type { CheckedCluster } from './subject';

const MODE_OF_DEX = ['dex', 'storage', 'postgres', 'sslMode'];
const MODE = ['database', 'sslMode'];
const EXTERNAL_KEY = 'database.external';
const AUTHORITY_KEY = 'database.sslCertificateAuthority';

/** The connections of pg-bouncer, and of a standalone Dex that stores in PostgreSQL. */
export function clusterDatabases(checked: CheckedCluster): readonly DatabaseConnection[] {
  const { document, cluster } = checked;
  const { database } = cluster;
  const ofPgBouncer: DatabaseConnection = {
    client: 'pg-bouncer',
    sslMode: { value: database.sslMode, path: MODE },
    isModeGiven: document.database?.sslMode !== undefined,
    host: database.host,
    isInternal: database.internal !== undefined,
    externalKey: EXTERNAL_KEY,
    hasAuthority: database.sslCertificateAuthority !== undefined,
    authorityKey: AUTHORITY_KEY,
  };
  return [ofPgBouncer, ...ofDex(checked, ofPgBouncer)];
}

function ofDex(
  { document, cluster }: CheckedCluster,
  other: DatabaseConnection,
): readonly DatabaseConnection[] {
  const storage = cluster.dex?.storage;
  if (storage?.type !== 'postgres') return [];
  const given = document.dex?.storage?.postgres ?? {};
  const isOther = given.host !== undefined;
  // Dex takes the mode over when it has one of that name.
  const isTaken = given.sslMode === undefined && !isOther && storage.sslMode === other.sslMode.value;
  return [
    {
      client: 'Dex',
      sslMode: { value: storage.sslMode, path: isTaken ? MODE : MODE_OF_DEX },
      isModeGiven: given.sslMode !== undefined || isTaken,
      host: storage.host,
      isInternal: other.isInternal && !isOther,
      externalKey: EXTERNAL_KEY,
      hasAuthority: storage.certificateAuthority !== undefined,
      ...(isOther ? {} : { authorityKey: AUTHORITY_KEY }),
    },
  ];
}
