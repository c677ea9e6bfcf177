import { X509Certificate } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { newAuthority, newServerCertificate, type Issued } from '../../src/dev/x509';

const NOW = new Date();
const authority = newAuthority('an authority', NOW);
const HOSTS = ['localhost', '127.0.0.1', '::1'];
const server = newServerCertificate(authority, HOSTS, NOW);

/** What a client that trusts the authority says of a server. */
async function answerOf({ certificate, key }: Issued, host: string, servername?: string): Promise<string> {
  const listening = https.createServer({ cert: certificate, key }, (_, response) => response.end('fine'));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  try {
    return await new Promise<string>((resolve) => {
      const named = servername === undefined ? {} : { servername };
      https
        .get({ host, port, ca: authority.certificate, ...named }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        })
        .on('error', ({ message }) => resolve(message));
    });
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
}

test('a server of this machine is trusted by those who trust the authority', async () => {
  expect(await answerOf(server, '127.0.0.1')).toBe('fine');
  expect(await answerOf(server, '127.0.0.1', 'localhost')).toBe('fine');
  const { subjectAltName, ca } = new X509Certificate(server.certificate);
  expect(subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(ca).toBe(false);
});

test('another host is refused, even in a certificate of the authority', async () => {
  expect(await answerOf(server, '127.0.0.1', 'pachyderm.acme.com')).toContain('does not match');
  const elsewhere = newServerCertificate(authority, ['pachyderm.acme.com'], NOW);
  expect(await answerOf(elsewhere, '127.0.0.1', 'pachyderm.acme.com')).toBe('permitted subtree violation');
  const address = newServerCertificate(authority, ['10.0.0.1'], NOW);
  expect(await answerOf(address, '127.0.0.1', 'localhost')).toBe('permitted subtree violation');
});

test('certificates last, and keys are their own', () => {
  const [signer, own] = [new X509Certificate(authority.certificate), new X509Certificate(server.certificate)];
  const days = (text: string): number => Math.round((Date.parse(text) - NOW.getTime()) / 86_400_000);
  expect([days(signer.validTo), days(own.validTo), days(own.validFrom)]).toEqual([3650, 397, -1]);
  expect(signer.ca && own.checkIssued(signer) && own.verify(signer.publicKey)).toBe(true);
  expect(own.serialNumber).not.toBe(signer.serialNumber);
});
