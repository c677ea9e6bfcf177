import { writeFileSync } from 'node:fs';
import { request } from './http';
import { startProcess, type RunningProcess } from './process';
import type { Server } from './server';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

/** Which Dex: the released one, or the one that Pachyderm 2.7 to 2.11 embed. */
export type DexTool = 'dex' | 'dex-pachyderm';

export interface DexOptions {
  /** Dex's configuration file, as strings. */
  readonly configuration: string;
  /** `issuer` of that configuration. */
  readonly issuer: string;
  /** Where Dex listens (`web.http` or `web.https`), as a URL without path; default: the issuer's own origin. */
  readonly address?: string;
  /** Default `dex`. */
  readonly tool?: DexTool;
  /** Variables that the configuration refers to. */
  readonly environment?: Readonly<Record<string, string>>;
  /** PEM certificate of the authority that signed the certificate of `web.https`. */
  readonly certificateAuthority?: string;
}

/** A Dex that answers. */
export interface DexServer extends Server {
  /** What it publishes at `/.well-known/openid-configuration`. */
  readonly discovery: Readonly<Record<string, unknown>>;
}

/** Runs `dex serve` on a configuration without waiting for anything: for configurations that it should refuse. */
export function serveDex(
  configuration: string,
  tool: DexTool = 'dex',
  environment: Readonly<Record<string, string>> = {},
): RunningProcess {
  const directory = temporaryDirectory(tool);
  const file = directory.join('config.yaml');
  writeFileSync(file, configuration, { mode: 0o600 });
  const running = startProcess({
    name: tool,
    program: toolPath(tool),
    args: ['serve', file],
    environment,
    workingDirectory: directory.path,
  });
  return {
    ...running,
    async stop(graceSeconds) {
      await running.stop(graceSeconds);
      directory.remove();
    },
  };
}

/** A program that logs people in at Dex. */
export interface DexClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectURI: string;
}

/** Starts a Dex that keeps nothing and asks for no approval, at the address of its issuer, with one client. */
export async function startDexWith(
  issuer: string,
  connectors: readonly object[],
  { id, secret, redirectURI }: DexClient,
  tool: DexTool,
): Promise<DexServer> {
  return startDex({
    tool,
    issuer,
    configuration: JSON.stringify({
      issuer,
      storage: { type: 'memory' },
      web: { http: `127.0.0.1:${new URL(issuer).port}` },
      oauth2: { skipApprovalScreen: true },
      connectors,
      staticClients: [{ id, name: id, secret, redirectURIs: [redirectURI] }],
    }),
  });
}

/** Starts Dex and waits until it answers discovery; fails with Dex's own words when it ends before. */
export async function startDex(options: DexOptions): Promise<DexServer> {
  const { configuration, issuer, tool, environment, certificateAuthority } = options;
  const issuerUrl = new URL(issuer);
  const address = new URL(options.address ?? issuerUrl.origin);
  const running = serveDex(configuration, tool, environment);
  const path = `${issuerUrl.pathname.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const discovery = await running.ready(async () => {
    const answer = await request(
      new URL(path, address).href,
      certificateAuthority === undefined ? {} : { certificateAuthority },
    );
    return answer.status === 200 && (JSON.parse(answer.body) as Record<string, unknown>);
  });
  return {
    url: issuer,
    port: Number(address.port),
    discovery,
    logs: running.logs,
    stop: running.stop,
  };
}
