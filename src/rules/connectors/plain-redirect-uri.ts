import { callbackHint, callbackOf } from './refused-callback';
import { isComparable, isOpenHttp } from '../../model/url-text';
import type { Rule } from '../rule';

export const plainRedirectURI: Rule<'cluster' | 'chart-values'> = {
  code: 'PCH106',
  severity: 'warning',
  reads: ['cluster', 'chart-values'],
  title: 'Plain redirectURI of a cluster with TLS',
  reason:
    'With TLS switched on, browsers come back from the identity provider over plain http, if at all: the code of the login crosses the network as clear text, and most providers take an http callback URL for localhost alone.',
  remedy:
    'Remove redirectURI: pachkit derives it, with https. In values of the chart write it with https, and register it at the identity provider.',
  *check({ connectors, servesTls, logins, root }) {
    if (!servesTls) return;
    for (const connector of connectors) {
      const uri = connector.text('redirectURI');
      if (uri === undefined || !isComparable(uri) || !isOpenHttp(uri)) continue;
      // What Dex refuses is DEX001, with the same URL to write.
      const refused = logins === undefined ? [] : [...callbackOf(connector, logins, root)];
      if (!refused.some(({ severity }) => severity !== 'warning'))
        yield {
          path: connector.at('redirectURI'),
          message: `The cluster has TLS, but browsers come back from "${connector.id}" over plain http, with the code of the login in clear text`,
          hint: logins === undefined ? 'write https' : callbackHint(logins),
        };
    }
  },
};
