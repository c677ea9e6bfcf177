import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { readOwnText } from '../files/read-file';

/** What a registry asks for a name and a password with; a token of identity takes the place of both. */
export type Credentials =
  { readonly user: string; readonly password: string } | { readonly identityToken: string };

/** How Docker calls Docker Hub in its configuration. */
const HUB = 'https://index.docker.io/v1/';

/** What a helper calls the user where the secret is a token of identity. */
const TOKEN_USER = '<token>';

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credsStore?: string;
  readonly credHelpers?: Readonly<Record<string, string>>;
}

/**
 * The credentials that `docker login` has kept for a registry: in Docker's configuration, or in the helper that it names. Undefined
 * where there are none, or where they cannot be read: then the registry is asked without.
 */
export function credentialsFor(
  registry: string,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const folder = environment['DOCKER_CONFIG'] ?? path.join(environment['HOME'] ?? os.homedir(), '.docker');
  const config = readConfig(path.join(folder, 'config.json'));
  const names =
    registry === 'docker.io' ? [HUB, 'docker.io', 'index.docker.io'] : [registry, `https://${registry}`];
  const helper = names.map((name) => config.credHelpers?.[name]).find(Boolean) ?? config.credsStore;
  if (typeof helper === 'string' && /^[\w.-]+$/.test(helper))
    return names.map((name) => fromHelper(helper, name, environment)).find(Boolean);
  const kept = names.map((name) => config.auths?.[name]).find(Boolean);
  const identityToken = textOf(kept?.identitytoken);
  if (identityToken !== '') return { identityToken };
  const [, user, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(textOf(kept?.auth), 'base64').toString()) ?? [];
  return user !== undefined && password !== undefined ? { user, password } : undefined;
}

/** Empty where it cannot be read, or is not a mapping. */
function readConfig(file: string): DockerConfig {
  try {
    return (JSON.parse(readOwnText(file)) as DockerConfig | null) ?? {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fromHelper(
  helper: string,
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials | undefined {
  const { status, stdout } = spawnSync(`docker-credential-${helper}`, ['get'], {
    input: name,
    encoding: 'utf8',
    timeout: 30_000,
    env: environment,
  });
  if (status !== 0) return undefined;
  try {
    const { Username, Secret } = JSON.parse(stdout) as { Username?: string; Secret?: string };
    if (Username === undefined || Secret === undefined) return undefined;
    return Username === TOKEN_USER ? { identityToken: Secret } : { user: Username, password: Secret };
  } catch {
    return undefined;
  }
}
