import type { Chance } from './chance';

/** A document with a secret in every place that it may have one, and what the program is started with. */
export interface PlantedDocument {
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** The number in each of the secrets. */
  readonly planted: readonly string[];
}

/** The forms in which Secrets are written, each with what it needs; `CERTIFICATE` and `RECIPIENT` stand for the caller's. */
export const SECRET_FORMS = {
  manifests: {},
  sops: { encryptionKey: { env: 'SEALING_KEY' }, sops: { age: ['RECIPIENT'] } },
  sealedSecret: {
    encryptionKey: { env: 'SEALING_KEY' },
    sealedSecret: { certificate: { file: 'CERTIFICATE' }, scope: 'strict' },
  },
  externalSecret: { externalSecret: { store: 'vault' } },
  none: {},
} as const;

export type SecretFormName = keyof typeof SECRET_FORMS;

/** What stands around the number of a secret, for each language that it may reach: YAML, JSON, shells, URLs, HTML, templates. */
const AWKWARD = [
  '',
  ' ',
  '"',
  "'",
  '&<b>',
  '%41',
  '{{ x }}',
  '$(x)',
  '`x`',
  ': #',
  '\\n',
  '/+=',
  'ä',
  '@:',
  ',',
];

/** For fields of which something refuses more than letters and digits. */
const PLAIN = [''];

const CONNECTORS: readonly ((secret: unknown, id: string) => object)[] = [
  (clientSecret, id) => ({
    type: 'github',
    config: { clientID: id, clientSecret, orgs: [{ name: 'acme' }] },
  }),
  (clientSecret, id) => ({ type: 'gitlab', config: { clientID: id, clientSecret, groups: ['acme'] } }),
  (clientSecret, id) => ({
    type: 'google',
    config: { clientID: id, clientSecret, hostedDomains: ['acme.com'] },
  }),
  (clientSecret, id) => ({
    type: 'oidc',
    config: { issuer: `https://${id}.acme.com`, clientID: id, clientSecret, insecureSkipEmailVerified: true },
  }),
  (clientSecret, id) => ({ type: 'microsoft', config: { clientID: id, clientSecret, tenant: 'acme.com' } }),
  (clientSecret, id) => ({
    type: 'bitbucket-cloud',
    config: { clientID: id, clientSecret, teams: ['acme'] },
  }),
  (clientSecret, id) => ({
    type: 'openshift',
    config: { issuer: `https://${id}.acme.com`, clientID: id, clientSecret, groups: ['acme'] },
  }),
  (bindPW, id) => ({
    type: 'ldap',
    config: {
      host: `${id}.acme.com:636`,
      bindDN: 'cn=reader,dc=acme,dc=com',
      bindPW,
      userSearch: { baseDN: 'dc=acme,dc=com', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
    },
  }),
  (keystonePassword, id) => ({
    type: 'keystone',
    config: {
      domain: 'default',
      keystoneHost: `https://${id}.acme.com:5000`,
      keystoneUsername: 'admin',
      keystonePassword,
    },
  }),
];

const STORAGES: readonly ((secret: (junk?: readonly string[]) => unknown) => object)[] = [
  (secret) => ({
    s3: {
      bucket: 'acme',
      region: 'eu-central-1',
      credentials: { id: secret(PLAIN), secret: secret(), token: secret(PLAIN) },
    },
  }),
  (secret) => ({ azure: { container: 'acme', account: 'acme', key: secret(PLAIN) } }),
];

/** How the identity section comes about: the provider that a section describes beside those of the list, or a Dex of its own. */
const IDENTITIES: readonly ((secret: (junk?: readonly string[]) => unknown) => object)[] = [
  () => ({}),
  (secret) => ({
    auth0: {
      domain: 'acme.eu.auth0.com',
      application: { clientID: 'hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5', clientSecret: secret() },
      database: { name: 'users' },
      users: [{ email: 'ada@acme.com', password: secret() }],
    },
  }),
  (secret) => ({
    keycloak: {
      url: 'https://keycloak.acme.com',
      realm: 'acme',
      clientSecret: secret(PLAIN),
      users: [{ email: 'ada@acme.com', password: secret(PLAIN) }],
    },
  }),
];

/** A document of about `size` secrets, all of them with the same form. */
export function plantedDocument(
  chance: Chance,
  { form, size, first }: { readonly form: SecretFormName; readonly size: number; readonly first: number },
): PlantedDocument {
  const planted: string[] = [];
  const environment: Record<string, string> = {};
  const files: Record<string, string> = {};
  const secret = (junk: readonly string[] = AWKWARD): unknown => {
    const number = String(first + planted.length).padStart(7, '0');
    planted.push(number);
    const text = `x${chance.of(junk)}${MARK}${number}ed${chance.of(junk)}y${'z'.repeat(chance.below(12))}`;
    const name = `S${number}`;
    const way = chance.below(3);
    if (way === 0) return text;
    if (way === 1) environment[name] = text;
    else files[`secrets/${name}`] = text;
    return way === 1 ? { env: name } : { file: `secrets/${name}` };
  };
  const enterprise = { secret: secret(), licenseKey: license(secret(PLAIN), environment, files) };
  const document = {
    apiVersion: 'pachkit/v1',
    name: 'planted',
    release: '2.11.6',
    profile: 'dev',
    access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    enterprise,
    auth: { rootToken: secret(PLAIN), clientSecret: secret() },
    // Generated where it is left out, and so is the other one of the database.
    console: chance.below(2) === 0 ? {} : { clientSecret: secret() },
    storage: chance.of(STORAGES)(secret),
    database: { internal: chance.below(2) === 0 ? {} : { password: secret(PLAIN) } },
    ...chance.of(IDENTITIES)(secret),
    gitops: { url: 'https://git.acme.com/clusters.git' },
    supplyChain: { sbom: true, checksums: true },
    identity: {} as object,
    secrets: { output: form, ...SECRET_FORMS[form] },
  };
  const rest = Math.max(2, size - planted.length);
  const connectors = Array.from({ length: Math.ceil(rest / 2) }, (_, index) => {
    const id = `c${index}`;
    return { id, name: `Login ${index}`, ...chance.of(CONNECTORS)(secret(), id) };
  });
  const clients = Array.from({ length: Math.floor(rest / 2) }, (_, index) => ({
    id: `client${index}`,
    name: `Client ${index}`,
    secret: secret(),
    redirectURIs: [`https://client${index}.acme.com/callback`],
  }));
  document.identity = { connectors, clients };
  return { text: JSON.stringify(document, null, 1), environment, files, planted };
}

const MARK = 'Pl4nt';
const MARKED = new RegExp(`${MARK}(\\d{7})ed`, 'g');

/** The same secret in what pachd takes for a license. */
function license(
  value: unknown,
  environment: Record<string, string>,
  files: Record<string, string>,
): unknown {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const wrapped = (token: string): string =>
    base64(JSON.stringify({ token: base64(token), signature: base64('signature') }));
  if (typeof value === 'string') return wrapped(value);
  const { env, file } = value as { env?: string; file?: string };
  if (env !== undefined) environment[env] = wrapped(environment[env] ?? '');
  if (file !== undefined) files[file] = wrapped(files[file] ?? '');
  return value;
}

/** The numbers of the secrets that a text has, in clear text, in a URL, or in base64, hexadecimal digits or any of these in another. */
export function shownIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const reading of readingsOf(text))
    for (const [, number = ''] of reading.matchAll(MARKED)) found.add(number);
  return found;
}

/** Which of some strings a text has, in any of the same ways. */
export function stringsIn(text: string, strings: readonly string[]): readonly string[] {
  const readings = [...readingsOf(text)];
  return strings.filter((each) => readings.some((reading) => reading.includes(each)));
}

const DEPTH = 3;

/** A text as it is, and everything in it that is the encoding of another. */
function* readingsOf(text: string, depth = 0): Generator<string> {
  yield text;
  if (depth === DEPTH) return;
  if (/%[0-9A-Fa-f]{2}/.test(text))
    yield* readingsOf(
      text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
      depth + 1,
    );
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{16,}/g)) {
    // Something may stand in front of it, and base64 has no beginning of its own.
    for (let skipped = 0; skipped < 4; skipped++)
      yield* decoded(Buffer.from(run.slice(skipped), 'base64'), depth);
    if (/^[0-9a-f]{16,}$/i.test(run)) yield* decoded(Buffer.from(run, 'hex'), depth);
  }
}

/** What is no text at all has nothing in it that could be decoded once more. */
function* decoded(bytes: Buffer, depth: number): Generator<string> {
  const text = bytes.toString('latin1');
  if (/[ -~]{12}/.test(text)) yield* readingsOf(text, depth + 1);
}
