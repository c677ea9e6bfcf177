import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterFailure } from '../failure';
import type { Access } from './kubeconfig';

/** What an API server says when it refuses; the object `Status` of Kubernetes. */
export class ApiRefusal extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    /** `NotFound`, `Conflict`, `Invalid` … */
    readonly reason: string,
    message: string,
    readonly causes: readonly Cause[] = [],
  ) {
    super(message);
  }
}

/** One of the reasons of a refusal. */
export interface Cause {
  /** `FieldManagerConflict`, `FieldValueInvalid` … */
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** A request to an API server. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  /** Default: `application/json`. */
  readonly contentType?: string;
  /** Whether asking twice comes to the same. @default all but POST */
  readonly isRepeatable?: boolean;
}

/** What the rest of the stage asks an API server through. */
export interface KubernetesApi {
  readonly context: string;
  /** The JSON that it answers; throws {@link ApiRefusal} or {@link ClusterFailure}. */
  request<T>(path: string, request?: ApiRequest): Promise<T>;
  /** The text that it answers, such as logs. */
  text(path: string, query?: ApiRequest['query']): Promise<string>;
  close(): void;
}

/** Longest time without a byte of an answer, in milliseconds. */
const TIMEOUT_MS = 30_000;

/** Pauses before a request that may be repeated is repeated, in milliseconds. */
const PAUSES_MS = [200, 800, 2000];

/** Connections at once: an API server handles more, a laptop's tunnel to it not much faster. */
const CONNECTIONS = 8;

/** An API server, asked over a few connections that stay open. */
export class HttpKubernetesApi implements KubernetesApi {
  readonly context: string;
  #options: Promise<https.RequestOptions> | undefined;

  constructor(
    private readonly access: Access,
    private readonly timeout = TIMEOUT_MS,
    private readonly pauses: readonly number[] = PAUSES_MS,
  ) {
    this.context = access.context;
  }

  async request<T>(path: string, request: ApiRequest = {}): Promise<T> {
    const text = await this.#send(path, request);
    try {
      return JSON.parse(text) as T;
    } catch {
      throw this.#unreachable('it does not answer in JSON: this is not an API server of Kubernetes');
    }
  }

  text(path: string, query: ApiRequest['query'] = {}): Promise<string> {
    return this.#send(path, { query });
  }

  close(): void {
    void this.#options?.then(
      ({ agent }) => {
        if (agent instanceof http.Agent) agent.destroy();
      },
      () => undefined,
    );
  }

  async #send(path: string, request: ApiRequest): Promise<string> {
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      const pause = this.pauses[attempt];
      try {
        const { status, text, retryAfter } = await this.#once(path, request);
        if (status < 400) return text;
        if (status === 401 && !renewed) {
          // Credentials of plugins expire while a deploy waits.
          renewed = true;
          this.#options = undefined;
          continue;
        }
        if (pause !== undefined && (status === 429 || (status >= 500 && isRepeatable(request)))) {
          await sleep(retryAfter ?? pause);
          continue;
        }
        throw this.#refusal(status, text);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (error instanceof ApiRefusal || error instanceof ClusterFailure || code === undefined) throw error;
        if (pause === undefined || !isRepeatable(request) || !PASSING.has(code))
          throw this.#unreachable(networkReason(error as NodeJS.ErrnoException));
        await sleep(pause);
      }
    }
  }

  async #once(
    path: string,
    { method = 'GET', query = {}, body, contentType = 'application/json' }: ApiRequest,
  ): Promise<{ status: number; text: string; retryAfter?: number }> {
    const options = await (this.#options ??= this.#connect());
    const url = new URL(this.access.server.href.replace(/\/$/, '') + path);
    for (const [key, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(key, value);
    const payload = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const { request } = url.protocol === 'http:' ? http : https;
    return new Promise((resolve, reject) => {
      const sent = request(
        url,
        {
          ...options,
          method,
          timeout: this.timeout,
          headers: {
            ...(options.headers as http.OutgoingHttpHeaders | undefined),
            accept: 'application/json',
            'user-agent': 'pachkit',
            ...(payload === undefined ? {} : { 'content-type': contentType, 'content-length': payload.length }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const seconds = Number(answer.headers['retry-after']);
            resolve({
              status: answer.statusCode ?? 0,
              text: Buffer.concat(chunks).toString('utf8'),
              ...(seconds > 0 ? { retryAfter: Math.min(seconds, 10) * 1000 } : {}),
            });
          });
        },
      );
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
      sent.on('error', reject);
      sent.end(payload);
    });
  }

  async #connect(): Promise<https.RequestOptions> {
    const { agent, ...options } = await this.access.options();
    // An agent for a proxy is kept as it is.
    const isPlain = agent === undefined || agent === false || agent.constructor === https.Agent;
    const own = { keepAlive: true, maxSockets: CONNECTIONS };
    const plain =
      this.access.server.protocol === 'http:' ? new http.Agent(own) : new https.Agent({ ...(options as https.AgentOptions), ...own });
    return { ...options, agent: isPlain || agent.constructor === http.Agent ? plain : agent };
  }

  #refusal(status: number, text: string): Error {
    let body: { message?: string; reason?: string; details?: { causes?: Cause[] } } = {};
    try {
      body = JSON.parse(text) as typeof body;
    } catch {
      // A proxy before the API server answers with a page.
    }
    const message = body.message ?? `HTTP status ${status}`;
    const { context } = this;
    if (status === 401)
      return new ClusterFailure(
        'CLU004',
        `The API server of the context ${context} does not accept the credentials: ${message}`,
        `log in again: the token has expired or was revoked; kubectl --context ${context} auth whoami shows when it works`,
      );
    if (status >= 500 && body.reason === undefined) return this.#unreachable(`it answers with HTTP status ${status}`);
    return new ApiRefusal(status, body.reason ?? 'Unknown', message, body.details?.causes ?? []);
  }

  #unreachable(reason: string): ClusterFailure {
    return new ClusterFailure(
      'CLU003',
      `The API server of the context ${this.context} (${this.access.server.host}) cannot be asked: ${reason}`,
      `kubectl --context ${this.context} get --raw /readyz shows when it answers; a VPN or a tunnel may be down, or another context meant (--context)`,
    );
  }
}

/** Reading and applying may be done twice with the same result. */
function isRepeatable({ method = 'GET', isRepeatable: isSaid = method !== 'POST' }: ApiRequest): boolean {
  return isSaid;
}

/** Errors of networks that pass by themselves. */
const PASSING = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT']);

const NETWORK_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing takes a connection there',
  ECONNRESET: 'the connection was closed',
  ENOTFOUND: 'its name cannot be looked up',
  EAI_AGAIN: 'its name cannot be looked up',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no route to it',
  ETIMEDOUT: 'it does not answer in time',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not signed by the authority of the kubeconfig',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not signed by the authority of the kubeconfig',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not signed by the authority of the kubeconfig',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function networkReason({ code = '' }: NodeJS.ErrnoException): string {
  return NETWORK_REASONS[code] ?? code;
}
