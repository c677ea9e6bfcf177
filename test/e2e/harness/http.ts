import * as http from 'node:http';
import * as https from 'node:https';

/** A request to a server of the tests. */
export interface Request {
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** PEM certificates of the authorities to trust; default: those of Node. */
  readonly certificateAuthority?: string;
  /** Default 10. */
  readonly timeoutSeconds?: number;
}

export interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

const clients = { 'http:': http, 'https:': https };

/** One request; redirects are not followed, so that a test sees them. */
export function request(url: string, options: Request = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body, certificateAuthority, timeoutSeconds = 10 } = options;
  return new Promise((resolve, reject) => {
    const client = clients[new URL(url).protocol as keyof typeof clients];
    const outgoing = client.request(
      url,
      {
        method,
        headers,
        // No connection is kept, so that a server that stops is not waited for.
        agent: false,
        timeout: timeoutSeconds * 1000,
        ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => (text += chunk));
        incoming.once('error', reject);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
        );
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${url}: no answer in ${timeoutSeconds} s`)));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
