import { ipVersion } from '../../model/ip-address';
import { dexTraits, firstDexWith, readsDexKey } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import type { Severity } from '../../diagnostics/diagnostic';
import { ISSUER, isRedirectURI } from '../../model/url-text';
import { examineHash } from '../go-bcrypt';
import { parseGoDuration } from '../../model/go-duration';
import { goListenError, readListenAddress } from '../../model/go-listen-address';
import { goUrlError } from '../../connectors/go-url';

/** What goes wrong with a string of the wrong form, and how to write it. */
export interface FormError {
  readonly effect: string;
  readonly hint?: string;
  /** @default 'error' */
  readonly severity?: Severity;
}

type Describe = (text: string, target: Target) => FormError | undefined;

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

/** How often keys change, wherever it is written: a Dex with signers makes a local signer of either. */
const keyRotation: Describe = (text, target) => {
  const parsed = parseGoDuration(text);
  const quoted = JSON.stringify(text);
  if ('error' in parsed)
    return {
      effect: readsDexKey(target, 'signer')
        ? `\`failed to open local signer: invalid config value ${quoted} for local signer rotation period: ${parsed.error}\``
        : `\`invalid config value ${quoted} for signing keys expiry: ${parsed.error}\``,
      hint: DURATION_HINT,
    };
  if (parsed.nanoseconds > 0) return undefined;
  return {
    effect: 'Dex makes a new signing key every time it looks, twice a minute',
    hint: DURATION_HINT,
    severity: 'warning',
  };
};

/** A negative one means that a token is never accepted twice. */
const reuseInterval: Describe = (text, target) => {
  const error = refreshTokens('refresh tokens reuse interval')(text, target);
  return 'error' in parseGoDuration(text) ? error : undefined;
};

/** @param name Dex's name of what listens, its own misspelling included */
function listenAddress(name: string): Describe {
  return (text) => {
    const error = goListenError(text);
    const hint = 'write an address and a port, such as 0.0.0.0:5556';
    if (error !== undefined)
      return { effect: `\`listening (${name}) on ${text}: listen tcp: ${error}\``, hint };
    const { port } = readListenAddress(text) ?? {};
    if (port !== 0) return undefined;
    return {
      effect: 'Dex listens on a port that is another one after every start, where nothing finds it',
      hint,
      // Anyone who writes a zero means it.
      severity: /0$/.test(text) ? 'warning' : 'error',
    };
  };
}

/** Dex compares what a client sends with the list, letter by letter. */
const redirectUri: Describe = (text) =>
  isRedirectURI(text)
    ? undefined
    : {
        effect:
          'it is neither a URL nor a path on the host of the client, and Dex compares it letter by letter with what clients send: `Unregistered redirect_uri ("…")`',
        hint: 'write for example https://app.example.com/callback, or /oauth2/callback for a client that sends a path',
        severity: 'warning',
      };

const tlsVersion: Describe = (text) =>
  ['1.2', '1.3'].includes(text)
    ? undefined
    : { effect: '`supported TLS versions are: 1.2, 1.3`', hint: 'write "1.2" or "1.3", in quotes' };

const logLevel: Describe = (text, target) => {
  if (!dexTraits(target).logsWithSlog)
    return ['debug', 'info', 'error', ''].includes(text.toLowerCase())
      ? undefined
      : {
          effect: `\`invalid config: log level is not one of the supported values (debug, info, error): ${text}\``,
          hint: `write debug, info or error; warn is read by Dex ${firstDexWith('logsWithSlog')} and newer`,
        };
  return /^(debug|info|warn|error)([+-]\d+)?$/i.test(text)
    ? undefined
    : {
        effect: `\`slog: level string ${JSON.stringify(text)}: unknown name\``,
        hint: 'write debug, info, warn or error',
      };
};

const responseType: Describe = (text, target) => {
  const known = dexTraits(target).takesCombinedResponseTypes
    ? [...PLAIN_RESPONSE_TYPES, 'code token', 'code id_token', 'id_token token', 'code id_token token']
    : PLAIN_RESPONSE_TYPES;
  return known.includes(text)
    ? undefined
    : {
        effect: `\`unsupported response_type ${JSON.stringify(text)}\``,
        hint: `write one of: ${known.join(', ')}`,
      };
};

/** What goes wrong with an issuer of the wrong form. */
export function issuerError(text: string): FormError | undefined {
  const refused = goUrlError(text);
  if (refused !== undefined)
    return {
      effect: `\`failed to initialize server: server: can't parse issuer URL\` (${refused})`,
      hint: 'write an absolute URL, such as https://dex.example.com/dex',
    };
  if (ISSUER.test(text)) return undefined;
  const hint = 'write an absolute URL without query and fragment, such as https://dex.example.com/dex';
  if (/^https?:\/\/[^/?#]*@/.test(text))
    return {
      effect:
        'many clients leave out a user name before the host, or refuse it, and then the issuer is another text than theirs',
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

const HASH_HINT = 'write what `htpasswd -BinC 10 admin | cut -d: -f2` prints';

/** Never quotes the hash. */
const passwordHash: Describe = (text) => {
  const { refused, failing } = examineHash(text);
  if (refused !== undefined)
    return { effect: `\`error unmarshaling JSON: malformed bcrypt hash: ${refused}\``, hint: HASH_HINT };
  return failing === undefined ? undefined : { effect: `no login succeeds: ${failing}`, hint: HASH_HINT };
};

/** Vault's client parses it before anything is asked. */
const vaultAddress: Describe = (text) => {
  const error = goUrlError(text);
  return error === undefined
    ? undefined
    : {
        effect: `\`failed to open vault signer: … ${error}\``,
        hint: 'write a URL, such as https://vault.example.com:8200',
      };
};

/** What the driver of MySQL takes for `tls`, and the name that Dex registers for its own files. */
const mysqlMode: Describe = (text) =>
  /^(1|0|true|True|TRUE|false|False|FALSE|custom)$/.test(text) ||
  ['skip-verify', 'preferred'].includes(text.toLowerCase())
    ? undefined
    : {
        effect: `\`failed to initialize storage: … unknown config name: ${text}\``,
        hint: 'write one of: "true", "false", skip-verify, preferred, custom',
      };

/** Whether Go's `netip.ParsePrefix` takes the text: an address without zone, and how many of its bits count. */
function isNetwork(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/%]+)\/(\d|[1-9]\d{1,2})$/.exec(text) ?? [];
  const version = ipVersion(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/**
 * What Dex 2.29 to 2.45 says about strings that it refuses, by the path of the key; `[]` stands for any position in a list.
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
  'telemetry.http': listenAddress('telemetry'),
  // The name that Dex has for it.
  'grpc.addr': listenAddress('grcp'),
  'grpc.tlsMinVersion': tlsVersion,
  'grpc.tlsMaxVersion': tlsVersion,
  'expiry.signingKeys': keyRotation,
  'signer.config.keysRotationPeriod': keyRotation,
  'signer.config.addr': vaultAddress,
  'expiry.idTokens': duration('id token expiry'),
  'expiry.authRequests': duration('auth request expiry'),
  'expiry.deviceRequests': duration('device request expiry'),
  'expiry.refreshTokens.reuseInterval': reuseInterval,
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
  'storage.config.ssl.mode of mysql': mysqlMode,
  'staticClients[].redirectURIs[]': redirectUri,
  'staticPasswords[].hash': passwordHash,
};

/** Where Dex takes an empty string for none. Rules say what must be there all the same. */
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
  'signer.config.addr',
  'oauth2.grantTypes[]',
]);

/** What happens with a value that is none of those that the schema lists; `{value}` stands for the value. */
export const unknownValues: Readonly<Record<string, string>> = {
  'storage.type': '`error unmarshaling JSON: unknown storage type "{value}"`',
  'signer.type': '`error unmarshaling JSON: unknown signer type "{value}"`',
  'storage.config.ssl.mode': 'Dex cannot connect to the database',
  'storage.config.crdHandling': '`invalid crdHandling value`, and Dex goes on with ensure',
  'oauth2.grantTypes[]': 'Dex drops it silently',
  'signer.config.algorithm': '`unsupported local signer algorithm "{value}"`',
};

/** Keys that Dex works without, though hardly as it is meant. */
export const missingWarnings: ReadonlySet<string> = new Set(['staticPasswords[].email']);

/** What happens when a key is missing that must be there. */
export const missingKeys: Readonly<Record<string, string>> = {
  issuer: '`no issuer specified in config file`',
  storage: '`no storage supplied in config file`',
  'storage.type': '`error unmarshaling JSON: unknown storage type ""`',
  'storage.config of sqlite3': 'the database would be gone with the process',
  'storage.config of etcd': '`failed to initialize storage: etcdclient: no available endpoints`',
  'storage.config.file': 'the database would be gone with the process',
  'storage.config.endpoints': '`failed to initialize storage: etcdclient: no available endpoints`',
  'signer.type': '`unknown signer type ""`',
  'signer.config of local':
    '`failed to open local signer: signer.config.keysRotationPeriod must be specified`',
  'signer.config of vault':
    'no token can be signed: `failed to read key from vault: … unsupported protocol scheme ""`',
  'signer.config.keyName': 'no token can be signed: `failed to read key from vault: …`',
  'signer.config.keysRotationPeriod':
    '`failed to open local signer: signer.config.keysRotationPeriod must be specified`',
  'staticClients[].name': '`invalid config: Name field is required for a client`',
  'staticPasswords[].email': 'it is the name to log in with, and the login page wants one',
};
