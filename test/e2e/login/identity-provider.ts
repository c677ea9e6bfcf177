import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  freePort,
  startProcess,
  temporaryDirectory,
  type Certificate,
  type RunningProcess,
} from '../harness';

/** Someone who can log in at the provider. */
export interface ProviderUser {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  /** Missing for a provider that does not say. */
  readonly email_verified?: boolean;
  /** What Auth0's actions see as `event.authorization.roles`. */
  readonly roles: readonly string[];
}

/** What openid-provider.mjs reads. */
export interface ProviderSettings {
  /** As the provider writes it, with or without a slash at the end. */
  readonly issuer: string;
  readonly client: {
    readonly id: string;
    readonly secret: string;
    readonly redirectURIs: readonly string[];
    readonly authenticationMethod: 'client_secret_post' | 'client_secret_basic';
  };
  readonly users: readonly ProviderUser[];
  /** Code of post-login actions, in their order. */
  readonly actions: readonly string[];
  readonly idTokenLifetimeSeconds: number;
  /** How far the provider's clock is ahead. */
  readonly clockOffsetSeconds: number;
}

export interface IdentityProvider {
  readonly port: number;
  logs(): string;
  stop(): Promise<void>;
}

/** Starts the provider, with TLS, on a port of loopback. */
export async function startIdentityProvider(
  settings: ProviderSettings,
  { certificate, key }: Certificate,
): Promise<IdentityProvider> {
  const directory = temporaryDirectory('identity-provider');
  const port = await freePort();
  const file = directory.join('settings.json');
  writeFileSync(file, JSON.stringify({ ...settings, port, certificate, key }), { mode: 0o600 });
  const running: RunningProcess = startProcess({
    name: 'identity-provider',
    program: process.execPath,
    args: [path.join(__dirname, 'openid-provider.mjs'), file],
    workingDirectory: directory.path,
  });
  await running.ready(async () => running.logs().includes(`listening as ${settings.issuer}`));
  return {
    port,
    logs: running.logs,
    stop: async () => {
      await running.stop();
      directory.remove();
    },
  };
}
