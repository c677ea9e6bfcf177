import type { SourceNode } from '../../document/source-node';
import { ambiguitiesOf, COMPARED_AS_TEXT } from '../support/ambiguous-url';
import { replaceText, withFix } from '../support/replace-text';
import { hasDefaultPort, readUrl } from '../../model/url-text';
import type { ComparedIssuer, IssuerSource, WrittenIssuer } from '../../subjects/facts';
import type { Finding, Rule } from '../rule';
import { missesDex } from './issuer-without-dex';

export const ambiguousIssuer: Rule<'cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'ACC005',
  severity: 'warning',
  reads: ['cluster', 'dex-config', 'chart-values', 'bootstrap-secret'],
  title: 'Issuer that can be written in more than one way',
  reason:
    'The issuer is compared as strings: by pachd with Dex\'s discovery document ("issuer did not match the issuer returned by provider"), by Dex when it derives the callback URL, by every client with the tokens. Browsers and people leave out default ports, slashes at the end and uppercase letters in host names; Dex keeps them, except that callback URLs lose a slash that is a duplicate or at the end, and the steps . and .. of the path.',
  remedy:
    'Write host names in lowercase letters, no default port, a clean path, no slash at the end, here and in every client. Tokens that are out name the old issuer, so people log in once more.',
  *check({ issuer, issuerFrom, root }) {
    if (issuer) yield* writtenIssuer(issuer, root);
    if (issuerFrom) yield* derivedIssuer(issuerFrom, root);
  },
};

function* writtenIssuer(issuer: WrittenIssuer, root: SourceNode): Iterable<Finding> {
  const { url, path, isAlone } = issuer;
  const ambiguities = ambiguitiesOf(url);
  const { comparedWith } = issuer;
  // The place of the other one says what is wrong with that.
  if (ambiguities === undefined && comparedWith?.isOfDex === true) yield* otherIssuer(issuer, comparedWith);
  // ACC004 has said how to write one that misses Dex.
  if (ambiguities === undefined || missesDex(issuer)) return;
  const { what, corrected } = ambiguities;
  yield {
    path,
    ...(comparedWith && comparedWith.url !== url ? { severity: 'error' as const } : {}),
    message: `The issuer has ${what}: ${COMPARED_AS_TEXT}`,
    hint: `write ${corrected}${isAlone ? '' : ', here and wherever else the issuer stands'}`,
    ...withFix(
      isAlone ? replaceText(root, path, corrected, 'Write the issuer in its simplest form') : undefined,
    ),
  };
}

/** An issuer in its simplest form that the other place has in its simplest form too, and is another one. */
function* otherIssuer({ url, path }: WrittenIssuer, { key, url: other }: ComparedIssuer): Iterable<Finding> {
  if (other === undefined || other === url || ambiguitiesOf(other)) return;
  yield {
    path,
    severity: 'error',
    message: `pachd finds another issuer at Dex than here, and logins stay off: \`issuer did not match the issuer returned by provider, expected "${url}" got "${other}"\``,
    hint: `write the same issuer here and in ${key}`,
  };
}

/** An issuer that is formed from host and port has them as they are written. */
function* derivedIssuer({ url, host, port }: IssuerSource, root: SourceNode): Iterable<Finding> {
  const lowercase = host?.value.toLowerCase();
  if (host && lowercase !== undefined && host.value !== lowercase)
    yield {
      path: host.path,
      message: `The issuer would have uppercase letters in its host: ${COMPARED_AS_TEXT}`,
      hint: `write ${lowercase}`,
      ...withFix(replaceText(root, host.path, lowercase, 'Write the host in lowercase letters')),
    };
  if (port && hasDefaultPort(readUrl(url)))
    yield {
      path: port,
      message: `The issuer would be ${url}, with the port that the scheme has anyway: ${COMPARED_AS_TEXT}`,
      hint: 'remove the line',
    };
}
