import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { checkCertificates } from '../../src/secrets/check-certificates';
import { CERTIFICATE, ENCRYPTED_KEY, SERVER_CERTIFICATE, SERVER_KEY } from '../support/certificate';
import { clusterOf } from '../support/cluster-of';

function findingsOf(document: Partial<ClusterDocument>) {
  const [root] = readYaml(new SourceFile('a.yaml', JSON.stringify(document), '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const source = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
  return checkCertificates(source, clusterOf(document));
}

const pachd = (certificate: string, key: string): Partial<ClusterDocument> => ({
  pachd: { tls: { secretName: 'tls', newSecret: { certificate, key } } },
});
const publicHost = (host: string, certificate = SERVER_CERTIFICATE): Partial<ClusterDocument> => ({
  access: { host, tls: { secretName: 'tls', newSecret: { certificate, key: SERVER_KEY } } },
});

test.each([
  ['the key of the certificate', pachd(SERVER_CERTIFICATE, SERVER_KEY)],
  ['the certificate of an authority behind it', pachd(SERVER_CERTIFICATE + CERTIFICATE, SERVER_KEY)],
  ['words in front of it, as openssl writes them', pachd(`subject=/CN=a\n${SERVER_CERTIFICATE}`, SERVER_KEY)],
  ['its host', publicHost('pach.acme.com')],
  ['a host below a wildcard', publicHost('a.data.acme.com')],
  ['its address', publicHost('10.0.0.1')],
  ['no certificate in the document', { access: { host: 'pach.acme.com', tls: { secretName: 'tls' } } }],
])('%s is right', (_, document) => {
  expect(findingsOf(document)).toEqual([]);
});

test.each([
  [
    'a certificate that is cut',
    pachd(SERVER_CERTIFICATE.slice(0, -60), SERVER_KEY),
    'certificate',
    'certificate input',
  ],
  ['a key in its place', pachd(SERVER_KEY, SERVER_KEY), 'certificate', 'certificate input'],
  ['a key with a passphrase', pachd(SERVER_CERTIFICATE, ENCRYPTED_KEY), 'key', 'without a passphrase'],
  [
    'a certificate in the place of its key',
    pachd(SERVER_CERTIFICATE, SERVER_CERTIFICATE),
    'key',
    'key input',
  ],
  ['another certificate', pachd(CERTIFICATE, SERVER_KEY), 'key', 'private key does not match public key'],
  [
    'that of the authority first',
    pachd(CERTIFICATE + SERVER_CERTIFICATE, SERVER_KEY),
    'key',
    'does not match',
  ],
])('%s is an error', (_, document, field, message) => {
  const [finding, ...others] = findingsOf(document);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    code: 'ACC022',
    severity: 'error',
    path: `/pachd/tls/newSecret/${field}`,
    message: expect.stringContaining(message) as string,
  });
  expect([finding?.message, finding?.hint].join()).not.toContain(SERVER_KEY.split('\n')[1]);
});

test.each(['other.acme.com', 'a.b.data.acme.com', '10.0.0.2'])('%s is another host', (host) => {
  expect(findingsOf(publicHost(host))).toEqual([
    expect.objectContaining({
      code: 'ACC022',
      severity: 'warning',
      path: '/access/tls/newSecret/certificate',
      message: expect.stringContaining(`not ${host}`) as string,
    }),
  ]);
});
