import { isLoopback } from '../../model/resolve-auth0';
import { isPrivateHost, readUrl } from '../../model/url-text';
import type { Rule } from '../rule';
import { redirectUrls } from './redirect-urls';

export const insecureRedirectUrl: Rule = {
  code: 'TFM005',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Callback over http',
  reason:
    'Auth0 sends the code of a login to the callback URL. Over http everyone on the way reads it, and the cookies of the login with it. Only on the machine of the browser itself, localhost, does http do no harm.',
  remedy: 'Give access a tls section. On a private network, profile: dev permits http.',
  *check(context) {
    const isDev = context.cluster.profile === 'dev';
    for (const { url, path, isCallback, isOfCluster } of redirectUrls(context)) {
      if (!/^http:/i.test(url) || isLoopback(url)) continue;
      // Outside dev, ACC003 refuses every way over http to the cluster itself.
      if (isOfCluster === true && !isDev) continue;
      const isPrivate = isPrivateHost(readUrl(url).host);
      if (isDev && isPrivate) continue;
      yield {
        path,
        ...(isDev ? { severity: 'warning' as const } : {}),
        message: isCallback
          ? `The callback URL ${url} is http${isPrivate ? '' : ' on a public host'}: everyone between the browser and the cluster can read the code of a login`
          : `The logout URL ${url} is http${isPrivate ? '' : ' on a public host'}`,
        hint: isCallback ? 'set access.tls, so that the callback becomes https' : 'write https',
      };
    }
  },
};
