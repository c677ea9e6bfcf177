import { credentialsFor, type Credentials } from './credentials';
import { printable } from '../diagnostics/code-frame';
import type { Code } from '../diagnostics/codes';
import { isLoopbackHost } from '../model/url-text';
import { MANIFEST_LIMIT_MIB } from './image-store';
import type { ImageReference } from './reference';

/** How registries are asked. */
export interface RegistryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Registries to ask instead, by the one that an image names: `docker.io` to `mirror.acme.com`. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeout: number;
  /** Ends what is asked, in the place of the longest wait: for answers that take as long as they are large. */
  readonly signal?: AbortSignal;
}

/** What a tag may lead to. An index comes first: its digest is that of the image on every platform. */
export const MANIFEST_TYPES: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Longest answers that are read, in MiB. */
const LIMITS = { manifest: MANIFEST_LIMIT_MIB, token: 1 } as const;

/** Why a registry did not give what it was asked for. */
export class Refusal extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** An image at the registry that is asked for it, and what opened it. */
export interface OpenedImage {
  /** Of the registry, as people name it. */
  readonly registry: string;
  /** Where its manifests and blobs are: `https://registry-1.docker.io/v2/library/postgres`. */
  readonly url: string;
  readonly reference: ImageReference;
  /** What the registry wanted to be told. */
  authorization?: string;
}

/** The image at its registry, or at the mirror of that. Nothing is asked. */
export function imageAt(reference: ImageReference, { mirrors }: RegistryOptions): OpenedImage {
  const registry = mirrors[reference.registry] ?? reference.registry;
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const url = `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/${reference.repository}`;
  return { registry, url, reference };
}

/** What is asked of a registry, and where its answer came from. */
interface Answered {
  readonly answer: Response;
  readonly place: string;
}

/**
 * Asks for something of an image; when the registry wants credentials, once more with them. Fails with a `Refusal` when it cannot be
 * asked.
 *
 * @param url below the image's own, or where an earlier answer came from
 */
export async function askFor(
  image: OpenedImage,
  url: string,
  { method, accept }: { readonly method: 'HEAD' | 'GET'; readonly accept?: string },
  options: RegistryOptions,
): Promise<Answered> {
  const { registry, reference } = image;
  const headers = (): Record<string, string> => ({
    ...(accept === undefined ? {} : { accept }),
    ...(image.authorization === undefined ? {} : { authorization: image.authorization }),
  });
  const first = await ask(url, method, headers(), options, registry);
  if (first.status !== 401) return { answer: first, place: url };
  // What a registry leads to, such as a host of its region, answers for itself, and knows no credentials of the registry.
  const place = first.url;
  const isOwn = new URL(place).origin === new URL(url).origin;
  const credentials = isOwn ? credentialsFor(registry, options.environment) : undefined;
  const authorization = await authorize(
    first,
    { registry, repository: reference.repository, credentials },
    options,
  );
  delete image.authorization;
  if (authorization !== undefined) image.authorization = authorization;
  return { answer: await ask(place, method, headers(), options, registry), place };
}

/** Fails for every answer but a manifest. */
export function refuse(
  answer: Response,
  { registry, reference: { repository, tag, digest } }: OpenedImage,
): void {
  const { status } = answer;
  if (status === 200) return;
  if (status === 404)
    throw new Refusal(
      'LCK004',
      `${registry} has no ${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`,
      'correct the name or the tag, or push the image',
    );
  if (status === 401 || status === 403)
    throw new Refusal(
      'LCK005',
      `${registry} answers ${status}: it does not let you read ${repository}, or it does not exist there`,
      `run docker login ${registry}, or give the account the right to pull`,
    );
  if (status === 429) {
    const wait = answer.headers.get('retry-after');
    const until = wait !== null && /^\d{1,9}$/.test(wait) ? `; it takes requests again in ${wait} s` : '';
    throw new Refusal(
      'LCK006',
      `${registry} answers 429: too many requests${until}`,
      `wait, or run docker login ${registry}: accounts have a higher limit`,
    );
  }
  throw new Refusal(
    'LCK006',
    `${registry} answers ${status}`,
    'try again, or name another registry with --mirror',
  );
}

/** Fails for what is no manifest, such as the page of a proxy. */
export function refuseOtherTypes(answer: Response, registry: string): string {
  const type = (answer.headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
  if (MANIFEST_TYPES.includes(type)) return type;
  throw new Refusal(
    'LCK006',
    `${registry} sends no manifest, but ${type === '' ? 'something without a type' : printable(type)}`,
    'see whether a proxy answers in its place, or name another registry with --mirror',
  );
}

/** Who asks a registry for what. */
interface Asking {
  readonly registry: string;
  readonly repository: string;
  readonly credentials: Credentials | undefined;
}

/** What to say in the header `authorization`, as the registry's challenge wants it. */
async function authorize(
  answer: Response,
  { registry, repository, credentials }: Asking,
  options: RegistryOptions,
): Promise<string | undefined> {
  const challenge = answer.headers.get('www-authenticate') ?? '';
  if (/^basic\b/i.test(challenge)) return credentials && basic(credentials);
  const parameter = (name: string): string | undefined =>
    new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
  const realm = parameter('realm');
  if (!/^bearer\b/i.test(challenge) || realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  // A password goes over TLS, or stays on this machine.
  if (url.protocol !== 'https:' && !isLoopback(url.host))
    throw new Refusal(
      'LCK005',
      `${registry} wants a token of ${url.origin}, without TLS`,
      'use a registry with TLS',
    );
  const service = parameter('service');
  const scope = `repository:${repository}:pull`;
  const token =
    credentials && 'identityToken' in credentials
      ? await ask(
          url.href,
          'POST',
          { 'content-type': 'application/x-www-form-urlencoded' },
          options,
          registry,
          {
            ...{
              grant_type: 'refresh_token',
              refresh_token: credentials.identityToken,
              client_id: 'pachkit',
              scope,
            },
            ...(service === undefined ? {} : { service }),
          },
        )
      : await ask(
          withQuery(url, { scope, service }),
          'GET',
          credentials ? { authorization: basic(credentials) ?? '' } : {},
          options,
          registry,
        );
  if (token.status === 401 || token.status === 403)
    throw new Refusal(
      'LCK005',
      `${registry} refuses the credentials of docker login`,
      `run docker login ${registry} again`,
    );
  if (token.status !== 200)
    throw new Refusal(
      'LCK006',
      `${url.host} answers ${token.status} where ${registry} gets its tokens`,
      'try again',
    );
  const body = await wholeOf(partsOf(token, url.host, options), 'token', url.host);
  const text = tokenIn(body.toString());
  // Anything else is no header, and the error about it would show the token.
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
    throw new Refusal('LCK006', `${url.host} sends no token`, 'try again');
  return `Bearer ${text}`;
}

function tokenIn(text: string): unknown {
  try {
    const body = JSON.parse(text) as { token?: unknown; access_token?: unknown } | null;
    return body?.token ?? body?.access_token;
  } catch {
    return undefined;
  }
}

function basic(credentials: Credentials): string | undefined {
  return 'user' in credentials
    ? `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
    : undefined;
}

function withQuery(url: URL, query: Readonly<Record<string, string | undefined>>): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) whole.searchParams.set(name, value);
  return whole.href;
}

/** Only registries on this machine are asked without TLS. */
function isLoopback(host: string): boolean {
  return isLoopbackHost(host.replace(/:\d+$/, ''));
}

async function ask(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  options: RegistryOptions,
  registry: string,
  form?: Readonly<Record<string, string>>,
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { ...headers, 'user-agent': 'pachkit' },
      signal: options.signal ?? AbortSignal.timeout(options.timeout),
      // A redirect could take the form, with a token of identity in it, to another host.
      ...(form && { body: new URLSearchParams(form), redirect: 'manual' }),
    });
  } catch (error) {
    throw unreachable(error, registry, options);
  }
}

/** What a registry answers, part by part; fails with a `Refusal` when it stops within that. */
export async function* partsOf(
  { body }: Response,
  registry: string,
  options: RegistryOptions,
  arrived?: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      arrived?.();
      yield part;
    }
  } catch (error) {
    throw unreachable(error, registry, options);
  }
}

/** The parts of an answer as one; fails with a `Refusal` when there are more than such an answer has. */
export async function wholeOf(
  parts: AsyncIterable<Uint8Array>,
  kind: keyof typeof LIMITS,
  registry: string,
): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const part of parts) {
    length += part.length;
    if (length > LIMITS[kind] * 1024 * 1024)
      throw new Refusal(
        'LCK006',
        `${registry} sends a ${kind} of more than ${LIMITS[kind]} MiB`,
        'see what answers in its place, or name another registry with --mirror',
      );
    read.push(part);
  }
  return Buffer.concat(read);
}

/** The finding about a registry that cannot be asked, or stops within its answer. */
function unreachable(error: unknown, registry: string, { timeout }: RegistryOptions): Refusal {
  return new Refusal(
    'LCK006',
    `${registry} cannot be asked: ${failureOf(error, timeout)}`,
    unreachableHint(error),
  );
}

function failureOf(error: unknown, timeout: number): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `no answer in ${timeout / 1000} s`;
  const reason = cause?.message ?? message;
  return cause?.code !== undefined && !reason.includes(cause.code) ? `${reason} (${cause.code})` : reason;
}

/** The finding about a registry that cannot be asked, or stops within its answer. */
export function unreachableHint(error: unknown): string {
  const code = String((error as { cause?: { code?: string } }).cause?.code ?? '');
  return /CERT|SELF_SIGNED|VERIFY|UNABLE_TO/.test(code)
    ? 'let Node trust the authority of the registry: NODE_EXTRA_CA_CERTS=ca.pem'
    : 'check the name, the network and the proxy, or name another registry with --mirror';
}
