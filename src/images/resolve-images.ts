import { createHash } from 'node:crypto';
import { printable } from '../diagnostics/code-frame';
import type { Code } from '../diagnostics/codes';
import { credentialsFor, type Credentials } from './credentials';
import { isLoopbackHost } from '../model/url-text';
import { parseImage, type ImageReference } from './reference';

/** The digest of an image, or why there is none. */
export type Resolved =
  | { readonly image: string; readonly digest: string }
  | { readonly image: string; readonly code: Code; readonly reason: string; readonly hint: string };

export interface ResolveOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Registries to ask instead, by the one that an image names: `docker.io` to `mirror.acme.com`. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeout: number;
}

/** What a tag may lead to. An index comes first: its digest is that of the image on every platform. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Registries that are asked at once. */
const AT_ONCE = 4;

/** Asks registries which digests tags have now. The order is that of the images; nothing is thrown for what a registry does. */
export async function resolveImages(images: readonly string[], options: ResolveOptions): Promise<Resolved[]> {
  const results: Resolved[] = [];
  const waiting = images.map((image, index) => ({ image, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next.index] = await resolveImage(next.image, options);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** Why a registry did not tell. */
class Refusal extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

async function resolveImage(image: string, options: ResolveOptions): Promise<Resolved> {
  const reference = parseImage(image);
  if (!reference)
    return {
      image,
      code: 'LCK004',
      reason: 'it is not the name of an image',
      hint: 'write it as registry/name:tag',
    };
  if (reference.digest !== undefined) return { image, digest: reference.digest };
  try {
    return { image, digest: await digestOf(reference, options) };
  } catch (error) {
    if (error instanceof Refusal) return { image, code: error.code, reason: error.message, hint: error.hint };
    throw error;
  }
}

async function digestOf(reference: ImageReference, options: ResolveOptions): Promise<string> {
  const { repository, tag } = reference;
  const registry = options.mirrors[reference.registry] ?? reference.registry;
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const url = `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/${repository}/manifests/${tag}`;
  const headers: Record<string, string> = { accept: MANIFESTS };
  const first = await ask(url, 'HEAD', headers, options, registry);
  // What a registry leads to, such as a host of its region, answers for itself, and knows no credentials of the registry.
  const place = first.status === 401 ? first.url : url;
  if (first.status === 401) {
    const isOwn = new URL(place).origin === new URL(url).origin;
    const credentials = isOwn ? credentialsFor(registry, options.environment) : undefined;
    const authorization = await authorize(first, { registry, repository, credentials }, options);
    if (authorization !== undefined) headers['authorization'] = authorization;
  }
  const answer = first.status === 401 ? await ask(place, 'HEAD', headers, options, registry) : first;
  refuse(answer, registry, reference);
  const told = answer.headers.get('docker-content-digest');
  if (told !== null && /^sha256:[0-9a-f]{64}$/.test(told)) return told;
  // Registries need not tell it: it is the hash of what they serve.
  const whole = await ask(place, 'GET', headers, options, registry);
  refuse(whole, registry, reference);
  const type = (whole.headers.get('content-type') ?? '').split(';', 1)[0]?.trim() ?? '';
  if (!MANIFESTS.split(', ').includes(type))
    throw new Refusal(
      'LCK006',
      `${registry} sends no manifest, but ${type === '' ? 'something without a type' : printable(type)}`,
      'see whether a proxy answers in its place, or name another registry with --mirror',
    );
  const content = await whole.arrayBuffer().catch((error: unknown) => {
    throw unreachable(error, registry, options);
  });
  return `sha256:${createHash('sha256').update(Buffer.from(content)).digest('hex')}`;
}

/** Fails for every answer but a manifest. */
function refuse(answer: Response, registry: string, { repository, tag }: ImageReference): void {
  const { status } = answer;
  if (status === 200) return;
  if (status === 404)
    throw new Refusal(
      'LCK004',
      `${registry} has no ${repository}:${tag}`,
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
  options: ResolveOptions,
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
  const body = (await token.json().catch(() => ({}))) as { token?: unknown; access_token?: unknown };
  const text = body.token ?? body.access_token;
  // Anything else is no header, and the error about it would show the token.
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text))
    throw new Refusal('LCK006', `${url.host} sends no token`, 'try again');
  return `Bearer ${text}`;
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
  options: ResolveOptions,
  registry: string,
  form?: Readonly<Record<string, string>>,
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { ...headers, 'user-agent': 'pachkit' },
      signal: AbortSignal.timeout(options.timeout),
      // A redirect could take the form, with a token of identity in it, to another host.
      ...(form && { body: new URLSearchParams(form), redirect: 'manual' }),
    });
  } catch (error) {
    throw unreachable(error, registry, options);
  }
}

function unreachable(error: unknown, registry: string, { timeout }: ResolveOptions): Refusal {
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

function unreachableHint(error: unknown): string {
  const code = String((error as { cause?: { code?: string } }).cause?.code ?? '');
  return /CERT|SELF_SIGNED|VERIFY|UNABLE_TO/.test(code)
    ? 'let Node trust the authority of the registry: NODE_EXTRA_CA_CERTS=ca.pem'
    : 'check the name, the network and the proxy, or name another registry with --mirror';
}
