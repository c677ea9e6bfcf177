import { ipVersion } from './ip-address';

/** Where Go's `net.Listen("tcp", …)` would listen. */
export interface ListenAddress {
  /** Without brackets; empty for every address of the machine. */
  readonly host: string;
  /** 0 is any port that is free. */
  readonly port: number;
}

/** Names that Go knows for ports wherever it runs, and those that lists of services have for what people serve with. */
const SERVICES: Readonly<Record<string, number>> = {
  amqp: 5672,
  domain: 53,
  ftp: 21,
  ftps: 990,
  gopher: 70,
  http: 80,
  'http-alt': 8080,
  https: 443,
  imap2: 143,
  imap3: 220,
  imaps: 993,
  kerberos: 88,
  ldap: 389,
  ldaps: 636,
  mysql: 3306,
  pop3: 110,
  pop3s: 995,
  postgresql: 5432,
  redis: 6379,
  smtp: 25,
  ssh: 22,
  submissions: 465,
  telnet: 23,
  webcache: 8080,
  www: 80,
};

const LARGEST_PORT = 65_535;

/** The address, or undefined for one that Go does not listen on. */
export function readListenAddress(address: string): ListenAddress | undefined {
  const parts = splitHostPort(address);
  const port = 'error' in parts ? undefined : portOf(parts.port);
  return 'error' in parts || typeof port !== 'number' ? undefined : { host: parts.host, port };
}

/** What Go says to an address that it does not listen on, behind `listen tcp: `. */
export function goListenError(address: string): string | undefined {
  const parts = splitHostPort(address);
  if ('error' in parts) return parts.error;
  const port = portOf(parts.port);
  if (typeof port === 'string') return port;
  const { host } = parts;
  const [name = ''] = host.split('%');
  const isNoName = host !== '' && ipVersion(name) === 0 && !isDomainName(host);
  const isNoAddress = host.includes(':') && ipVersion(name) !== 6;
  return isNoName || isNoAddress ? `lookup ${host}: no such host` : undefined;
}

/** Whether two programs on one machine cannot listen on both: the second finds the address in use. */
export function collide(first: ListenAddress, second: ListenAddress): boolean {
  if (first.port !== second.port || first.port === 0) return false;
  const [a, b] = [normalHost(first.host), normalHost(second.host)];
  return a === b || a === EVERY || b === EVERY;
}

const EVERY = '';

/** Whether Go asks a resolver about a name at all: its `isDomainName`, as far as the length of names goes. */
function isDomainName(host: string): boolean {
  return /^([A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+\.?$/.test(host) && /[A-Za-z_-]/.test(host);
}

/** Go listens on both versions of IP when it is told every address of one. */
function normalHost(host: string): string {
  const name = host.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (/^(0\.0\.0\.0|::|0(:0){7})$/.test(name)) return EVERY;
  return name === 'localhost' ? '127.0.0.1' : name;
}

/** Go's `net.SplitHostPort`. */
function splitHostPort(address: string): { host: string; port: string } | { error: string } {
  const failed = (why: string): { error: string } => ({ error: `address ${address}: ${why}` });
  const colon = address.lastIndexOf(':');
  if (colon < 0) return failed('missing port in address');
  let host = address.slice(0, colon);
  let [afterOpening, afterClosing] = [0, 0];
  if (address.startsWith('[')) {
    const end = address.indexOf(']');
    if (end < 0) return failed("missing ']' in address");
    if (end + 1 === address.length) return failed('missing port in address');
    if (end + 1 !== colon)
      return failed(address[end + 1] === ':' ? 'too many colons in address' : 'missing port in address');
    host = address.slice(1, end);
    [afterOpening, afterClosing] = [1, end + 1];
  } else if (host.includes(':')) return failed('too many colons in address');
  if (address.includes('[', afterOpening)) return failed("unexpected '[' in address");
  if (address.includes(']', afterClosing)) return failed("unexpected ']' in address");
  return { host, port: address.slice(colon + 1) };
}

/** Go's `net.LookupPort`: the port, or what it says instead. */
function portOf(written: string): number | string {
  if (written === '') return 0;
  // The C library, which Go asks about what is no number to it, goes over blanks.
  if (/^\s*[-+]?\d+$/.test(written)) {
    const port = Number(written);
    return port >= 0 && port <= LARGEST_PORT ? port : `address ${written}: invalid port`;
  }
  return SERVICES[written.toLowerCase()] ?? `lookup tcp/${written}: unknown port`;
}
