import { isOpenHttp } from '../../model/url-text';
import type { Rule } from '../rule';

export const clientRedirectURIs: Rule = {
  code: 'IDN006',
  severity: 'error',
  reads: ['cluster'],
  title: 'Redirect URI of a client that does not work or is not safe',
  reason:
    'Dex sends browsers with the code of a login to one of the redirect URIs of the client, and compares the one that the client asks for with the list as strings: there are no wildcards, and any other ends in "Unregistered redirect_uri". Over plain http anyone who reads along has the code.',
  remedy: 'List every URI in full, with https except on localhost.',
  *check({ cluster }) {
    for (const [index, client] of cluster.identity.clients.entries())
      for (const [at, uri] of client.redirectURIs.entries()) {
        const path = ['identity', 'clients', index, 'redirectURIs', at];
        if (client.redirectURIs.indexOf(uri) < at)
          yield {
            path,
            severity: 'warning',
            message: `"${client.id}" has this redirect URI twice; the second has no effect`,
            hint: 'remove one',
          };
        if (uri.includes('*'))
          yield {
            path,
            message: `Dex compares redirect URIs as strings and knows no wildcards, so no request matches: \`Unregistered redirect_uri\``,
            hint: 'list every redirect URI in full',
          };
        if (cluster.profile !== 'dev' && isOpenHttp(uri))
          yield {
            path,
            message: `Dex would send the codes of logins through "${client.id}" over plain http, where anyone who reads along can use them`,
            hint: `write ${uri.replace(/^http:/, 'https:')}; profile: dev permits http`,
          };
      }
  },
};
