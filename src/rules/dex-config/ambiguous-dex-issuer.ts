import { ambiguitiesOf } from '../support/ambiguous-url';
import { issuerOf } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const ambiguousServerIssuer: Rule<'dex-config'> = {
  code: 'DEX210',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Issuer of a Dex that can be written in more than one way',
  reason:
    'Clients compare the issuer as strings, with the discovery document and with tokens, and Dex keeps it as it is written: host names with uppercase letters, default ports, slashes at the end and all. Browsers, libraries and people leave these out, and callback URLs that Dex derives lose a slash that is a duplicate or at the end and the steps . and .. of the path, so that one of the places is easily written otherwise.',
  remedy:
    'Write the host in lowercase letters, no default port, a clean path and no slash at the end, here and in every client. Tokens that are out name the old issuer, so people log in once more.',
  *check(config) {
    const issuer = issuerOf(config);
    const ambiguities = issuer === undefined ? undefined : ambiguitiesOf(issuer);
    if (ambiguities)
      yield {
        path: ['issuer'],
        message: `The issuer has ${ambiguities.what}: clients compare it as strings, and callback URLs are derived from it, so a place that writes it another way stops every login`,
        hint: `write ${ambiguities.mended}`,
      };
  },
};
