import { writeFileSync } from 'node:fs';
import YAML from 'yaml';
import type { Cluster } from '../../../src/model/cluster';
import {
  freePort,
  request,
  startProcess,
  temporaryDirectory,
  toolPath,
  type DexTool,
  type Request,
  type Response,
} from '../harness';
import type { DeployedObjects } from './deployed-objects';

/** A Dex that was started from the objects of a cluster, and may not be ready. */
export interface DeployedDex {
  readonly port: number;
  /** What it has written so far. */
  logs(): string;
  /** Its exit code, once it has ended. */
  readonly exited: Promise<number | null>;
  /** Waits until it answers discovery. */
  ready(): Promise<void>;
  /** Asks for a path below that of the issuer, as pods do. */
  ask(path: string, options?: Request): Promise<Response>;
  stop(): Promise<void>;
}

/** What a program that a pod would run is started with. */
interface Start {
  readonly tool: DexTool;
  readonly configuration: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const CONFIGURATION_FILE = '/etc/dex/config.yaml';

/** The standalone Dex: everything is as its pod has it. */
function standalone(objects: DeployedObjects): Start {
  return {
    tool: 'dex',
    configuration: objects.secret('dex', 'config.yaml'),
    arguments: objects.argumentsOf('dex'),
    environment: objects.environmentOf('dex'),
  };
}

interface IdentityConfig {
  readonly issuer: string;
  readonly id_token_expiry: string;
  readonly rotation_token_expiry: string;
}

interface UpstreamIdp {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly config?: object;
  readonly jsonConfig?: string;
}

interface OidcClient {
  readonly id: string;
  readonly name: string;
  /** Of the clients that pachd makes besides its own and Console. */
  readonly secret?: string;
  readonly redirect_uris: readonly string[];
  readonly trusted_peers?: readonly string[];
}

/** The Dex inside pachd: what pachd would tell it, out of the environment of pachd's pod. */
function embedded(objects: DeployedObjects): Start {
  const pachd = objects.environmentOf('pachd');
  const parse = <T>(name: string): T => YAML.parse(pachd[name] ?? '') as T;
  const identity = parse<IdentityConfig>('IDP_CONFIG');
  const secrets: Readonly<Record<string, string | undefined>> = {
    [parse<{ client_id: string }>('AUTH_CONFIG').client_id]: pachd['AUTH_CLIENT_SECRET'],
    [pachd['CONSOLE_OAUTH_ID'] ?? '']: pachd['CONSOLE_OAUTH_SECRET'],
  };
  return {
    tool: 'dex-pachyderm',
    configuration: YAML.stringify({
      issuer: identity.issuer,
      storage: {
        type: 'postgres',
        config: {
          host: pachd['POSTGRES_HOST'],
          port: Number(pachd['POSTGRES_PORT']),
          database: pachd['IDENTITY_SERVER_DATABASE'],
          user: pachd['POSTGRES_USER'],
          password: pachd['POSTGRES_PASSWORD'],
          ssl: { mode: pachd['POSTGRES_SSL'] ?? 'disable' },
        },
      },
      web: { http: '127.0.0.1:0' },
      oauth2: { skipApprovalScreen: true },
      expiry: {
        idTokens: identity.id_token_expiry,
        refreshTokens: { absoluteLifetime: identity.rotation_token_expiry },
      },
      connectors: parse<UpstreamIdp[]>('IDP_CONNECTORS').map(({ id, name, type, config, jsonConfig }) => ({
        id,
        name,
        type,
        config: config ?? (JSON.parse(jsonConfig ?? '{}') as object),
      })),
      staticClients: [
        ...parse<OidcClient[]>('IDP_CLIENTS'),
        ...(parse<OidcClient[] | null>('IDP_ADDITIONAL_CLIENTS') ?? []),
      ].map(({ id, name, secret, redirect_uris, trusted_peers }) => ({
        id,
        name,
        secret: secret ?? secrets[id],
        redirectURIs: redirect_uris,
        trustedPeers: trusted_peers,
      })),
    }),
    arguments: ['serve', CONFIGURATION_FILE],
    // pachd hands connectors over as they are.
    environment: { DEX_EXPAND_ENV: 'false' },
  };
}

/**
 * Starts the Dex of a cluster: a standalone Dex as the pod of its Deployment would run it, the one inside pachd with what
 * pachd's pod gets.
 * @param environment variables that stand for the network and the authorities that the image trusts
 */
export async function deployDex(
  cluster: Cluster,
  objects: DeployedObjects,
  environment: Readonly<Record<string, string>>,
): Promise<DeployedDex> {
  const start = cluster.dex ? standalone(objects) : embedded(objects);
  const directory = temporaryDirectory(start.tool);
  const file = directory.join('config.yaml');
  writeFileSync(file, start.configuration, { mode: 0o600 });
  const port = await freePort();
  const running = startProcess({
    name: start.tool,
    program: toolPath(start.tool),
    args: [
      ...start.arguments.map((argument) => (argument === CONFIGURATION_FILE ? file : argument)),
      ...['--web-http-addr', `127.0.0.1:${port}`, '--telemetry-addr', `127.0.0.1:${await freePort()}`],
    ],
    environment: { ...start.environment, ...environment },
    workingDirectory: directory.path,
  });
  const issuerPath = new URL(cluster.urls.issuer).pathname.replace(/\/$/, '');
  const ask: DeployedDex['ask'] = (path, options) =>
    request(`http://127.0.0.1:${port}${issuerPath}${path}`, options);
  return {
    port,
    logs: running.logs,
    exited: running.exited,
    ask,
    ready: async () => {
      await running.ready(async () => (await ask('/.well-known/openid-configuration')).status === 200);
    },
    stop: async () => {
      await running.stop();
      directory.remove();
    },
  };
}
