import type { Rule } from '../rule';

export const clientSecrets: Rule = {
  code: 'IDN017',
  severity: 'error',
  reads: ['cluster'],
  title: 'Client without a secret, or a public one that cannot be',
  reason:
    'A client proves who it is with its secret. A public client, a program on the machines of people, has none, and Dex takes it as it is. pachd keeps its clients itself and has no public ones: only a standalone Dex does. A secret beside public would not be asked for.',
  remedy: 'Give the client a secret; or write public: true without one, with identity.dex: standalone.',
  *check({ document, cluster }) {
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
  },
};
