import type { WrittenIssuer } from '../../subjects/facts';
import { replaceText, withFix } from '../support/replace-text';
import { normalOrigin, readUrl } from '../../model/url-text';
import type { Rule } from '../rule';

/** The path that the proxy and the ingress lead to Dex. */
export const DEX_PATH = '/dex';

/** Whether requests for the path of the issuer do not come to Dex. */
export function missesDex({ url, routedBy }: WrittenIssuer): boolean {
  const { path, query } = readUrl(url);
  return routedBy !== undefined && path + query !== DEX_PATH;
}

export const issuerWithoutDex: Rule<'cluster' | 'chart-values'> = {
  code: 'ACC004',
  severity: 'error',
  reads: ['cluster', 'chart-values'],
  title: 'Issuer that does not end in /dex',
  reason:
    "Dex serves its pages below the path of its issuer, and the proxy and the ingress lead /dex to it and everything else to Console. With another path, or a trailing slash, Dex never sees a request. The official chart stops with 'With the proxy enabled, oidc.issuerURI must end with /dex, not …'.",
  remedy:
    'End the issuer in /dex, without a trailing slash; better, remove it and give access.host, in values of the chart proxy.host.',
  *check({ issuer, root }) {
    if (issuer === undefined || !missesDex(issuer)) return;
    const { url, path, routedBy, derivedFrom, isRefusedByChart } = issuer;
    const corrected = normalOrigin(readUrl(url)) + DEX_PATH;
    const effect = isRefusedByChart
      ? 'and the chart refuses the values'
      : 'which serves nothing there with this issuer, so no one can log in';
    yield {
      path,
      message: `The ${routedBy} leads ${DEX_PATH} to Dex, ${effect}: \`With the proxy enabled, oidc.issuerURI must end with ${DEX_PATH}, not ${url}\``,
      hint: `write ${corrected}${derivedFrom === undefined ? '' : `, or remove the line and give ${derivedFrom}`}`,
      ...withFix(replaceText(root, path, corrected, `End the issuer in ${DEX_PATH}`)),
    };
  },
};
