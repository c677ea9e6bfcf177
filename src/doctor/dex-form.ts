import { authorizationRequest } from './authorization-request';
import { follow } from './follow';
import type { Answer, HttpClient } from './network/http';
import { firstForm, type Form } from './network/page';
import type { ConnectorSubject } from './subjects';

/** The page of Dex that asks for a name and a password, with the connection's cookies. */
export interface OpenForm {
  readonly client: HttpClient;
  readonly form: Form;
}

/**
 * Opens the form of a connector that checks passwords; undefined where Dex shows none.
 *
 * @param start the request for a login; by default that of pachd
 */
export async function openForm(
  { issuer, cluster, connector }: ConnectorSubject,
  signal: AbortSignal,
  start: URL = authorizationRequest(cluster, connector.id),
): Promise<OpenForm | undefined> {
  const client = issuer.world.client(issuer.tls.authorities);
  const { origin } = new URL(cluster.urls.browserIssuer);
  const end = await follow(client, start.href, { signal, stopAt: (url) => new URL(url).origin !== origin });
  if (end.kind !== 'page' || end.answer.status >= 400) return undefined;
  const form = firstForm(end.answer.body, end.answer.url);
  return form?.fields['password'] === undefined || new URL(form.action).origin !== origin
    ? undefined
    : { client, form };
}

/** Sends a name and a password as the form does. */
export function sendForm(
  { client, form }: OpenForm,
  { name, password }: { readonly name: string; readonly password: string },
  signal: AbortSignal,
): Promise<Answer> {
  return client.request(
    form.action,
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form.fields, login: name, password }).toString(),
    },
    signal,
  );
}
