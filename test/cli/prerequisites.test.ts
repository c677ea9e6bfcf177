import { prerequisiteLines, prerequisites } from '../../src/cli/prerequisites';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { referredSecrets } from '../../src/outputs/referred-secrets';
import { clusterObjects } from '../../src/outputs/objects';
import { clusterOf } from '../support/cluster-of';

const linesOf = (document: Partial<ClusterDocument> = {}): string[] => {
  const cluster = clusterOf(document);
  return prerequisiteLines(prerequisites(cluster, referredSecrets(clusterObjects(cluster))));
};

const existing = (name: string, key: string) => ({ existing: { name, key } });
const github = { type: 'github', id: 'gh', config: { clientID: 'a', clientSecret: 'b' } };

describe('what has to exist before', () => {
  it('is nothing for a cluster that brings everything', () =>
    expect(linesOf({ release: '2.12.0-rc.3', access: { via: 'proxy' } })).toEqual([]));

  it('is every Secret that pods refer to, with its keys', () =>
    expect(
      linesOf({
        access: { via: 'proxy', tls: { secretName: 'proxy-tls' } },
        auth: { rootToken: existing('root', 'token'), clientSecret: existing('oauth', 'pachd') },
        enterprise: { licenseKey: existing('license', 'key'), secret: existing('license', 'secret') },
        console: { clientSecret: existing('oauth', 'console') },
        identity: { connectorsFrom: { existing: { name: 'idps' } }, credentialFilesSecretName: 'files' },
        database: {
          sslSecretName: 'client-cert',
          external: { host: 'db', password: existing('db', 'password') },
        },
        pachd: { tls: { secretName: 'pachd-tls' } },
        images: { pullSecrets: ['regcred'] },
      }).filter((line) => line.startsWith('Secret ')),
    ).toEqual([
      'Secret client-cert with tls.crt, tls.key',
      'Secret db with password',
      'Secret files',
      'Secret idps with upstream-idps',
      'Secret license with key, secret',
      'Secret oauth with console, pachd',
      'Secret pachd-tls with tls.crt, tls.key',
      'Secret proxy-tls with tls.crt, tls.key',
      'Secret regcred with .dockerconfigjson',
      'Secret root with token',
    ]));

  it("is an ingress's certificate too, and the storage secret with all its keys", () => {
    const lines = linesOf({
      access: { via: 'ingress', host: 'pach.acme.com', tls: { secretName: 'tls' } },
      storage: {
        gcs: { bucket: 'data', credentials: existing('pachyderm-storage-secret', 'GOOGLE_CRED') },
      },
    });
    expect(lines).toEqual([
      'Secret pachyderm-storage-secret with GOOGLE_BUCKET, GOOGLE_CRED, GOOGLE_APPLICATION_CREDENTIALS',
      'Secret tls with tls.crt, tls.key',
      'bucket gs://data',
      'name in DNS: pach.acme.com leads to the cluster',
    ]);
  });

  it('is each database on a server of the user, quoted for SQL', () =>
    expect(
      linesOf({
        database: { external: { host: 'db.acme.com', password: 'a' }, name: 'pach', identityName: 'my dex' },
      }),
    ).toEqual(['databases pach and my dex on db.acme.com: CREATE DATABASE pach; CREATE DATABASE "my dex";']));

  it('is the callback URL at identity providers that Terraform does not set up', () => {
    const access = { via: 'proxy', host: 'pach.acme.com' } as const;
    expect(linesOf({ access, identity: { connectors: [github] } })).toContain(
      'identity provider: http://pach.acme.com/dex/callback is registered as the callback URL',
    );
    const auth0: ClusterDocument['auth0'] = {
      domain: 'acme.eu.auth0.com',
      application: { clientID: 'a', clientSecret: 'b' },
      allow: { emailDomains: ['acme.com'] },
    };
    expect(linesOf({ access, auth0 }).join()).not.toContain('identity provider');
  });

  it('is no callback URL for a directory, nor for the client that Keycloak is given', () => {
    const access = { via: 'proxy', host: 'pach.acme.com' } as const;
    const userSearch = { baseDN: 'dc=acme', username: 'uid', idAttr: 'uid', emailAttr: 'mail' };
    const ldap = { type: 'ldap', id: 'corp', config: { host: 'ldap.acme.com:636', userSearch } };
    const keycloak = { url: 'https://sso.acme.com', realm: 'acme', clientSecret: 'a' };
    expect(linesOf({ access, identity: { connectors: [ldap] } }).join()).not.toContain('identity provider');
    expect(linesOf({ access, keycloak }).join()).not.toContain('identity provider');
  });

  it('is each file that connectors open, in the Secret that is mounted', () =>
    expect(
      linesOf({
        identity: {
          credentialFilesSecretName: 'files',
          connectors: [
            { ...github, config: { ...github.config, rootCA: '/dexcreds/ca.pem', hostName: 'git.acme.com' } },
          ],
        },
      }),
    ).toContain('Secret files with ca.pem'));

  it('is the store that ExternalSecrets fetch from', () =>
    expect(
      linesOf({
        secrets: {
          output: 'externalSecret',
          externalSecret: { store: 'vault', storeKind: 'ClusterSecretStore' },
        },
      }),
    ).toContain('ClusterSecretStore vault'));

  it('is the bucket by its URL, and no name in DNS for an address', () =>
    expect(
      linesOf({ access: { via: 'proxy', host: '10.0.0.1' }, storage: { s3: {}, url: 's3://data?region=a' } }),
    ).toEqual(['bucket s3://data?region=a']));
});
