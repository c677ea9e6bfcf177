import net from 'node:net';
import type { Duplex } from 'node:stream';
import { isLoopbackHost } from '../../model/url-text';

/** A connection to a host and port that `--resolve` sends elsewhere. */
interface Override {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  /** The port that answers at the address. */
  readonly to: number;
}

/** Another place that connections are made from: a Pod of the cluster. */
export interface Tunnel {
  /** What it is called: `Pod/dex-5f9c`. */
  readonly name: string;
  /** A connection from there, or what the program there says that was to make it. The signal ends it. */
  open(
    host: string,
    port: number,
    signal: AbortSignal,
  ): Promise<{ readonly stream: Duplex } | { readonly refused: string }>;
}

/** Where connections go that are meant for a host and port. */
export interface Routes {
  /** Where all connections are made from; missing for this machine. */
  readonly tunnel?: Tunnel;
  /** The address and port that `--resolve` names for a host and port. */
  override(host: string, port: number): { readonly address: string; readonly port: number } | undefined;
  /** The proxy that HTTPS connections to a host go through. */
  proxy(host: string, port: number): URL | undefined;
}

/** Form of `--resolve`: `HOST:PORT:ADDR`, the address with a port where another one than PORT answers. */
const OVERRIDE =
  /^(\[[^\]]+\]|[^:[\]]+):(\d{1,5}):(\[[^\]]+\]|[^:[\]]+|[\da-f:]{0,39}:[\da-f:]{0,39}:[\da-f:.]{0,39})(?::(\d{1,5}))?$/i;

/**
 * Reads the values of `--resolve` and the variables of a proxy.
 *
 * @param environment of the process: HTTPS_PROXY and NO_PROXY are read, in lowercase too, as curl and Dex do
 * @returns what is wrong with a value of `--resolve`, as a sentence
 */
export function readRoutes(
  overrides: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Routes | { readonly problem: string } {
  const read: Override[] = [];
  for (const text of overrides) {
    const [, host = '', port = '', address = '', to] = OVERRIDE.exec(text) ?? [];
    const ip = withoutBrackets(address);
    if (host === '' || net.isIP(ip) === 0 || [port, to ?? port].some((each) => !isPort(each)))
      return { problem: `--resolve ${text}: expected HOST:PORT:ADDRESS, such as dex.acme.com:443:10.0.0.5` };
    read.push({
      host: withoutBrackets(host).toLowerCase(),
      port: Number(port),
      address: ip,
      to: Number(to ?? port),
    });
  }
  const variable = (name: string): string => environment[name] ?? environment[name.toLowerCase()] ?? '';
  const proxyText = variable('HTTPS_PROXY');
  const proxyUrl = proxyText === '' ? undefined : readProxy(proxyText);
  if (typeof proxyUrl === 'string') return { problem: proxyUrl };
  const exceptions = variable('NO_PROXY')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');
  return {
    override(host, port) {
      const found = read.find((each) => each.host === host.toLowerCase() && each.port === port);
      return found && { address: found.address, port: found.to };
    },
    proxy: (host, port) =>
      proxyUrl === undefined || isLoopbackHost(host) || exceptions.some((each) => excepts(each, host, port))
        ? undefined
        : proxyUrl,
  };
}

/** Everything from another place, which has proxies and names of its own. */
export function routesThrough(tunnel: Tunnel): Routes {
  return { tunnel, override: () => undefined, proxy: () => undefined };
}

function readProxy(text: string): URL | string {
  try {
    const url = new URL(text.includes('://') ? text : `http://${text}`);
    if (url.protocol === 'http:') return url;
  } catch {
    // Said below.
  }
  return 'HTTPS_PROXY is not the URL of an HTTP proxy; pachkit doctor asks others not';
}

function isPort(text: string): boolean {
  return Number(text) > 0 && Number(text) < 65536;
}

function withoutBrackets(text: string): string {
  return text.replace(/^\[|\]$/g, '');
}

/** Whether a secret may be sent there: over TLS, or to this machine. */
export function takesSecrets(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopbackHost(hostname);
}

/** Whether an item of NO_PROXY is about the host: `*`, a name and all below it, either with a port. */
function excepts(exception: string, host: string, port: number): boolean {
  const [, name = exception, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(exception) ?? [];
  if (onlyPort !== undefined && Number(onlyPort) !== port) return false;
  const suffix = name.replace(/^\*?\./, '');
  const wanted = host.toLowerCase();
  return name === '*' || wanted === suffix || wanted.endsWith(`.${suffix}`);
}
