import { hasRoutes, isMember } from '../support/cluster-reach';
import { replaceText, withFix } from '../support/replace-text';
import { normalOrigin, readUrl } from '../../model/url-text';
import type { Rule, RuleContext } from '../rule';

/** The path that the proxy and the ingress lead to Dex. */
export const DEX_PATH = '/dex';

/** Whether the issuer is given, and requests for its path do not come to Dex. A member's issuer is elsewhere. */
export function missesDex({ document, cluster }: Pick<RuleContext, 'document' | 'cluster'>): boolean {
  const issuer = document.access?.urls?.issuer;
  return (
    issuer !== undefined && hasRoutes(cluster) && !isMember(cluster) && readUrl(issuer).path !== DEX_PATH
  );
}

export const issuerWithoutDex: Rule = {
  code: 'ACC004',
  severity: 'error',
  reads: ['cluster'],
  title: 'Issuer that does not end in /dex',
  reason:
    "Dex serves its pages below the path of its issuer, and the proxy and the ingress lead /dex to it and everything else to Console. With another path, or a trailing slash, Dex never sees a request. The official chart stops with 'With the proxy enabled, oidc.issuerURI must end with /dex, not …'.",
  remedy:
    'End the issuer in /dex, without a trailing slash; better, remove it and give access.host, in values of the chart proxy.host.',
  *check(context) {
    const issuer = context.document.access?.urls?.issuer;
    if (issuer === undefined || !missesDex(context)) return;
    const path = ['access', 'urls', 'issuer'];
    const mended = normalOrigin(readUrl(issuer)) + DEX_PATH;
    const way = context.cluster.access.via === 'ingress' ? 'ingress' : 'proxy';
    yield {
      path,
      message: `The ${way} leads ${DEX_PATH} to Dex, which serves nothing there with this issuer, so no one can log in: \`With the proxy enabled, oidc.issuerURI must end with ${DEX_PATH}, not ${issuer}\``,
      hint: `write ${mended}, or remove the line and give access.host`,
      ...withFix(replaceText(context.root, path, mended, `End the issuer in ${DEX_PATH}`)),
    };
  },
};
