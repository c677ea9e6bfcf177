import { dexCallbackUrl } from '../model/go-path';
import type { Logins } from './facts';

/** Logins of a file that has the issuer, and nothing of the way to it: browsers come back where Dex derives it. */
export function writtenLogins(issuer: string, { knowsSwitch }: Pick<Logins, 'knowsSwitch'>): Logins {
  const callback = dexCallbackUrl(issuer);
  return {
    issuer,
    issuerCallback: callback,
    callback,
    isDerived: false,
    isOverridden: false,
    knowsSwitch,
  };
}
