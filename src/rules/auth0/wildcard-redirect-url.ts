import { redirectUrls } from './redirect-urls';
import type { Rule } from '../rule';

export const wildcardRedirectUrl: Rule = {
  code: 'TFM004',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Wildcard in a URL of the application',
  reason:
    'Dex sends one callback URL, always the same. A wildcard opens every name that it matches: anyone who gets hold of one of those hosts receives the codes of logins. Auth0 itself advises against wildcards in production.',
  remedy: 'List every URL. The callback of the cluster is there already.',
  *check(context) {
    for (const { url, path, isCallback } of redirectUrls(context))
      if (url.includes('*'))
        yield {
          path,
          message: isCallback
            ? `"${url}" has a wildcard: every host that it matches may receive the codes of logins, and Dex sends one URL only`
            : `"${url}" has a wildcard: Auth0 would send browsers to every host that it matches`,
          hint: 'write each URL out',
        };
  },
};
