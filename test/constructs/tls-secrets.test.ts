import { TlsSecrets } from '../../src/constructs/tls-secrets';
import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { writtenSecrets } from '../../src/model/written-secrets';
import { clusterOf } from '../support/cluster-of';
import { objectsIn } from '../support/objects-of';
import { Manifests } from '../support/manifests';
import { SERVER_CERTIFICATE, SERVER_KEY } from '../support/certificate';

const newSecret = { certificate: SERVER_CERTIFICATE, key: SERVER_KEY };
const data = { 'tls.crt': SERVER_CERTIFICATE, 'tls.key': SERVER_KEY };

const objectsOf = (document: Partial<ClusterDocument>) =>
  new Manifests((chart) => new TlsSecrets(chart, 'part', clusterOf({ namespace: 'data', ...document })));

describe('a certificate of the document', () => {
  it('is written for the proxy as a TLS Secret', () => {
    const objects = objectsOf({
      access: { host: 'pach.acme.com', tls: { secretName: 'public', newSecret } },
    });
    expect(objects.all).toEqual([
      expect.objectContaining({
        kind: 'Secret',
        metadata: { name: 'public', namespace: 'data' },
        type: 'kubernetes.io/tls',
        stringData: data,
      }),
    ]);
  });

  it.each([
    ['an ingress', { access: { via: 'ingress', tls: { secretName: 'tls', newSecret } } }, 'console'],
    ['pachd', { pachd: { tls: { secretName: 'tls', newSecret } } }, 'pachyderm'],
  ] as const)('is written for %s as the official chart does', (_, document, app) => {
    const [secret] = objectsOf(document).all;
    expect(secret).not.toHaveProperty('type');
    expect(secret).toMatchObject({
      metadata: { name: 'tls', labels: { app, suite: 'pachyderm' } },
      stringData: data,
    });
  });

  it('may be in a file, and its key anywhere', () => {
    const { stringData } = objectsOf({
      pachd: {
        tls: {
          secretName: 'tls',
          newSecret: { certificate: { file: 'tls.crt' }, key: { env: 'TLS_KEY' } },
        },
      },
    }).secret('tls');
    expect(stringData).toEqual({ 'tls.crt': 'content of tls.crt', 'tls.key': 'value of TLS_KEY' });
  });

  it('is not written where it is in the namespace', () => {
    expect(
      objectsOf({ access: { tls: { secretName: 'tls' } }, pachd: { tls: { secretName: 'b' } } }).all,
    ).toEqual([]);
  });

  it('counts as written', () => {
    const cluster = clusterOf({ pachd: { tls: { secretName: 'tls', newSecret } } });
    expect(writtenSecrets(cluster)).toMatchObject({ tls: ['tls.crt', 'tls.key'] });
    expect(writtenSecrets(cluster, { withTls: false })).not.toHaveProperty('tls');
  });

  it('starts new pods of pachd and Console when it is another', () => {
    const checksums = (certificate: string, key = SERVER_KEY) => {
      const cluster = clusterOf({
        pachd: {
          tls: {
            secretName: 'tls',
            customCertificateAuthority: true,
            newSecret: { certificate, key },
          },
        },
      });
      const objects = objectsIn(new PachydermChart(new App(), 'chart', cluster));
      return ['pachd', 'console'].map(
        (name) =>
          objects.get(`Deployment/${name}`).spec.template.metadata.annotations?.[
            'pachkit.dev/configuration-checksum'
          ],
      );
    };
    const [pachd, console] = checksums(SERVER_CERTIFICATE);
    const others = checksums(`${SERVER_CERTIFICATE}\n`);
    expect(others[0]).not.toBe(pachd);
    expect(others[1]).not.toBe(console);
    expect(checksums(SERVER_CERTIFICATE, `${SERVER_KEY}\n`)[0]).not.toBe(pachd);
  });
});
