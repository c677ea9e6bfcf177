import { failed, ok, warning, type Fault, type Hop, type Sighting } from '../hop';
import { beginTls, type CertificateFault, type TlsSighting } from '../network/certificate';
import { dial } from '../network/dial';
import { startTls } from '../network/directory';
import type { NetworkSubject } from '../subjects';

const DAY = 24 * 60 * 60 * 1000;

/** A certificate with fewer days left is worth a warning. */
const SOON_DAYS = 14;

/** TLS begins, and its certificate is for the name, in time, and signed by an authority that is trusted. */
export const tlsHop: Hop<NetworkSubject> = {
  name: 'TLS',
  needs: ['TCP'],
  appliesTo: ({ tls }) => tls.begins !== 'never',
  plan: ({ endpoint: { host } }) => `the certificate is for ${host}, in time, and of a trusted authority`,
  async check(subject, signal) {
    const { tls, world } = subject;
    const sighting = await handshake(subject, tls.authorities, signal);
    const [fault] = sighting.faults;
    if (fault) return faultSighting(fault, sighting, subject);
    if (tls.withoutOption && tls.isVerified) {
      const [forDex] = (await handshake(subject, tls.withoutOption, signal)).faults;
      if (forDex) return byOptionOnly(sighting, subject);
    }
    const { validTo, issuer } = sighting.certificate;
    const days = Math.floor((validTo.getTime() - world.now()) / DAY);
    const seen = `${sighting.protocol}, certificate by ${issuer}, ${days} ${days === 1 ? 'day' : 'days'} left`;
    if (days >= SOON_DAYS) return ok(seen);
    return warning(seen, {
      code: 'HOP005',
      effect: `the certificate of ${subject.address} expires on ${dateOf(validTo)}; from then on ${subject.effect}`,
      hint: `renew it: ${tls.certificateHint}`,
      path: subject.path,
    });
  },
};

async function handshake(
  { endpoint, world, tls }: NetworkSubject,
  authorities: readonly string[],
  signal: AbortSignal,
): Promise<TlsSighting> {
  const socket = await dial(endpoint, world.routes, signal);
  const options = { host: endpoint.host, authorities, now: world.now() };
  const sighting = await (tls.begins === 'by StartTLS' ? startTls : beginTls)(socket, options, signal);
  sighting.socket.destroy();
  return sighting;
}

/** What a fault of a certificate comes to: nothing for those who do not verify it. */
function faultSighting(fault: CertificateFault, sighting: TlsSighting, subject: NetworkSubject): Sighting {
  const { seen, ...said } = describe(fault, sighting, subject);
  const { isVerified, fileInContainer } = subject.tls;
  if (!isVerified) return ok(`${sighting.protocol}, not verified by Dex (insecureSkipVerify): ${seen}`);
  if (fault.kind === 'untrusted' && fileInContainer !== undefined)
    return warning(seen, {
      ...said,
      effect: `${subject.address} shows a certificate by ${sighting.certificate.issuer}, and whether Dex trusts it cannot be told from here: its authorities are in ${fileInContainer} of the container`,
      hint: 'give the same file as --ca FILE to verify the certificate from here',
    });
  return failed(seen, said);
}

function describe(
  fault: CertificateFault,
  { certificate }: TlsSighting,
  { address, endpoint, tls, effect, path }: NetworkSubject,
): Fault & { readonly seen: string } {
  const { names, subject, issuer, validFrom, validTo } = certificate;
  switch (fault.kind) {
    case 'expired':
      return {
        seen: `the certificate expired on ${dateOf(validTo)}`,
        code: 'HOP005',
        effect: `the certificate of ${address} expired on ${dateOf(validTo)}: ${effect}`,
        hint: `renew it: ${tls.certificateHint}`,
        path,
      };
    case 'not-yet-valid':
      return {
        seen: `the certificate is valid from ${dateOf(validFrom)} on`,
        code: 'HOP005',
        effect: `the certificate of ${address} is valid from ${dateOf(validFrom)} on, not yet: ${effect}`,
        hint: `check the clock of this machine, or replace the certificate: ${tls.certificateHint}`,
        path,
      };
    case 'other-name': {
      const shown = names.length === 0 ? subject : names.join(', ');
      return {
        seen: `the certificate is for ${shown}, not for ${endpoint.host}`,
        code: 'HOP004',
        effect: `the certificate of ${address} is for ${shown}, not for ${endpoint.host}: ${effect}`,
        hint: `issue a certificate whose subject alternative names have ${endpoint.host}: ${tls.certificateHint}`,
        path,
      };
    }
    case 'untrusted': {
      const why = fault.isSelfSigned
        ? 'the certificate is signed by itself'
        : fault.lacksIntermediate
          ? `the certificate is by ${issuer}, which is not trusted, and no certificate between the two is sent`
          : `the certificate is by ${issuer}, which is not trusted`;
      return {
        seen: why,
        code: 'HOP003',
        effect: `${address}: ${why} (\`x509: certificate signed by unknown authority\`): ${effect}`,
        hint: fault.lacksIntermediate
          ? `let the server send the intermediate certificates too, or ${tls.trustHint}`
          : tls.trustHint,
        path,
      };
    }
  }
}

/** `--ca` says what this machine should trust; whether the container of Dex does as well is another question. */
function byOptionOnly({ certificate, protocol }: TlsSighting, subject: NetworkSubject): Sighting {
  const { address, tls, path } = subject;
  return warning(`${protocol}, certificate by ${certificate.issuer}, which only --ca vouches for`, {
    code: 'HOP003',
    effect: `the certificate of ${address} is by ${certificate.issuer}, which only --ca vouches for; unless the image of Dex trusts it, Dex refuses it (\`x509: certificate signed by unknown authority\`)`,
    hint: tls.trustHint,
    path,
  });
}

export function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
