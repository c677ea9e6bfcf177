import { isIP } from 'node:net';
import { minorOf, type Target } from '../../connectors/target';
import { ISSUER } from '../../rules/support/url-text';
import { parseGoDuration } from '../go-duration';

/** What goes wrong with a text of the wrong form, and how to write it. */
export interface FormError {
  readonly effect: string;
  readonly hint?: string;
}

type Describe = (text: string, target: Target) => FormError | undefined;

/** slog's levels, which Dex takes from here on in any case and with a step such as `INFO+2`. */
const SLOG_SINCE = 40;
const ANY_RESPONSE_TYPES_SINCE = 38;
const PLAIN_RESPONSE_TYPES = ['code', 'token', 'id_token'];

const DURATION_HINT = 'write hours, minutes and seconds, such as 24h or 1h30m; there are no days';

function duration(what: string): Describe {
  return (text) => {
    const parsed = parseGoDuration(text);
    const quoted = JSON.stringify(text);
    if ('error' in parsed)
      return {
        effect: `\`invalid config value ${quoted} for ${what}: ${parsed.error}\``,
        hint: DURATION_HINT,
      };
    // None at all is Dex's default.
    if (parsed.nanoseconds >= 0) return undefined;
    return { effect: `it is over at once with ${quoted}, and no login succeeds`, hint: DURATION_HINT };
  };
}

function refreshTokens(what: string): Describe {
  return (text) => {
    const parsed = parseGoDuration(text);
    const quoted = JSON.stringify(text);
    if ('error' in parsed)
      return {
        effect: `\`invalid refresh token expiration policy config: invalid config value ${quoted} for ${what}: ${parsed.error}\``,
        hint: DURATION_HINT,
      };
    if (parsed.nanoseconds >= 0) return undefined;
    return { effect: `${quoted} lies in the past, and no refresh token is valid`, hint: DURATION_HINT };
  };
}

function listenAddress(name: string): Describe {
  return (text) =>
    /^[^\s/]*:[0-9A-Za-z-]+$/.test(text)
      ? undefined
      : {
          effect: `\`listening (${name}) on ${text}: listen tcp: …\``,
          hint: 'write an address and a port, such as 0.0.0.0:5556',
        };
}

const tlsVersion: Describe = (text) =>
  ['1.2', '1.3'].includes(text)
    ? undefined
    : { effect: '`supported TLS versions are: 1.2, 1.3`', hint: 'write "1.2" or "1.3", in quotes' };

const logLevel: Describe = (text, target) => {
  if (minorOf(target) < SLOG_SINCE)
    return ['debug', 'info', 'error', ''].includes(text.toLowerCase())
      ? undefined
      : {
          effect: `\`invalid config: log level is not one of the supported values (debug, info, error): ${text}\``,
          hint: 'write debug, info or error; warn is read by Dex 2.40 and newer',
        };
  return /^(debug|info|warn|error)([+-]\d+)?$/i.test(text)
    ? undefined
    : {
        effect: `\`slog: level string ${JSON.stringify(text)}: unknown name\``,
        hint: 'write debug, info, warn or error',
      };
};

const responseType: Describe = (text, target) => {
  const known =
    minorOf(target) < ANY_RESPONSE_TYPES_SINCE
      ? PLAIN_RESPONSE_TYPES
      : [...PLAIN_RESPONSE_TYPES, 'code token', 'code id_token', 'id_token token', 'code id_token token'];
  return known.includes(text)
    ? undefined
    : {
        effect: `\`unsupported response_type ${JSON.stringify(text)}\``,
        hint: `write one of: ${known.join(', ')}`,
      };
};

/** What goes wrong with an issuer of the wrong form. */
export function issuerError(text: string): FormError | undefined {
  if (ISSUER.test(text)) return undefined;
  const hint = 'write an absolute URL without query and fragment, such as https://dex.example.com/dex';
  if (/^https?:\/\/[^/?#]*@/.test(text))
    return {
      effect:
        'many clients leave out a user name in front of the host, or refuse it, and then the issuer is another text than theirs',
      hint: `write ${text.replace(/\/\/[^/?#]*@/, '//')}`,
    };
  return /[?#]/.test(text)
    ? { effect: 'with a query or a fragment in it, no client finds the discovery document', hint }
    : {
        effect:
          'clients look for <issuer>/.well-known/openid-configuration and find none, and callback URLs that are derived from it are no URLs',
        hint,
      };
}

/** Never quotes the hash. */
const passwordHash: Describe = (text) => {
  const bcrypt = /^\$2[abxy]?\$(\d\d)\$[./A-Za-z0-9]{53}$/;
  const plain = text.startsWith('$') ? text : Buffer.from(text, 'base64').toString('latin1');
  const cost = Number(bcrypt.exec(plain)?.[1] ?? Number.NaN);
  const hint = 'write what `htpasswd -BinC 10 admin | cut -d: -f2` prints';
  if (Number.isNaN(cost)) return { effect: '`error unmarshaling JSON: malformed bcrypt hash: …`', hint };
  if (cost < 10)
    return {
      effect: `no login succeeds: \`given hash cost = ${cost} does not meet minimum cost requirement = 10\``,
      hint,
    };
  return cost <= 16
    ? undefined
    : {
        effect: `no login succeeds: \`given hash cost = ${cost} is above upper bound cost = 16, recommended cost = 12\``,
        hint,
      };
};

/** Whether Go's `netip.ParsePrefix` takes the text: an address without zone, and how many of its bits count. */
function isNetwork(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/%]+)\/(\d|[1-9]\d{1,2})$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/**
 * What Dex 2.29 to 2.45 says about texts that it refuses, by the path of the key; `[]` stands for any position in a list.
 * Where a key is listed, this decides about its form instead of the schema's pattern.
 */
export const formErrors: Readonly<Record<string, Describe>> = {
  issuer: issuerError,
  'web.http': listenAddress('http'),
  'web.https': listenAddress('https'),
  'web.tlsMinVersion': tlsVersion,
  'web.tlsMaxVersion': tlsVersion,
  'web.clientRemoteIP.trustedProxies[]': (text) =>
    isNetwork(text)
      ? undefined
      : {
          effect: `\`failed to parse CIDR ${JSON.stringify(text)}: …\``,
          hint: 'write a network such as 10.0.0.0/8',
        },
  'telemetry.http': listenAddress('http/telemetry'),
  'grpc.addr': listenAddress('grpc'),
  'grpc.tlsMinVersion': tlsVersion,
  'grpc.tlsMaxVersion': tlsVersion,
  'expiry.signingKeys': duration('signing keys expiry'),
  'expiry.idTokens': duration('id token expiry'),
  'expiry.authRequests': duration('auth request expiry'),
  'expiry.deviceRequests': duration('device request expiry'),
  'expiry.refreshTokens.reuseInterval': refreshTokens('refresh tokens reuse interval'),
  'expiry.refreshTokens.validIfNotUsedFor': refreshTokens('refresh token valid if not used for'),
  'expiry.refreshTokens.absoluteLifetime': refreshTokens('refresh tokens absolute lifetime'),
  'logger.level': logLevel,
  'logger.format': (text) =>
    ['', 'text', 'json'].includes(text.toLowerCase())
      ? undefined
      : {
          effect: `\`invalid config: log format is not one of the supported values (json, text): ${text}\``,
          hint: 'write text or json',
        },
  'oauth2.responseTypes[]': responseType,
  'staticPasswords[].hash': passwordHash,
};

/** Where Dex takes an empty text for none. Rules say what must be there all the same. */
export const noneWhenEmpty: ReadonlySet<string> = new Set([
  'storage.config.ssl.mode',
  'web.http',
  'web.https',
  'web.tlsMinVersion',
  'web.tlsMaxVersion',
  'telemetry.http',
  'grpc.addr',
  'grpc.tlsMinVersion',
  'grpc.tlsMaxVersion',
  'expiry.signingKeys',
  'expiry.idTokens',
  'expiry.authRequests',
  'expiry.deviceRequests',
  'expiry.refreshTokens.reuseInterval',
  'expiry.refreshTokens.validIfNotUsedFor',
  'expiry.refreshTokens.absoluteLifetime',
  'staticClients[].idEnv',
  'staticClients[].secretEnv',
  'staticPasswords[].hash',
  'staticPasswords[].hashFromEnv',
]);

/** What happens with a value that is none of those that the schema lists; `{value}` stands for the value. */
export const unknownValues: Readonly<Record<string, string>> = {
  'storage.type': '`error unmarshaling JSON: unknown storage type "{value}"`',
  'signer.type': '`error unmarshaling JSON: unknown signer type "{value}"`',
  'storage.config.ssl.mode': 'Dex cannot connect to the database',
  'storage.config.crdHandling': '`invalid crdHandling value`, and Dex goes on with ensure',
  'oauth2.grantTypes[]': 'Dex drops it without a word',
  'signer.config.algorithm': '`unsupported local signer algorithm "{value}"`',
};

/** What happens when a key is missing that must be there. */
export const missingKeys: Readonly<Record<string, string>> = {
  issuer: '`no issuer specified in config file`',
  storage: '`no storage supplied in config file`',
  'storage.type': '`error unmarshaling JSON: unknown storage type ""`',
  'storage.config': 'the storage cannot be opened without its settings',
  'storage.config.file': 'the database would be gone with the process',
  'storage.config.endpoints': '`failed to initialize storage: etcdclient: no available endpoints`',
  'signer.type': '`unknown signer type ""`',
  'signer.config': '`failed to open local signer: signer.config.keysRotationPeriod must be specified`',
  'signer.config.keysRotationPeriod':
    '`failed to open local signer: signer.config.keysRotationPeriod must be specified`',
  'staticClients[].name': '`invalid config: Name field is required for a client`',
  'staticPasswords[].email': 'nobody can log in with it',
};
