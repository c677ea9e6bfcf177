import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import { HttpKubernetesApi } from '../../src/cluster/api/kubernetes-api';
import type { Access } from '../../src/cluster/api/kubeconfig';

/** What a stand-in for an API server was asked. */
export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What it answers; `undefined` closes the connection without an answer. */
export type Answer =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: http.OutgoingHttpHeaders }
  | undefined;

/** A server that answers as a test says, and remembers what it was asked. */
export interface StandInApi {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Asks it as pachkit does, without pauses. */
  readonly api: HttpKubernetesApi;
  close(): Promise<void>;
}

export async function startStandIn(answer: (asked: Asked) => Answer): Promise<StandInApi> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      asked.push(one);
      const given = answer(one);
      if (given === undefined) {
        request.socket.destroy();
        return;
      }
      const { status = 200, body = {}, headers: own = {} } = given;
      response.writeHead(status, own);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access: Access = {
    context: 'test',
    server: new URL(url),
    options: async () => ({ headers: { authorization: 'Bearer t0ken' } }),
    config: new KubeConfig(),
  };
  const api = new HttpKubernetesApi(access, 2000, [0, 0]);
  return {
    url,
    asked,
    api,
    async close() {
      api.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The object `Status` with which API servers refuse. */
export const refusal = (status: number, reason: string, message: string): Answer => ({
  status,
  body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code: status },
});
