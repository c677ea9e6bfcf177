import { BASE, findingsOf } from '../../terraform/cluster-of';

/** Lines of BASE; an `auth0` section begins on the next one. */
export const FIRST = BASE.split('\n').length;

/** Anyone who logs in has an address at acme.com, and the client id is known: a section without findings. */
export const QUIET = `auth0:
  domain: acme.eu.auth0.com
  allow: { emailDomains: [acme.com] }
  application:
    clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5
`;

export const codes = (text: string): string[] => findingsOf(text).map(({ code }) => code);

/** Findings of one code only, without their messages. */
export const places = (text: string, code: string) =>
  findingsOf(text)
    .filter((finding) => finding.code === code)
    .map(({ severity, line }) => [severity, line]);
