import type { PathStep } from '../../document/source-node';
import { formatPath } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import { PLACES, type Place } from '../../model/secret-places';
import { STORAGE_SECRET } from '../../model/storage-settings';
import { secretFields } from './secret-fields';

/** A field of a document that names a key of a Secret which exists in the namespace. */
export interface ExistingReference {
  /** Path of the field; the name is at `existing.name` below it. */
  readonly path: readonly PathStep[];
  readonly place: Place;
  /** Whether the document names the key; else it is the default. */
  readonly namesKey: boolean;
  /** Where the official chart and pachkit keep this secret. */
  readonly own?: Place;
}

/** Where fields are kept by the official chart and by pachkit; fields that are missing have no place of their own. */
const OWN_PLACES: Readonly<Record<string, Place>> = {
  'auth.rootToken': PLACES.rootToken,
  'auth.clientSecret': PLACES.pachdClientSecret,
  'enterprise.licenseKey': PLACES.licenseKey,
  'enterprise.secret': PLACES.enterpriseSecret,
  'enterprise.member.serverToken': PLACES.enterpriseServerToken,
  'identity.connectorsFrom': PLACES.connectors,
  'identity.clientsFrom': PLACES.clients,
  'database.internal.password': PLACES.databasePassword,
  'database.internal.rootPassword': PLACES.databaseRootPassword,
  'database.external.password': PLACES.databasePassword,
  'console.clientSecret': PLACES.consoleClientSecret,
  deploymentID: PLACES.deploymentID,
};

/** Every reference to a Secret that exists. Credentials of the storage in their one Secret have rules of their own. */
export function existingReferences(document: ClusterDocument): ExistingReference[] {
  const { connectorsFrom, clientsFrom } = document.identity ?? {};
  const fields: { path: readonly PathStep[]; value: unknown; defaultKey?: string }[] = [
    ...secretFields(document),
    { path: ['identity', 'connectorsFrom'], value: connectorsFrom, defaultKey: PLACES.connectors.key },
    { path: ['identity', 'clientsFrom'], value: clientsFrom, defaultKey: PLACES.clients.key },
    { path: ['deploymentID'], value: document.deploymentID },
  ];
  return fields.flatMap(({ path, value, defaultKey = '' }) => {
    const existing = existingOf(value);
    if (!existing || (path[0] === 'storage' && existing.name === STORAGE_SECRET)) return [];
    const own = OWN_PLACES[formatPath(path)];
    return [
      {
        path,
        place: { name: existing.name, key: existing.key ?? defaultKey },
        namesKey: existing.key !== undefined,
        ...(own ? { own } : {}),
      },
    ];
  });
}

function existingOf(value: unknown): { readonly name: string; readonly key?: string } | undefined {
  return typeof value === 'object' && value !== null && 'existing' in value
    ? (value.existing as { name: string; key?: string })
    : undefined;
}
