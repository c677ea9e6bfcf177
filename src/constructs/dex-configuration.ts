import { DEX_PORT } from '../model/standalone';
import { dexTraits, readsDexKey } from '../releases/dex-traits';
import type { JsonValue } from '../document/source-node';
import type { ConfigValue } from '../model/cluster';
import type { DexServer, DexStorage, PostgresDexStorage } from '../model/dex';
import { literalSecret, ReferredSecret, Secret, type SecretReference } from '../model/secret';

/** Port of Dex's container for its metrics and probes. */
export const DEX_TELEMETRY_PORT = 5558;

/** Directories of Dex's container. */
export const DEX_CONFIGURATION_DIRECTORY = '/etc/dex';
export const DEX_DATA_DIRECTORY = '/var/dex';
export const DEX_CLIENT_CERTIFICATE_DIRECTORY = '/etc/dex-postgres';

/** Key of Dex's Secret, and file below the configuration directory, with the certificates to trust. */
export const DEX_CERTIFICATE_AUTHORITY_FILE = 'postgres-ca.crt';

/** A mapping of Dex's configuration file. */
export type DexMapping = { [key: string]: JsonValue };

/** Dex's configuration file as data, and the environment that it refers to. */
export interface DexConfiguration {
  readonly file: DexMapping;
  /** Strings that the file must not hold or Dex would not take as they are, by the variable that brings each of them in. */
  readonly variables: Readonly<Record<string, DexVariable>>;
}

/** A string of the document, or a secret. */
export type DexVariable = string | SecretReference;

/**
 * The configuration of a standalone Dex. No secret is in it: those of connectors and storage are `$NAME`, which Dex
 * replaces there and nowhere else; those of clients and users are named with `secretEnv` and `hashFromEnv`.
 *
 * Dex has no way to write a `$` that is none of its references, so every other text of a connector or a storage that
 * contains one comes from a variable as well.
 */
export function dexConfiguration(dex: DexServer): DexConfiguration {
  const environment = new Environment(dex);
  const hasSigner = readsDexKey(dex.target, 'signer');
  const file = withoutEmpty({
    issuer: dex.issuer,
    storage: storageOf(dex, environment),
    web: { http: `0.0.0.0:${DEX_PORT}`, ...asJson(dex.web) },
    telemetry: {
      http: `0.0.0.0:${DEX_TELEMETRY_PORT}`,
      ...(dex.telemetry.enableProfiling ? { enableProfiling: true } : {}),
    },
    expiry: {
      idTokens: dex.expiry.idTokens,
      authRequests: dex.expiry.authRequests,
      deviceRequests: dex.expiry.deviceRequests,
      ...(hasSigner ? {} : { signingKeys: dex.expiry.signingKeys }),
      refreshTokens: asJson(dex.expiry.refreshTokens),
    },
    logger: asJson(dex.logger),
    oauth2: asJson(dex.oauth2),
    frontend: asJson(dex.frontend),
    // The life of signing keys is an expiry until there are signers.
    signer: hasSigner ? { type: 'local', config: { keysRotationPeriod: dex.expiry.signingKeys } } : {},
    connectors: dex.connectors.map(({ type, id, name, config }) => ({
      type,
      id,
      name,
      config: environment.replaceIn(config, ['CONNECTOR', id]),
    })),
    staticClients: dex.staticClients.map(({ id, name, secret, redirectURIs, trustedPeers }) => ({
      id,
      name,
      ...(secret === undefined
        ? { public: true }
        : { secretEnv: environment.add(['STATIC_CLIENT', id, 'SECRET'], secret) }),
      redirectURIs: [...redirectURIs],
      ...(trustedPeers.length === 0 ? {} : { trustedPeers: [...trustedPeers] }),
    })),
    enablePasswordDB: dex.staticPasswords.length > 0,
    staticPasswords: dex.staticPasswords.map(({ hash, ...user }, index) => ({
      ...asJson(user),
      hashFromEnv: environment.add(['STATIC_PASSWORD', String(index + 1), 'HASH'], hash),
    })),
  });
  return { file, variables: environment.variables };
}

/** Collects what comes into Dex from its environment. */
class Environment {
  readonly variables: Record<string, DexVariable> = {};

  constructor(private readonly dex: Pick<DexServer, 'target'>) {}

  /** Gives a variable a name that no other has. */
  add(words: readonly string[], value: DexVariable): string {
    const base = `DEX_${words.map(variableWord).join('_')}`;
    let name = base;
    for (let count = 2; Object.hasOwn(this.variables, name); count++) name = `${base}_${count}`;
    this.variables[name] = value;
    return name;
  }

  /** A copy in which secrets, and strings with a `$`, are references. */
  replaceIn(value: ConfigValue, words: readonly string[]): JsonValue {
    if (value instanceof Secret) return this.reference(words, literalSecret(this.escaped(value.reveal())));
    if (value instanceof ReferredSecret) return this.reference(words, value.reference);
    if (typeof value === 'string')
      return value.includes('$') ? this.reference(words, this.escaped(value)) : value;
    if (Array.isArray(value))
      return value.map((item, index) => this.replaceIn(item as ConfigValue, [...words, String(index + 1)]));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, this.replaceIn(child, [...words, key])]),
    );
  }

  private reference(words: readonly string[], value: DexVariable): string {
    return `$${this.add(words, value)}`;
  }

  /** The text as it has to be where it ends up: inside a JSON string, or alone. */
  private escaped(text: string): string {
    return dexTraits(this.dex.target).expandsDecodedStrings ? text : JSON.stringify(text).slice(1, -1);
  }
}

/** `clientSecret` and `my-idp` as parts of a variable's name: `CLIENT_SECRET`, `MY_IDP`. */
function variableWord(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
}

function storageOf({ storage, target }: DexServer, environment: Environment): DexMapping {
  const config = STORAGE_CONFIGS[storage.type](storage as never, target);
  return {
    type: storage.type,
    ...(Object.keys(config).length === 0 ? {} : { config: environment.replaceIn(config, ['STORAGE']) }),
  };
}

type StorageConfigs = {
  readonly [Type in DexStorage['type']]: (
    storage: Extract<DexStorage, { type: Type }>,
    target: DexServer['target'],
  ) => Record<string, ConfigValue>;
};

const STORAGE_CONFIGS: StorageConfigs = {
  memory: () => ({}),
  sqlite3: () => ({ file: `${DEX_DATA_DIRECTORY}/dex.db` }),
  // The definitions are written beside Dex, which needs no right to make them then.
  kubernetes: (_, target) => ({
    inCluster: true,
    ...(readsDexKey(target, 'storage.config.crdHandling') ? { crdHandling: 'check' } : {}),
  }),
  postgres: (postgres) => ({
    host: postgres.host,
    port: postgres.port,
    database: postgres.database,
    user: postgres.user,
    password:
      postgres.password.kind === 'literal' ? postgres.password.value : new ReferredSecret(postgres.password),
    maxOpenConns: postgres.maxOpenConns,
    maxIdleConns: postgres.maxIdleConns,
    ...(postgres.connMaxLifetimeSeconds === 0 ? {} : { connMaxLifetime: postgres.connMaxLifetimeSeconds }),
    ...(postgres.connectionTimeoutSeconds === 0
      ? {}
      : { connectionTimeout: postgres.connectionTimeoutSeconds }),
    ssl: sslOf(postgres),
  }),
};

function sslOf(postgres: PostgresDexStorage): Record<string, string> {
  const { sslMode, certificateAuthority, clientCertificateSecretName } = postgres;
  if (sslMode === 'disable') return { mode: sslMode };
  return {
    mode: sslMode,
    ...(certificateAuthority === undefined
      ? {}
      : { caFile: `${DEX_CONFIGURATION_DIRECTORY}/${DEX_CERTIFICATE_AUTHORITY_FILE}` }),
    ...(clientCertificateSecretName === undefined
      ? {}
      : {
          certFile: `${DEX_CLIENT_CERTIFICATE_DIRECTORY}/tls.crt`,
          keyFile: `${DEX_CLIENT_CERTIFICATE_DIRECTORY}/tls.key`,
        }),
  };
}

/** A copy of plain data, whose read-only lists and mappings become JSON's. */
function asJson(data: object): DexMapping {
  return JSON.parse(JSON.stringify(data)) as DexMapping;
}

/** Sections that say nothing are left out. */
function withoutEmpty(file: DexMapping): DexMapping {
  return Object.fromEntries(
    Object.entries(file).filter(
      ([, value]) =>
        value !== false && (value === null || typeof value !== 'object' || Object.keys(value).length > 0),
    ),
  );
}
