import type { PathStep } from '../../document/source-node';
import type { RuleContext } from '../rule';

/** A URL that Auth0 is told to send browsers to, and where the document says so. */
export interface RedirectUrl {
  readonly url: string;
  readonly path: readonly PathStep[];
  readonly isCallback: boolean;
  /** Whether it is the callback of the cluster, which rules about access speak of too. */
  readonly isOfCluster?: boolean;
}

/** Every URL that the application at Auth0 gets. */
export function redirectUrls({ document, cluster }: RuleContext): RedirectUrl[] {
  const application = document.auth0?.application ?? {};
  if (!cluster.auth0) return [];
  return [
    { url: cluster.urls.callback, path: callbackPath(document), isCallback: true, isOfCluster: true },
    ...(application.additionalCallbackURLs ?? []).map((url, index) => ({
      url,
      path: ['auth0', 'application', 'additionalCallbackURLs', index],
      isCallback: true,
    })),
    ...(application.logoutURLs ?? []).map((url, index) => ({
      url,
      path: ['auth0', 'application', 'logoutURLs', index],
      isCallback: false,
    })),
  ];
}

/** What the callback URL of the cluster follows from. */
function callbackPath(document: RuleContext['document']): PathStep[] {
  if (document.access?.urls?.callback !== undefined) return ['access', 'urls', 'callback'];
  return document.access?.host === undefined ? ['access'] : ['access', 'host'];
}
