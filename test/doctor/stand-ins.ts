import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import { examineFile, type Consultation, type Examined } from '../../src/doctor/examine-files';
import type { Status } from '../../src/doctor/hop';
import { inputOf } from '../support/input-of';

const FIXTURES = path.resolve(__dirname, '../fixtures/doctor');
const fixture = (name: string): string => fs.readFileSync(path.join(FIXTURES, name), 'utf8');

/** The authority that signed the certificates of the stand-ins. */
export const AUTHORITY = fixture('authority.crt');

/** Certificates with their keys: `server` for the hosts of the documents here, `other` for another host. */
export const certificates = {
  server: { cert: fixture('server.crt'), key: fixture('server.key') },
  other: { cert: fixture('other.crt'), key: fixture('other.key') },
} as const;

/** What a server of the tests answers: a status with headers and a body. */
export interface Reply {
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string;
}

/** What was asked. */
export interface Question {
  readonly url: URL;
  readonly method: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Answering = (question: Question) => Reply | undefined;

/** Servers on loopback that end with the test. */
export class StandIns {
  readonly #servers: net.Server[] = [];
  readonly #sockets = new Set<net.Socket>();

  /** Answers over HTTP, or over HTTPS with a certificate; 404 where there is no reply, and nothing ever for `undefined`. */
  http(answering: Answering, certificate?: { cert: string; key: string }): Promise<number> {
    const listener: http.RequestListener = (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.once('end', () => {
        const { url = '/', method = 'GET', headers } = request;
        const reply = answering({ url: new URL(url, 'http://stand-in'), method, headers, body });
        if (reply === undefined) return;
        response.writeHead(reply.status ?? 200, reply.headers ?? {});
        response.end(reply.body ?? '');
      });
    };
    return this.#listen(
      certificate ? https.createServer(certificate, listener) : http.createServer(listener),
    );
  }

  /** Does something of its own with every connection. */
  tcp(onConnection: (socket: net.Socket) => void): Promise<number> {
    return this.#listen(net.createServer(onConnection));
  }

  async stop(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
    this.#servers.length = 0;
  }

  async #listen(server: net.Server): Promise<number> {
    this.#servers.push(server);
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as net.AddressInfo).port;
  }
}

/** A port of loopback that nothing listens at. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Examines a document; `ports` are where the hosts and ports of the document are. */
export async function examined(
  document: object,
  ports: Readonly<Record<string, number>>,
  given: Partial<Consultation> & { readonly variables?: Readonly<Record<string, string>> } = {},
): Promise<Examined> {
  const { variables = {}, ...consultation } = given;
  const result = await examineFile('pachyderm.yaml', {
    documents: inputOf({ 'pachyderm.yaml': JSON.stringify(document, null, 2) }),
    secrets: {
      variable: (name) => variables[name],
      readFile: () => Buffer.from(''),
      frozen: true,
    },
    // Instead of the authorities of this machine, which take a while to read.
    environment: { SSL_CERT_FILE: path.join(FIXTURES, 'other.crt') },
    overrides: Object.entries(ports).map(([place, port]) => `${place}:127.0.0.1:${port}`),
    authorities: AUTHORITY,
    timeout: 2000,
    offline: false,
    now: () => Date.now(),
    ...consultation,
  });
  if ('problem' in result) throw new Error(result.problem);
  return result;
}

/** Hops in one line each: section, hop, status, and the code where something is wrong. */
export function hopsOf({ examinations }: Examined, ...statuses: readonly Status[]): string[] {
  return examinations.flatMap(({ sections }) =>
    sections.flatMap(({ name, hops }) =>
      hops
        .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
        .map(
          ({ name: hop, status, fault }) =>
            `${name}: ${hop} ${status}${fault === undefined ? '' : ` ${fault.code} /${fault.path.join('/')}`}`,
        ),
    ),
  );
}

/** What was seen at a hop, such as `Dex: TLS`. */
export function seenAt({ examinations }: Examined, section: string, hop: string): string {
  const hops = examinations.flatMap(({ sections }) => sections.filter(({ name }) => name === section));
  return hops.flatMap((each) => each.hops).find(({ name }) => name === hop)?.seen ?? 'no such hop';
}
