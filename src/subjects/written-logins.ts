import { dexCallbackUrl } from '../model/go-path';
import { isComparable, ISSUER } from '../model/url-text';
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

/** The same for the Dex inside pachd; undefined for an issuer that has not the form of one, or is still to be filled in. */
export function loginsAtPachd(issuer: string): Logins | undefined {
  return ISSUER.test(issuer) && isComparable(issuer)
    ? writtenLogins(issuer, { knowsSwitch: true })
    : undefined;
}
