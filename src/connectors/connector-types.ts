import type { ConnectorSchemaName } from '../generated/connector-facts';
import { isInTargets, isSince, type MinorRange, type Product, type Target } from '../releases/target';

/**
 * How users come back from the identity provider, which decides what `redirectURI` is:
 *
 * - `strict`: must equal the callback URL that Dex derives from its issuer; compared at every login.
 * - `saml`: the assertion consumer service URL; demanded at startup, compared with the response, never with the issuer.
 * - `header`: no such key; a proxy authenticates the path `/callback/<connector id>` below the issuer.
 * - `loop`: no such key; the browser is sent straight back.
 * - `password`: no such key; Dex shows a form of its own.
 */
export type CallbackClass = 'strict' | 'saml' | 'header' | 'loop' | 'password';

/** A connector type that a target knows by name, but that cannot be used there. */
export interface BrokenTargets {
  readonly product: Product;
  readonly minors: MinorRange;
  readonly effect: string;
}

/** What holds for all connectors of one type, whatever their configuration. From the source of Dex and of Pachyderm's fork. */
export interface ConnectorTypeFacts {
  /** The schema under `schemas/connectors/`; an alias has that of the type it stands for. */
  readonly schema: ConnectorSchemaName;
  /** The first minor versions that know the type; missing when all targets do. */
  readonly since?: Readonly<Record<Product, number>>;
  readonly broken?: BrokenTargets;
  readonly callback: CallbackClass;
  /** Opening it asks the identity provider over the network, so one that cannot be reached stops Dex or pachd's bootstrap. */
  readonly opensNetworkAtStart: boolean;
  /** The first minor versions that yield refresh tokens with it: `always`, `never`, or from a version on. */
  readonly refresh: 'always' | 'never' | Readonly<Record<Product, number>>;
  /** The keys of its configuration that hold secrets, as paths with dots. */
  readonly secretKeys: readonly string[];
  /** It logs in people who do not exist; for tests only. */
  readonly mock: boolean;
  /**
   * A setting that changes nothing, for types that need none: pachd from release 2.3 on refuses a connector without any
   * from pachctl (`no configs are defined`).
   */
  readonly idleSetting?: Readonly<Record<string, string | boolean>>;
  /** The Go type that its configuration is decoded into, as decoding errors name it. */
  readonly goType: string;
}

const codeFlow = {
  callback: 'strict',
  opensNetworkAtStart: false,
  refresh: 'always',
  secretKeys: ['clientSecret'],
  mock: false,
} as const;
const passwordForm = {
  callback: 'password',
  opensNetworkAtStart: false,
  refresh: 'always',
  mock: false,
} as const;
const saml = {
  schema: 'saml',
  callback: 'saml',
  opensNetworkAtStart: false,
  refresh: 'never',
  secretKeys: [],
  mock: false,
  goType: 'saml.Config',
} as const;

const TYPES = {
  oidc: { ...codeFlow, schema: 'oidc', opensNetworkAtStart: true, goType: 'oidc.Config' },
  oauth: {
    ...codeFlow,
    schema: 'oauth',
    since: { dex: 31, pachyderm: 4 },
    broken: {
      product: 'pachyderm',
      minors: { since: 4, until: 6 },
      effect: 'every login ends in "Requested resource does not exist."',
    },
    refresh: 'never',
    goType: 'oauth.Config',
  },
  ldap: { ...passwordForm, schema: 'ldap', secretKeys: ['bindPW'], goType: 'ldap.Config' },
  github: { ...codeFlow, schema: 'github', goType: 'github.Config' },
  gitlab: { ...codeFlow, schema: 'gitlab', goType: 'gitlab.Config' },
  gitea: { ...codeFlow, schema: 'gitea', goType: 'gitea.Config' },
  google: { ...codeFlow, schema: 'google', opensNetworkAtStart: true, goType: 'google.Config' },
  microsoft: { ...codeFlow, schema: 'microsoft', goType: 'microsoft.Config' },
  saml,
  samlExperimental: saml,
  openshift: {
    ...codeFlow,
    schema: 'openshift',
    opensNetworkAtStart: true,
    refresh: { dex: 32, pachyderm: 4 },
    goType: 'openshift.Config',
  },
  'bitbucket-cloud': { ...codeFlow, schema: 'bitbucket-cloud', goType: 'bitbucketcloud.Config' },
  linkedin: { ...codeFlow, schema: 'linkedin', goType: 'linkedin.Config' },
  authproxy: {
    schema: 'authproxy',
    callback: 'header',
    opensNetworkAtStart: false,
    refresh: 'never',
    secretKeys: [],
    mock: false,
    // Dex's own default.
    idleSetting: { userHeader: 'X-Remote-User' },
    goType: 'authproxy.Config',
  },
  'atlassian-crowd': {
    ...passwordForm,
    schema: 'atlassian-crowd',
    secretKeys: ['clientSecret'],
    goType: 'atlassiancrowd.Config',
  },
  keystone: {
    ...passwordForm,
    schema: 'keystone',
    secretKeys: ['keystonePassword'],
    goType: 'keystone.Config',
  },
  mockCallback: {
    schema: 'mockCallback',
    callback: 'loop',
    opensNetworkAtStart: false,
    refresh: 'always',
    secretKeys: [],
    mock: true,
    // It reads no key at all, so any will do.
    idleSetting: { mock: true },
    goType: 'mock.CallbackConfig',
  },
  mockPassword: {
    ...passwordForm,
    schema: 'mockPassword',
    secretKeys: ['password'],
    mock: true,
    goType: 'mock.PasswordConfig',
  },
} as const satisfies Readonly<Record<string, ConnectorTypeFacts>>;

/** A connector type as documents write it; `samlExperimental` is another name of `saml`. */
export type ConnectorType = keyof typeof TYPES;

/** Every connector type that some target knows, with what is true of it. */
export const connectorTypes: Readonly<Record<ConnectorType, ConnectorTypeFacts>> = TYPES;

/** The names of all connector types, aliases included. */
export const connectorTypeNames = Object.keys(TYPES) as readonly ConnectorType[];

export function isConnectorType(text: string): text is ConnectorType {
  return Object.hasOwn(TYPES, text);
}

/** What is true of a type, by its name; undefined when there is no such type. */
export function connectorType(name: string): ConnectorTypeFacts | undefined {
  return isConnectorType(name) ? connectorTypes[name] : undefined;
}

/** Whether the target knows the type by name. It may be broken there all the same: see `brokenEffect`. */
export function knowsType(type: ConnectorType, target: Target): boolean {
  const since = connectorTypes[type].since;
  return since === undefined || isSince(target, since);
}

/** What goes wrong with every connector of the type at the target, although the target knows it. */
export function brokenEffect(type: ConnectorType, target: Target): string | undefined {
  const broken = connectorTypes[type].broken;
  return broken && isInTargets(target, { [broken.product]: broken.minors }) ? broken.effect : undefined;
}

/** The types that can be used at the target, aliases included. */
export function usableTypes(target: Target): readonly ConnectorType[] {
  return connectorTypeNames.filter(
    (type) => knowsType(type, target) && brokenEffect(type, target) === undefined,
  );
}

/** Whether a client that asks for `offline_access` gets a refresh token when users log in with this type. */
export function yieldsRefreshTokens(type: ConnectorType, target: Target): boolean {
  const { refresh } = connectorTypes[type];
  if (typeof refresh === 'string') return refresh === 'always';
  return isSince(target, refresh);
}
