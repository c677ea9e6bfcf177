import { isUnfilled } from '../../model/url-text';
import type { Subjects } from '../../subjects/subject';
import type { Finding, Rule, RuleContext } from '../rule';

export const clientSecrets: Rule<'cluster' | 'bootstrap-secret'> = {
  code: 'IDN017',
  severity: 'error',
  reads: ['cluster', 'bootstrap-secret'],
  title: 'Client without a secret, with another one, or a public one that cannot be',
  reason:
    'A client proves who it is with its secret. A public client, a program on the machines of people, has none, and Dex takes it as it is. pachd keeps its clients itself and has no public ones: only a standalone Dex does. A secret beside public would not be asked for. In release 2.2 pachd and Dex are told the secret of the client pachd in two files of one Secret, which have to agree.',
  remedy: 'Give the client a secret; or write public: true without one, with identity.dex: standalone.',
  *check(subject) {
    if (subject.kind === 'bootstrap-secret') yield* unlike(subject);
    else yield* wrongSecrets(subject);
  },
};

/** pachd has another secret than the client that it is to Dex. What begins with a dollar is the name of a variable. */
function* unlike({ ownSecret }: Subjects['bootstrap-secret']): Iterable<Finding> {
  if (ownSecret === undefined) return;
  const { value, path, client } = ownSecret;
  const { secret } = client;
  if (secret === undefined || secret === value || [secret, value].some(isUnfilled)) return;
  yield {
    path,
    message: `Dex has another secret for the client "${client.id.value}", which pachd is: no login gets a token: \`Invalid client credentials.\``,
    hint: 'write the same secret in `oidcClients`',
  };
}

function* wrongSecrets({ document, cluster }: RuleContext): Iterable<Finding> {
  for (const [index, client] of (document.identity?.clients ?? []).entries()) {
    const path = ['identity', 'clients', index];
    if (client.public === true && !cluster.dex)
      yield {
        path: [...path, 'public'],
        message: `The Dex inside Pachyderm has no public clients, and "${client.id}" cannot exchange its codes: \`Invalid client credentials.\``,
        hint: 'give it a secret; or run standalone Dex with identity.dex: standalone',
      };
    else if (client.public === true && client.secret !== undefined)
      yield {
        path: [...path, 'secret'],
        onKey: true,
        message: `"${client.id}" is public, so Dex does not ask for its secret`,
        hint: 'remove secret, or public',
      };
    else if (client.public !== true && client.secret === undefined)
      yield {
        path,
        message: `"${client.id}" has no secret, so it cannot exchange the codes of logins`,
        hint: `add secret${cluster.dex ? '; or public: true for a program that cannot keep one' : ''}`,
      };
    // What a preset does not say has a finding of its own.
    if (client.preset === undefined && client.public !== true && client.redirectURIs?.length === 0)
      yield {
        path: [...path, 'redirectURIs'],
        message: `Dex sends browsers back to listed URIs alone, and "${client.id}" has none: \`Unregistered redirect_uri\``,
        hint: 'list the URI of the client',
      };
  }
}
