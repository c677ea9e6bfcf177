import { standaloneTarget } from '../releases/connector-target';
import { DEFAULT_DEX_VERSION } from '../releases/dex';
import { minorSpan } from '../releases/target';
import { defined } from './defined';
import { isShared, type DexServer } from './dex';
import { withoutSlash } from '../forms/without-slash';

const REGISTRY = 'ghcr.io';
const REPOSITORY = 'dexidp/dex';

/** Where the image of a release comes from. */
export interface DexImageOptions {
  /**
   * Registry of the image, without scheme.
   * @default 'ghcr.io'
   */
  readonly registry?: string;
  /**
   * Repository of the image in the registry.
   * @default 'dexidp/dex'
   */
  readonly repository?: string;
  /**
   * Build of the image, which its tag ends with.
   * @default - none, which is the build on Alpine
   */
  readonly variant?: 'alpine' | 'distroless';
  /**
   * `sha256:…` that the image must have.
   * @default - none
   */
  readonly digest?: string;
  /**
   * When nodes pull the image, in Kubernetes' words.
   * @default 'IfNotPresent'
   */
  readonly pullPolicy?: string;
}

/** What a Dex is told; only where it is and where it keeps its state has no default. The rest is as `dexServer` says. */
export interface DexServerOptions
  extends
    Pick<DexServer, 'issuer' | 'storage'>,
    Partial<Omit<DexServer, 'target' | 'image' | 'issuer' | 'storage'>> {
  /**
   * Release of Dex, such as `2.45.1`. It decides the image and which settings are read.
   * @default DEFAULT_DEX_VERSION, the newest that is supported
   */
  readonly version?: string;
  /**
   * Where the image of the release comes from.
   * @default - every field inside at its own default
   */
  readonly image?: DexImageOptions;
}

/**
 * A Dex with every default filled in, for the construct `Dex`. Throws for what no Dex runs with: a `version` that is none or
 * without facts, an `issuer` that is no URL, and several `replicas` without storage that they share. Rules look for these
 * in documents, so that only callers of the library meet them here.
 *
 * @example
 * dexServer({
 *   issuer: 'https://dex.example.com',
 *   storage: { type: 'kubernetes' },
 *   connectors: [new DexConnector({ issuer: 'https://dex.example.com', type: 'ldap', id: 'corp', config: { … } })],
 *   staticClients: [{ id: 'app', name: 'App', secret: existingSecret('app', 'secret'), redirectURIs: […], trustedPeers: [] }],
 * })
 */
export function dexServer(options: DexServerOptions): DexServer {
  const { issuer, version, storage, replicas = 1 } = options;
  if (version !== undefined && !RELEASE.test(version))
    throw new Error(`"${version}" is not a release of Dex; write it in full, such as ${DEFAULT_DEX_VERSION}`);
  if (!ISSUER.test(issuer))
    throw new Error(
      `the issuer "${issuer}" is not an absolute http or https URL without user, query or fragment; write https://HOST or https://HOST/PATH`,
    );
  if (replicas > 1 && !isShared(storage))
    throw new Error(
      `${replicas} pods do not share storage ${storage.type}, so logins fail at random; take one replica, or storage postgres or kubernetes`,
    );
  return resolveDexServer(options);
}

const RELEASE = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;
const ISSUER = /^https?:\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?(\/[^\s?#]*)?$/;

/** The same without a look at what the rules look for in documents. */
export function resolveDexServer(options: DexServerOptions): DexServer {
  const { version = DEFAULT_DEX_VERSION, image = {}, ...given } = options;
  const parsed = standaloneTarget(version);
  if (!parsed.ok)
    throw new Error(
      `${parsed.message}; take a release from 2.${minorSpan('dex').oldest}.0 to ${DEFAULT_DEX_VERSION}`,
    );
  const replicas = given.replicas ?? (isShared(given.storage) ? 2 : 1);
  const defaults: Omit<DexServer, 'issuer' | 'storage'> = {
    target: parsed.target as DexServer['target'],
    image: { reference: imageReference(version, image), pullPolicy: image.pullPolicy ?? 'IfNotPresent' },
    replicas,
    connectors: [],
    staticClients: [],
    staticPasswords: [],
    expiry: {
      idTokens: '24h',
      signingKeys: '6h',
      // Anyone can begin a login, and Dex stores each that long: its own 24h have filled control planes.
      authRequests: '1h',
      deviceRequests: '5m',
      refreshTokens: { disableRotation: false, reuseInterval: '3s' },
    },
    oauth2: { responseTypes: ['code'], skipApprovalScreen: true, alwaysShowLoginScreen: false },
    web: {},
    frontend: {},
    logger: { level: 'info', format: 'json' },
    telemetry: { enableProfiling: false },
    service: { annotations: {}, labels: {} },
    serviceAccount: { name: 'dex', create: true, annotations: {} },
    networkPolicy: { egressPorts: [] },
    ...(replicas > 1 ? { podDisruptionBudget: { maxUnavailable: 1 } } : {}),
    resources: { requests: { cpu: '50m', memory: '64Mi' } },
    placement: { annotations: {}, labels: {} },
    environment: {},
  };
  return { ...defaults, ...defined(given) };
}

function imageReference(version: string, image: DexImageOptions): string {
  const registry = withoutSlash(image.registry ?? REGISTRY);
  const variant = image.variant === undefined ? '' : `-${image.variant}`;
  const digest = image.digest === undefined ? '' : `@${image.digest}`;
  const tag = version.startsWith('v') ? version : `v${version}`;
  return `${registry === '' ? '' : `${registry}/`}${image.repository ?? REPOSITORY}:${tag}${variant}${digest}`;
}
