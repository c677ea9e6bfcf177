import { isSecretName } from './secret-names';

/**
 * User and password in front of a host, where there is no doubt: masking hides what only may be one. Neither has a slash. In a
 * parameter the address has no scheme, and its port tells it from a mail address.
 */
const USER_AND_PASSWORD =
  /(?::\/\/[^\s:/?#&@"']{1,256}:([^\s/?#&@"']{1,256})@[\w[]|=[^\s:/?#&=@"']{1,256}:([^\s/?#&@"']{1,256})@[\w.-]{1,253}:\d)/g;

/** A parameter of a URL: its name with the signs around it, the name, the value. */
export const URL_PARAMETER = /([?&]([A-Za-z_][\w.-]{0,99})=)([^\s&#"'`]+)/g;

/** What a program, or anyone who copies an example, puts a secret in the place of. */
const PLACEHOLDER = /^(?:\$.*|<.*>|\{\{.*|\(\(.*|\*+)$/;

/** What kind of secret a URL has in it; undefined where it has none. */
export function secretInUrl(text: string): 'password' | 'parameter' | undefined {
  if (!text.includes('://')) return undefined;
  const decoded = /%[0-9a-f]{2}/i.test(text) ? `${text} ${decode(text)}` : text;
  const isSecret = (written: string | undefined): boolean => !PLACEHOLDER.test(written ?? '');
  const passwords = [...decoded.matchAll(USER_AND_PASSWORD)].map(
    ([, ofUrl, ofAddress]) => ofUrl ?? ofAddress,
  );
  if (passwords.some(isSecret)) return 'password';
  const parameters = [...text.matchAll(URL_PARAMETER)];
  return parameters.some(([, , name = '', value]) => isSecretName(name) && isSecret(value))
    ? 'parameter'
    : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
