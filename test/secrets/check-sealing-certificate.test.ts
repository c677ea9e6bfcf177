import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { checkSealingCertificate } from '../../src/secrets/check-sealing-certificate';
import { SERVER_CERTIFICATE } from '../support/certificate';
import { clusterOf } from '../support/cluster-of';
import { newCertificate } from '../support/new-certificate';

function messagesFor(certificate: string): string[] {
  const document = { secrets: { output: 'sealedSecret' as const, sealedSecret: { certificate } } };
  const [root] = readYaml(new SourceFile('a.yaml', JSON.stringify(document), '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const source = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
  return checkSealingCertificate(source, clusterOf(document)).map(({ message, path, code }) => {
    expect([code, path]).toEqual(['SEC022', '/secrets/sealedSecret/certificate']);
    return message;
  });
}

const VALID = newCertificate();

afterEach(() => jest.useRealTimers());

test('a certificate of the controller is right', () => expect(messagesFor(VALID.certificate)).toEqual([]));

test.each([
  ['that expired', '2200-01-01', /expired on \d{4}-\d\d-\d\d$/],
  ['of the future', '2020-01-01', /is not valid before \d{4}-\d\d-\d\d$/],
])('a certificate %s is an error', (_, now, message) => {
  jest.useFakeTimers({ now: new Date(now) });
  expect(messagesFor(VALID.certificate)).toEqual([expect.stringMatching(message)]);
});

test('a certificate that ends within two weeks is told before nothing can be sealed', () => {
  jest.useFakeTimers({ now: Date.now() + 20 * 24 * 60 * 60 * 1000 });
  expect(messagesFor(VALID.certificate)).toEqual([
    expect.stringMatching(/expires on \d{4}-\d\d-\d\d; after that nothing can be sealed$/),
  ]);
});

test.each([
  ['with its key', VALID.certificate + VALID.key, /private key, which opens all/],
  ['that was cut', VALID.certificate.slice(0, 200), /is not a certificate in PEM$/],
  ['of an elliptic curve', SERVER_CERTIFICATE, /no key of RSA/],
  [
    'with a key that no program in Go takes',
    newCertificate(896).certificate,
    /has a key of 896 bits, and the controller takes none of fewer than 1024$/,
  ],
])('a certificate %s is an error', (_, text, message) =>
  expect(messagesFor(text)).toEqual([expect.stringMatching(message)]),
);
