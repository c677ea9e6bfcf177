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

/** Requests that wait. */
export interface Held {
  /** Resolves when the first is there. */
  readonly reached: Promise<void>;
  letGo(): void;
}

/** A way to an API server that remembers what is asked through it. */
export interface CountingProxy {
  readonly kubeconfigFile: string;
  readonly requests: readonly SeenRequest[];
  /** Forgets what was asked so far. */
  reset(): void;
  /** Takes no more connections, and ends those that are open, after so many more requests. */
  breakAfter(requests: number): void;
  /** Keeps the first request of a kind, and those behind it, until they are let go. */
  hold(isHeld: (request: SeenRequest) => boolean): Held;
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
  let waiting:
    { readonly isHeld: (request: SeenRequest) => boolean; readonly until: Promise<void> } | undefined;
  let reach = (): void => undefined;
  const server = http.createServer((asked, answered) => {
    const { method = '', url = '' } = asked;
    if (--left < 0) {
      asked.socket.destroy();
      server.closeAllConnections();
      server.close();
      return;
    }
    seen.push({ method, path: url });
    const passOn = (): void => {
      const headers = { ...asked.headers, authorization: `Bearer ${kubernetes.token}` };
      const onward = https.request(`${kubernetes.url}${url}`, { method, headers, agent }, (answer) => {
        answered.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(answered);
      });
      onward.on('error', () => answered.destroy());
      asked.pipe(onward);
    };
    if (waiting?.isHeld({ method, path: url }) !== true) return passOn();
    reach();
    void waiting.until.then(passOn);
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
    hold(isHeld) {
      let letGo = (): void => undefined;
      const until = new Promise<void>((resolve) => (letGo = resolve));
      const reached = new Promise<void>((resolve) => (reach = resolve));
      waiting = { isHeld, until };
      return {
        reached,
        letGo() {
          waiting = undefined;
          letGo();
        },
      };
    },
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
