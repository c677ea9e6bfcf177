import { documentConnectors } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

const REFUSED = '`email_verified claim was false, and require_email_verified was set`';

export const neverVerifiedEmail: Rule = {
  code: 'DEX031',
  severity: 'error',
  reads: ['cluster'],
  title: 'Addresses that never count as verified',
  reason:
    'With auth.requireVerifiedEmail pachd refuses users whose address is not verified: "email_verified claim was false, and require_email_verified was set". The openshift connector never says that it is; oauth says it only where the provider sends a claim for it, and has no switch to do without.',
  remedy: 'Remove auth.requireVerifiedEmail; or use another connector.',
  *check({ document, cluster }) {
    if (!cluster.auth?.requireVerifiedEmail) return;
    for (const connector of documentConnectors(document)) {
      if (connector.type === 'openshift')
        yield {
          path: [...connector.path, 'type'],
          message: `The addresses of an openshift connector never count as verified, so no one can log in through "${connector.id}": ${REFUSED}`,
          hint: 'remove auth.requireVerifiedEmail, or use another connector',
        };
      if (connector.type === 'oauth' && connector.text('claimMapping', 'emailVerifiedKey') === undefined)
        yield {
          path: [...connector.path, 'type'],
          severity: 'warning',
          message: `Unless the provider sends email_verified, no one can log in through "${connector.id}": ${REFUSED}`,
          hint: 'name the claim that says it in claimMapping.emailVerifiedKey; or remove auth.requireVerifiedEmail',
        };
    }
  },
};
