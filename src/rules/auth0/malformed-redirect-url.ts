import { redirectUrls } from './redirect-urls';
import type { Rule } from '../rule';

const FORM =
  /^https?:\/\/(\[[0-9a-f:.]+\]|[a-z0-9*]([a-z0-9.*-]*[a-z0-9])?)(:\d{1,5})?(\/[^\s#?,{}<>"\\]*)?(\?[^\s#,{}<>"\\]*)?$/i;

export const malformedRedirectUrl: Rule = {
  code: 'TFM003',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'URL that Auth0 does not take',
  reason:
    'Auth0 takes absolute URLs, one each, and compares them as strings with what Dex sends. Several URLs in one text, a fragment, a user, or a placeholder are refused when Terraform applies, or accepted and never equal to what Dex sends; then the login page says: Callback URL mismatch. The provided redirect_uri is not in the list of allowed callback URLs.',
  remedy: 'Write one absolute http or https URL an entry.',
  *check(context) {
    for (const { url, path } of redirectUrls(context))
      if (!FORM.test(url))
        yield {
          path,
          message: `"${shown(url)}" is no URL that Auth0 can send browsers to: ${reasonFor(url)}`,
          hint: 'write one absolute URL, such as https://pachyderm.acme.com/dex/callback',
        };
  },
};

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/,/, 'it holds a comma, and the list takes one URL an entry'],
  [/\s/, 'it holds white space'],
  [/#/, 'it has a fragment, which browsers do not send'],
  [/[{}]/, 'it has a placeholder, which Dex does not expand'],
  [/^https?:\/\/[^/]*@/, 'it has a user in it'],
  [/^(?!https?:\/\/)/i, 'it does not begin with https:// or http://'],
];

function reasonFor(url: string): string {
  return REASONS.find(([pattern]) => pattern.test(url))?.[1] ?? 'its form is not that of a URL';
}

function shown(url: string): string {
  return url.length > 80 ? `${url.slice(0, 80)}…` : url;
}
