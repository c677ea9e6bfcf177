/** One block of PEM as Go reads it. */
export interface PemBlock {
  readonly type: string;
  readonly der: Buffer;
  /** It has lines such as `Proc-Type: 4,ENCRYPTED` in front of its base64. */
  readonly hasHeaders: boolean;
}

const BLOCK =
  /(?:^|\n)-----BEGIN ([^\n-]*)-----[ \t\r]*\n((?:[A-Za-z0-9-]+:[^\n]*\n)*)([A-Za-z0-9+/=\s]*?)(?<=\n)-----END \1-----[ \t\r]*(?:\n|$)/g;

/** The blocks in a string the way Go's `encoding/pem` finds them, and what is left behind the last one. */
export function readPem(text: string): { readonly blocks: readonly PemBlock[]; readonly rest: string } {
  let end = 0;
  const blocks: PemBlock[] = [];
  // The line break behind one block is the one in front of the next.
  for (let match = next(text, 0); match; match = next(text, end)) {
    const [whole, type = '', headers = '', base64 = ''] = match;
    blocks.push({ type, der: Buffer.from(base64, 'base64'), hasHeaders: headers !== '' });
    end = match.index + whole.length - (whole.endsWith('\n') ? 1 : 0);
  }
  return { blocks, rest: text.slice(end).trim() };
}

function next(text: string, from: number): RegExpExecArray | null {
  const pattern = new RegExp(BLOCK);
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** Whether Go's `AppendCertsFromPEM` finds a certificate: blocks that are none are left out. */
export function hasCertificate(text: string): boolean {
  return readPem(text).blocks.some(
    ({ type, der, hasHeaders }) => type === 'CERTIFICATE' && !hasHeaders && isCertificate(der),
  );
}

/** Whether Go's `x509.ParseCertificate` takes the bytes. */
export function isCertificate(der: Buffer): boolean {
  // Loaded on use: most files hold no certificates.
  const { X509Certificate } = require('node:crypto') as typeof import('node:crypto');
  try {
    const { raw } = new X509Certificate(der);
    return raw.length === der.length;
  } catch {
    return false;
  }
}

/** The text of PEM behind base64 of it, which `base64 -w0` prints; undefined for other strings. */
export function pemInBase64(text: string): string | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  const isBase64 = /^([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain);
  const decoded = isBase64 ? Buffer.from(plain, 'base64').toString('latin1') : '';
  return decoded.includes('-----BEGIN') ? decoded : undefined;
}
