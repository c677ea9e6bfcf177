import { readFileSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { KubernetesServer } from '../harness';

/** A request to an API server. */
export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
}

/** A way to an API server that remembers what is asked through it. */
export interface CountingProxy {
  readonly kubeconfigFile: string;
  readonly requests: readonly SeenRequest[];
  /** Forgets what was asked so far. */
  reset(): void;
  /** Takes no more connections, and ends those that are open, after so many more requests. */
  breakAfter(requests: number): void;
  close(): Promise<void>;
}

/** Starts it, and writes a kubeconfig that leads through it. */
export async function startCountingProxy(
  kubernetes: Pick<KubernetesServer, 'url' | 'kubeconfigFile' | 'certificateAuthority' | 'token'>,
  kubeconfigFile: string,
): Promise<CountingProxy> {
  const seen: SeenRequest[] = [];
  const agent = new https.Agent({ keepAlive: true, ca: kubernetes.certificateAuthority });
  let left = Number.POSITIVE_INFINITY;
  const server = http.createServer((asked, answered) => {
    const { method = '', url = '' } = asked;
    if (--left < 0) {
      asked.socket.destroy();
      server.closeAllConnections();
      server.close();
      return;
    }
    seen.push({ method, path: url });
    const headers = { ...asked.headers, authorization: `Bearer ${kubernetes.token}` };
    const onward = https.request(`${kubernetes.url}${url}`, { method, headers, agent }, (answer) => {
      answered.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(answered);
    });
    onward.on('error', () => answered.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = JSON.parse(readFileSync(kubernetes.kubeconfigFile, 'utf8')) as {
    clusters: { cluster: object }[];
  };
  for (const each of config.clusters) each.cluster = { server: `http://127.0.0.1:${port}` };
  writeFileSync(kubeconfigFile, JSON.stringify(config), { mode: 0o600 });
  return {
    kubeconfigFile,
    requests: seen,
    reset: () => void seen.splice(0),
    breakAfter: (requests) => void (left = requests),
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
