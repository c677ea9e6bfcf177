import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Certificate } from './certificates';
import { freePort } from './ports';
import { runToSuccess, startProcess } from './process';
import type { Server } from './server';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

export const slapdTools = ['slapd', 'slapadd', 'ldapsearch'] as const;

export interface SlapdOptions {
  /** The entry below which everything is, such as `dc=acme,dc=com`. */
  readonly suffix: string;
  /** The entries, from the suffix down, as LDIF; classes of core, cosine and inetOrgPerson. */
  readonly ldif: string;
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
const schemas = ['core', 'cosine', 'inetorgperson'];

/** Starts OpenLDAP on loopback. */
export async function startSlapd({ suffix, ldif, certificate }: SlapdOptions): Promise<SlapdServer> {
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
      ...schemas.map((schema) => `include ${schemaDirectory}/${schema}.schema`),
      `modulepath ${moduleDirectory}`,
      'moduleload back_mdb',
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
