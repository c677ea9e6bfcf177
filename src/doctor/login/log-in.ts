import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { authorizationRequest } from '../authorization-request';
import { atBrowserIssuer, codeRequest, tokenRequest, tokenURL } from '../code-request';
import { openForm, sendForm } from '../dex-form';
import { follow } from '../follow';
import type { Answer, HttpClient } from '../network/http';
import { firstForm, pageText } from '../network/page';
import { mappingIn } from '../read-json';
import { answerKind, shown } from '../shown';
import type { ConnectorSubject } from '../subjects';
import { listenAt, type Listener, type Returned } from './loopback';
import type { Person } from './person';
import type { LoginClient, Way } from './way';

/** What a login has to bring back, and what came of it. */
export interface Begun {
  readonly way: Way;
  /** Missing in the device flow. */
  readonly nonce?: string;
  /** Asks Dex for the tokens. */
  redeem(signal: AbortSignal): Promise<Answer>;
}

/** A login that came to nothing: what was said, or why it could not begin. */
export interface Refused {
  readonly refused: string;
}

/** A connector that a person logs in with. */
export interface LoginSubject extends ConnectorSubject {
  readonly person: Person;
}

/** Logs a person in, in the first of these ways that can be gone. */
export async function logIn(
  subject: LoginSubject,
  ways: readonly Way[],
  signal: AbortSignal,
): Promise<Begun | Refused> {
  for (const way of ways) {
    const found = await goWay(subject, way, signal);
    if (found !== undefined) return found;
  }
  return { refused: 'there is no terminal to ask on' };
}

async function goWay(
  subject: LoginSubject,
  way: Way,
  signal: AbortSignal,
): Promise<Begun | Refused | undefined> {
  if (way.kind === 'device') return byDevice(subject, way, signal);
  const secrets = { state: random(), nonce: random(), verifier: random() };
  const start = authorizationRequest(subject.cluster, subject.connector.id, way.client, {
    state: secrets.state,
    nonce: secrets.nonce,
    ...(way.client.secret === undefined
      ? {
          code_challenge: createHash('sha256').update(secrets.verifier).digest('base64url'),
          code_challenge_method: 'S256',
        }
      : {}),
  });
  const returned = await comeBack(subject, way, { start, state: secrets.state }, signal);
  if (returned === undefined) return undefined;
  if ('refused' in returned) return { refused: returned['refused'] ?? '' };
  const { code, error, error_description: description } = returned;
  if (code === undefined)
    return { refused: [error, description].filter(Boolean).join(': ') || 'Dex gives no code' };
  if (returned['state'] !== secrets.state) return { refused: 'the address is of another login' };
  return {
    way,
    nonce: secrets.nonce,
    redeem: (during) => redeemCode(subject, way.client, { code, verifier: secrets.verifier }, during),
  };
}

/** A request for a login, and what it has to bring back. */
interface Start {
  readonly start: URL;
  readonly state: string;
}

async function comeBack(
  subject: LoginSubject,
  { kind, client }: Way,
  { start, state }: Start,
  signal: AbortSignal,
): Promise<Returned | undefined> {
  const { person } = subject;
  if (kind === 'form') return byForm(subject, client, start, signal);
  if (kind === 'address') {
    person.show(
      `Open this address in a browser and log in:\n\n  ${start.href}\n\nIt ends at ${new URL(client.redirectURI).host}, at a page that may show an error: pachd has not begun this login.\n`,
    );
    const typed = await person.address(signal);
    if (typed === undefined) return undefined;
    return URL.canParse(typed)
      ? Object.fromEntries(new URL(typed).searchParams)
      : { refused: 'the input is not an address' };
  }
  const listener = await listenAt(client.redirectURI, state);
  if (listener === undefined) return undefined;
  person.show(`Open this address in a browser and log in:\n\n  ${start.href}\n`);
  return returnedTo(listener, signal);
}

async function returnedTo(listener: Listener, signal: AbortSignal): Promise<Returned> {
  const late = new Promise<never>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
  try {
    return await Promise.race([listener.returned, late]);
  } finally {
    listener.stop();
  }
}

/** Fills in the form of Dex, and follows it to where Dex sends a browser back. */
async function byForm(
  subject: LoginSubject,
  { redirectURI }: LoginClient,
  start: URL,
  signal: AbortSignal,
): Promise<Returned> {
  const { connector, cluster, person } = subject;
  const form = await openForm(subject, signal, start);
  if (form === undefined) return { refused: 'Dex shows no form' };
  const credentials = await person.credentials(`${connector.name} at ${cluster.urls.browserIssuer}`, signal);
  if (credentials === undefined) return { refused: 'no name and password are given' };
  const answer = await sendForm(form, credentials, signal);
  const { location } = answer.headers;
  if (location === undefined) return { refused: refusalOn(answer) };
  const { client } = form;
  const stopAt = (url: string): boolean => url.startsWith(redirectURI);
  const first = new URL(location, answer.url).href;
  if (stopAt(first)) return parametersOf(first);
  const end = await follow(client, first, { signal, stopAt });
  if (end.kind === 'stopped') return parametersOf(end.url);
  if (end.kind === 'loop') return { refused: 'Dex redirects in a circle' };
  return approve(client, end.answer, stopAt, signal);
}

/** Dex asks whether the client may have the claims, unless it is told not to. */
async function approve(
  client: HttpClient,
  page: Answer,
  stopAt: (url: string) => boolean,
  signal: AbortSignal,
): Promise<Returned> {
  const form = firstForm(page.body, page.url);
  if (form?.fields['approval'] === undefined) return { refused: refusalOn(page) };
  const end = await follow(client, form.action, {
    signal,
    stopAt,
    first: {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form.fields, approval: 'approve' }).toString(),
    },
  });
  return end.kind === 'stopped'
    ? parametersOf(end.url)
    : { refused: 'Dex does not go on after its approval' };
}

function parametersOf(url: string): Returned {
  return Object.fromEntries(new URL(url).searchParams);
}

function refusalOn({ status, body }: Answer): string {
  const page = pageText(body);
  const words = /Invalid .{1,60} and password\.?|Login error[^]*/i.exec(page)?.[0] ?? page;
  return words === '' ? answerKind(status, body) : words;
}

/** The device flow (RFC 8628): the person logs in anywhere, and Dex is asked until they have. */
async function byDevice(
  subject: LoginSubject,
  way: Way,
  signal: AbortSignal,
): Promise<Begun | Refused | undefined> {
  const { cluster, issuer, person } = subject;
  const { client } = way;
  const http = issuer.world.client(issuer.tls.authorities);
  const base = atBrowserIssuer(cluster.urls, cluster.urls.issuer).replace(/\/$/, '');
  const begun = await http.request(
    `${base}/device/code`,
    tokenRequest(
      { clientID: client.id, ...(client.secret === undefined ? {} : { secret: client.secret }) },
      { scope: (cluster.auth?.scopes ?? []).join(' ') },
      'body',
    ),
    signal,
  );
  const answer = mappingIn(begun);
  const { device_code: device, user_code: code, interval } = answer ?? {};
  const link = answer?.['verification_uri_complete'] ?? answer?.['verification_uri'];
  // A Dex that does not know the flow; there may be another way.
  if (typeof device !== 'string' || typeof link !== 'string') return undefined;
  person.show(
    `Open this address in a browser, compare the code ${JSON.stringify(code)}, and log in with ${subject.connector.name}:\n\n  ${link}\n`,
  );
  const ask = (during: AbortSignal): Promise<Answer> =>
    http.request(
      tokenURL(cluster.urls, issuer.known.discovery),
      tokenRequest(
        { clientID: client.id, ...(client.secret === undefined ? {} : { secret: client.secret }) },
        { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: device },
      ),
      during,
    );
  for (;;) {
    await wait(Math.min(Math.max(Number(interval) || 5, 1), 60) * 1000, undefined, { signal });
    const tokens = await ask(signal);
    const error = mappingIn(tokens)?.['error'];
    if (error === 'authorization_pending' || error === 'slow_down') continue;
    if (typeof error === 'string') return { refused: error };
    return { way, redeem: async () => tokens };
  }
}

function redeemCode(
  { cluster: { urls }, issuer }: ConnectorSubject,
  { id, secret, redirectURI }: LoginClient,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  signal: AbortSignal,
): Promise<Answer> {
  const asked = codeRequest(
    {
      clientID: id,
      ...(secret === undefined ? { verifier } : { secret }),
      code,
      redirectURI,
    },
    'header',
  );
  return issuer.world
    .client(issuer.tls.authorities)
    .request(tokenURL(urls, issuer.known.discovery), asked, signal);
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

/** Words of a refusal, in one line. */
export function refusalText({ refused }: Refused): string {
  return shown(refused);
}
