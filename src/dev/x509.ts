import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { asn1, md, pki } from 'node-forge';

/** A certificate and its key, both in PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const AUTHORITY_DAYS = 3650;

/** Longest that browsers take of certificates of public authorities. */
const SERVER_DAYS = 397;

/** Addresses of this machine, with their masks, as a constraint on names has them. */
const LOOPBACK = [
  [127, 0, 0, 0, 255, 0, 0, 0],
  [...Array<number>(15).fill(0), 1, ...Array<number>(16).fill(255)],
];

/** Kinds of names in a certificate, by RFC 5280. */
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** An authority whose certificates hold for this machine alone, so that trusting it lets no one pass for another server. */
export function newAuthority(name: string, now: Date): Issued {
  const subject = [{ name: 'commonName', value: name }];
  return issue({ subject, issuer: subject, days: AUTHORITY_DAYS, now }, [
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
    { id: '2.5.29.30', critical: true, value: asn1.toDer(loopbackOnly()).getBytes() },
  ]);
}

/** A certificate for servers of this machine. */
export function newServerCertificate(authority: Issued, hosts: readonly string[], now: Date): Issued {
  const signer = pki.certificateFromPem(authority.certificate);
  const subject = [{ name: 'commonName', value: hosts[0] ?? 'localhost' }];
  return issue(
    { subject, issuer: signer.subject.attributes, days: SERVER_DAYS, now, signingKey: authority.key },
    [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectKeyIdentifier' },
      { name: 'authorityKeyIdentifier', keyIdentifier: signer.generateSubjectKeyIdentifier().getBytes() },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) =>
          isIP(host) === 0 ? { type: DNS_NAME, value: host } : { type: IP_ADDRESS, ip: host },
        ),
      },
    ],
  );
}

/** What a certificate says of itself. */
interface Facts {
  readonly subject: pki.CertificateField[];
  readonly issuer: pki.CertificateField[];
  readonly days: number;
  readonly now: Date;
  /** PEM; the certificate's own key when it is missing. */
  readonly signingKey?: string;
}

function issue({ subject, issuer, days, now, signingKey }: Facts, extensions: object[]): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // Positive, whatever the first bit is.
  certificate.serialNumber = `00${randomBytes(16).toString('hex')}`;
  // A cluster's clock may be a little behind.
  certificate.validity.notBefore = new Date(now.getTime() - DAY_MS);
  certificate.validity.notAfter = new Date(now.getTime() + days * DAY_MS);
  certificate.setSubject(subject);
  certificate.setIssuer(issuer);
  certificate.setExtensions(extensions);
  certificate.sign(pki.privateKeyFromPem(signingKey ?? privateKey), md.sha256.create());
  return { certificate: pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key: privateKey };
}

/** The constraint on names: localhost, what is below it, and addresses of this machine. */
function loopbackOnly(): asn1.Asn1 {
  const { Class, Type, create } = asn1;
  const names = [
    create(Class.CONTEXT_SPECIFIC, DNS_NAME, false, 'localhost'),
    ...LOOPBACK.map((bytes) =>
      create(Class.CONTEXT_SPECIFIC, IP_ADDRESS, false, String.fromCharCode(...bytes)),
    ),
  ];
  const subtrees = names.map((name) => create(Class.UNIVERSAL, Type.SEQUENCE, true, [name]));
  return create(Class.UNIVERSAL, Type.SEQUENCE, true, [create(Class.CONTEXT_SPECIFIC, 0, true, subtrees)]);
}
