import * as path from 'node:path';
import { toolPath } from '../harness';
import type { ImageContents } from './images';

/** What the node's container runtime keeps a pod's namespaces open with. */
export const PAUSE_IMAGE = 'pachkit.test/pause:1';

/** Programs of busybox that scripts of images use. */
const BUSYBOX = ['rm', 'sleep', 'touch'];

/** Programs of PostgreSQL that the image has. */
const SERVER_PROGRAMS = ['initdb', 'pg_ctl', 'pg_isready', 'postgres', 'psql'];

const busybox = (): Record<string, string> =>
  Object.fromEntries(BUSYBOX.map((name) => [`/bin/${name}`, toolPath('busybox')]));

/** Users by number, as images of Bitnami and of Dex have them. */
const PASSWD = 'root:x:0:0:root:/:/bin/sh\npostgres:x:1000:1000::/:/bin/sh\ndex:x:1001:1001::/:/bin/sh\n';

/** What Bitnami's image does with its variables, as far as the manifests count on it: Debian's server, a role, a database. */
const START_POSTGRES = `#!/bin/bash
set -eu
export PGHOST=/tmp PGUSER=postgres
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_POSTGRES_PASSWORD" > /tmp/password
  initdb -D "$PGDATA" -U postgres --auth-local=trust --auth-host=scram-sha-256 --pwfile=/tmp/password --no-sync
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses= -k /tmp" -w start
  psql -v ON_ERROR_STOP=1 -v user="$POSTGRES_USER" -v password="$POSTGRES_PASSWORD" -v db="$POSTGRES_DB" -d postgres <<'SQL'
CREATE ROLE :"user" LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE :"db" OWNER :"user";
SQL
  for script in /docker-entrypoint-initdb.d/*.sh; do bash "$script"; done
  pg_ctl -D "$PGDATA" -m fast -w stop
  touch "$POSTGRESQL_VOLUME_DIR/.initialized"
fi
exec postgres -D "$PGDATA" -k /tmp -c listen_addresses='*'
`;

/** An image that waits. */
export function pauseImage(): ImageContents {
  return { names: [PAUSE_IMAGE], programs: busybox(), entrypoint: ['/bin/sleep', '2147483647'] };
}

/**
 * Images for what runs of a cluster with a standalone Dex, by the names in its manifests. Dex and etcd are the programs that
 * the suites build, PostgreSQL is Debian's. There is none for pachd, pg-bouncer and Console.
 */
export function imagesOf({
  dex,
  etcd,
  postgres,
}: Record<'dex' | 'etcd' | 'postgres', string>): readonly ImageContents[] {
  const server = path.dirname(toolPath('postgres'));
  const version = path.basename(path.dirname(server));
  return [
    pauseImage(),
    {
      names: [dex],
      programs: { '/usr/local/bin/dex': toolPath('dex') },
      texts: { '/etc/passwd': PASSWD },
      open: ['/tmp'],
      entrypoint: ['/usr/local/bin/dex'],
    },
    {
      names: [etcd],
      programs: { ...busybox(), '/bin/sh': '/bin/sh', '/usr/local/bin/etcd': toolPath('etcd') },
      texts: { '/etc/passwd': PASSWD },
      open: ['/tmp', '/var/data'],
      entrypoint: ['/usr/local/bin/etcd'],
    },
    {
      names: [postgres],
      programs: {
        ...busybox(),
        '/bin/sh': '/bin/sh',
        '/bin/bash': '/bin/bash',
        ...Object.fromEntries(
          SERVER_PROGRAMS.map((name) => [path.join(server, name), path.join(server, name)]),
        ),
      },
      copies: [
        `/usr/lib/postgresql/${version}/lib`,
        `/usr/share/postgresql/${version}`,
        '/usr/share/zoneinfo',
        '/usr/lib/locale/C.utf8',
      ],
      texts: {
        '/etc/passwd': PASSWD,
        '/start-postgres': START_POSTGRES,
        ...links(server),
      },
      open: ['/tmp', '/opt/bitnami/postgresql/tmp'],
      entrypoint: ['/start-postgres'],
      // Does not wait until clients are gone, as the server's official image has it.
      stopSignal: 'SIGINT',
    },
  ];
}

/** Scripts on PATH that lead to PostgreSQL's programs, which look for their files beside themselves. */
function links(server: string): Record<string, string> {
  return Object.fromEntries(
    SERVER_PROGRAMS.map((name) => [`/usr/local/bin/${name}`, `#!/bin/sh\nexec ${server}/${name} "$@"\n`]),
  );
}
