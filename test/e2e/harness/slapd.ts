import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Certificate } from './certificates';
import { freePort } from './ports';
import { runToSuccess, startProcess } from './process';
import type { Server } from './server';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

export const slapdTools = ['slapd', 'slapadd', 'ldapsearch', 'ldapadd'] as const;

export interface SlapdOptions {
  /** The entry below which everything is, such as `dc=acme,dc=com`. */
  readonly suffix: string;
  /** The entries, from the suffix down, as LDIF; classes of core, cosine, inetOrgPerson and those of `schemas`. */
  readonly ldif: string;
  /** Further schemas of Debian's slapd, such as `nis`. */
  readonly schemas?: readonly string[];
  /** A schema of one's own, as slapd.conf has it. */
  readonly ownSchema?: string;
  /** Overlays of the database by the names of their modules, such as `memberof`, each with its settings. */
  readonly overlays?: Readonly<Record<string, readonly string[]>>;
  /** Entries that are added to the running server, so that overlays see them. */
  readonly added?: string;
  /** Serve `ldaps://localhost` with this certificate; default: `ldap://` without TLS. */
  readonly certificate?: Certificate;
}

/** An OpenLDAP with the entries it was given. */
export interface SlapdServer extends Server {
  /** `host:port`, as Dex's LDAP connector takes it. */
  readonly host: string;
  /** A distinguished name that may read and write everything. */
  readonly bindDN: string;
  readonly bindPW: string;
}

// Where Debian puts the schemas and the loadable backends.
const schemaDirectory = '/etc/ldap/schema';
const moduleDirectory = '/usr/lib/ldap';
const CLASSES = ['core', 'cosine', 'inetorgperson'];

/** Starts OpenLDAP on loopback. */
export async function startSlapd({
  suffix,
  ldif,
  certificate,
  schemas = [],
  ownSchema = '',
  overlays = {},
  added,
}: SlapdOptions): Promise<SlapdServer> {
  const directory = temporaryDirectory('slapd');
  const port = await freePort();
  const bindDN = `cn=admin,${suffix}`;
  const bindPW = randomBytes(12).toString('hex');
  const configurationFile = directory.join('slapd.conf');
  mkdirSync(directory.join('data'));
  writeFileSync(directory.join('entries.ldif'), ldif);
  writeFileSync(
    configurationFile,
    [
      ...[...CLASSES, ...schemas].map((schema) => `include ${schemaDirectory}/${schema}.schema`),
      `modulepath ${moduleDirectory}`,
      ownSchema,
      ...['back_mdb', ...Object.keys(overlays)].map((name) => `moduleload ${name}`),
      `pidfile ${directory.join('slapd.pid')}`,
      ...(certificate === undefined
        ? []
        : [
            `TLSCertificateFile ${certificate.certificateFile}`,
            `TLSCertificateKeyFile ${certificate.keyFile}`,
          ]),
      'database mdb',
      `suffix "${suffix}"`,
      `rootdn "${bindDN}"`,
      `rootpw ${bindPW}`,
      `directory ${directory.join('data')}`,
      ...Object.entries(overlays).flatMap(([name, settings]) => [`overlay ${name}`, ...settings]),
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  await runToSuccess({
    name: 'slapadd',
    program: toolPath('slapadd'),
    args: ['-f', configurationFile, '-l', directory.join('entries.ldif')],
  });

  const host = `localhost:${port}`;
  const listenAt = certificate === undefined ? `ldap://127.0.0.1:${port}` : `ldaps://127.0.0.1:${port}`;
  const url = certificate === undefined ? `ldap://${host}` : `ldaps://${host}`;
  const running = startProcess({
    name: 'slapd',
    program: toolPath('slapd'),
    // With a debug level, even 0, slapd stays in the foreground.
    args: ['-f', configurationFile, '-h', listenAt, '-d', 'stats'],
  });
  await running.ready(async () => {
    const answer = await runToSuccess({
      name: 'ldapsearch',
      program: toolPath('ldapsearch'),
      args: ['-x', '-LLL', '-H', url, '-D', bindDN, '-w', bindPW, '-b', suffix, '-s', 'base', 'dn'],
      environment: { LDAPTLS_REQCERT: 'never' },
    });
    return answer.includes(`dn: ${suffix}`);
  });
  if (added !== undefined) {
    writeFileSync(directory.join('added.ldif'), added);
    await runToSuccess({
      name: 'ldapadd',
      program: toolPath('ldapadd'),
      args: ['-x', '-H', url, '-D', bindDN, '-w', bindPW, '-f', directory.join('added.ldif')],
      environment: { LDAPTLS_REQCERT: 'never' },
    });
  }
  return {
    url,
    port,
    host,
    bindDN,
    bindPW,
    logs: running.logs,
    async stop() {
      await running.stop();
      directory.remove();
    },
  };
}
