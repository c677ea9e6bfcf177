import { dexTraits } from '../releases/dex-traits';
import { productOf, type Target } from '../releases/target';

/** What is wrong with the id of a connector, which is a part of URLs. */
export interface ConnectorIdProblem {
  readonly severity: 'error' | 'warning';
  /** As a clause that follows on the id. */
  readonly effect: string;
}

/** Characters that come through Dex's login page and callback as they are; tried on Pachyderm's Dex. */
const SAFE = /^[A-Za-z0-9._~:/-]*$/;

/** What goes wrong with the id of a connector at the target; undefined for an id that works. */
export function connectorIdProblem(id: string, target: Target): ConnectorIdProblem | undefined {
  if (id.includes('\0') && productOf(target) === 'pachyderm')
    return {
      severity: 'error',
      effect:
        'has a NUL character, which PostgreSQL does not store: `insert connector: pq: invalid byte sequence for encoding "UTF8": 0x00`',
    };
  const parts = id.split('/');
  if (parts.some((part) => part === '.' || part === '..'))
    return {
      severity: 'error',
      effect: 'is a step in a path, which browsers resolve: no link on the login page leads to the connector',
    };
  if (!SAFE.test(id) || (id !== '' && parts.includes('')))
    return {
      severity: 'warning',
      effect:
        'becomes a part of the login and callback URLs, and characters other than letters, digits and - . _ ~ : do not survive that: `Requested resource does not exist`',
    };
  if (parts.length > 1 && !dexTraits(target).findsIdsWithSlashes)
    return {
      severity: 'warning',
      effect: 'has a slash, with which only the Dex of Pachyderm 2.12 is known to find a connector',
    };
  return undefined;
}
