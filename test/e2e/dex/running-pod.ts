import { writeFileSync } from 'node:fs';
import type { Cluster } from '../../../src/model/cluster';
import type { DexServer } from '../../../src/model/dex';
import { clusterIn, standaloneDocuments, withValues, type DexPod } from '../../support/dex-pod';
import {
  createCertificateAuthority,
  freePort,
  request,
  startProcess,
  temporaryDirectory,
  toolPath,
  type Response,
  type RunningProcess,
} from '../harness';
import { startIdentityProviders } from './identity-providers';

/** The documents with a standalone Dex. */
export const documents = standaloneDocuments().map((name) => ({ name, cluster: clusterIn(name) }));

/** Those whose Dex keeps its data there. */
export function documentsWith(storage: string): { name: string; cluster: Cluster }[] {
  return documents.filter(({ cluster }) => cluster.dex?.storage.type === storage);
}

/** A Dex that runs as its pod would, on ports of its own. */
export interface RunningPod {
  readonly running: RunningProcess;
  /** Its pages, asked as the way in would ask: below the path of the issuer. */
  ask(path: string, options?: Parameters<typeof request>[1]): Promise<Response>;
  /** The telemetry port. */
  askTelemetry(path: string): Promise<Response>;
  stop(): Promise<void>;
}

/** What a pod's Dex is: where it is, and whom it asks when it starts. */
export type Served = Pick<DexServer, 'issuer' | 'connectors'>;

export function servedBy({ urls, identity }: Cluster): Served {
  return { issuer: urls.issuer, connectors: identity.connectors };
}

/** Starts the pod's configuration, in which only `values` are other ones, with the pod's arguments and environment. */
export async function startPod(
  dex: Served,
  pod: DexPod,
  values: Readonly<Record<string, unknown>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningPod> {
  const directory = temporaryDirectory('dex-pod');
  const authority = await createCertificateAuthority(directory.path);
  const providers = await startIdentityProviders(dex.connectors, authority);
  const file = directory.join('config.yaml');
  const isChanged = Object.keys(values).length > 0;
  writeFileSync(file, isChanged ? withValues(pod.configuration, values) : pod.configuration, { mode: 0o600 });
  const [web, telemetry] = [await freePort(), await freePort()];
  const running = startProcess({
    name: 'dex',
    program: toolPath('dex'),
    args: [
      ...pod.arguments.map((argument) => argument.replace('/etc/dex/config.yaml', file)),
      ...['--web-http-addr', `127.0.0.1:${web}`, '--telemetry-addr', `127.0.0.1:${telemetry}`],
    ],
    environment: { ...pod.environment, ...providers.environment, ...environment },
    workingDirectory: directory.path,
  });
  const issuerPath = new URL(dex.issuer).pathname.replace(/\/$/, '');
  const ask: RunningPod['ask'] = (place, options) =>
    request(`http://127.0.0.1:${web}${issuerPath}${place}`, options);
  await running.ready(async () => (await ask('/healthz')).status === 200);
  return {
    running,
    ask,
    askTelemetry: (place) => request(`http://127.0.0.1:${telemetry}${place}`),
    stop: async () => {
      await running.stop();
      await providers.stop();
      directory.remove();
    },
  };
}

/** Discovery and probes answer as manifests and other programs expect. */
export async function expectToServe({ issuer }: Served, pod: RunningPod): Promise<void> {
  const discovery = JSON.parse((await pod.ask('/.well-known/openid-configuration')).body) as Record<
    string,
    unknown
  >;
  expect(discovery['issuer']).toBe(issuer);
  expect(discovery['token_endpoint']).toBe(`${issuer.replace(/\/$/, '')}/token`);
  expect((await pod.askTelemetry('/healthz/live')).status).toBe(200);
  await pod.running.ready(async () => (await pod.askTelemetry('/healthz/ready')).status === 200);
}
