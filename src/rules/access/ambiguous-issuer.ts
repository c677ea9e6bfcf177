import { ambiguitiesOf, COMPARED_AS_TEXT } from '../support/ambiguous-url';
import { hasRoutes } from '../support/cluster-reach';
import { replaceText, withFix } from '../support/replace-text';
import { hasDefaultPort, readUrl } from '../../model/url-text';
import type { Finding, Rule, RuleContext } from '../rule';
import { missesDex } from './issuer-without-dex';

export const ambiguousIssuer: Rule = {
  code: 'ACC005',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Issuer that can be written in more than one way',
  reason:
    'The issuer is compared as strings: by pachd with Dex\'s discovery document ("issuer did not match the issuer returned by provider"), by Dex when it derives the callback URL, by every client with the tokens. Browsers and people leave out default ports, slashes at the end and uppercase letters in host names; Dex keeps them, except that the callback URL loses the slash.',
  remedy: 'Write host names in lowercase letters, no default port, no slash at the end.',
  *check(context) {
    yield* issuerOverride(context);
    yield* derivedIssuer(context);
  },
};

function* issuerOverride(context: RuleContext): Iterable<Finding> {
  const issuer = context.document.access?.urls?.issuer;
  // ACC004 has said how to write that one.
  if (issuer === undefined || missesDex(context)) return;
  const ambiguities = ambiguitiesOf(issuer);
  if (ambiguities === undefined) return;
  const path = ['access', 'urls', 'issuer'];
  const { what, mended } = ambiguities;
  yield {
    path,
    message: `The issuer has ${what}: ${COMPARED_AS_TEXT}`,
    hint: `write ${mended}`,
    ...withFix(replaceText(context.root, path, mended, 'Write the issuer in its simplest form')),
  };
}

/** The issuer that is formed from access.host and access.port has them as they are written. */
function* derivedIssuer({ cluster, root, document }: RuleContext): Iterable<Finding> {
  const { host, port } = cluster.access;
  if (host === undefined || document.access?.urls?.issuer !== undefined) return;
  if (host !== host.toLowerCase()) {
    const path = ['access', 'host'];
    yield {
      path,
      message: `The issuer would have uppercase letters in its host: ${COMPARED_AS_TEXT}`,
      hint: `write ${host.toLowerCase()}`,
      ...withFix(replaceText(root, path, host.toLowerCase(), 'Write the host in lowercase letters')),
    };
  }
  if (port !== undefined && hasRoutes(cluster) && hasDefaultPort(readUrl(cluster.urls.issuer)))
    yield {
      path: ['access', 'port'],
      message: `The issuer would be ${cluster.urls.issuer}, with the port that the scheme has anyway: ${COMPARED_AS_TEXT}`,
      hint: 'remove the line',
    };
}
