import { itemsAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const wildcardRedirectUri: Rule<'dex-config'> = {
  code: 'DEX223',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Redirect URI with a wildcard',
  reason:
    'Dex compares the URI that a client sends with those of the list as strings. A star is a star, and no client sends one.',
  remedy: 'List every URI.',
  *check(config) {
    for (const [index] of itemsAt(config, ['staticClients']).entries())
      for (const [at, { scalar: uri }] of itemsAt(config, ['staticClients', index, 'redirectURIs']).entries())
        if (typeof uri === 'string' && uri.includes('*'))
          yield {
            path: ['staticClients', index, 'redirectURIs', at],
            message: `Dex compares redirect URIs as strings, and no client sends "${uri}": \`Unregistered redirect_uri ("…")\``,
            hint: 'list every URI',
          };
  },
};
