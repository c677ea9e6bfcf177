import { readUrl } from '../model/url-text';
import { providerCalled } from '../rules/support/known-providers';
import { client } from './fields';
import { From, type DerivedSettings, type Given } from './provider';

/** Scopes that Dex asks for where a connector names none, beside openid. */
const SCOPES = ['profile', 'email'];

/**
 * Settings of a connector for a provider of the table of identity providers: what the table says of its claims, its scopes and
 * its tokens, at this issuer. `hasGroups` says whether groups are to come along.
 */
export function openIdSettings(
  given: Given,
  provider: string,
  { field, issuer }: { readonly field: string; readonly issuer: string },
  hasGroups = given.isOn('groups', true),
): DerivedSettings {
  const facts = providerCalled(provider);
  const url = readUrl(issuer);
  const scope = facts.groupsScope?.(url);
  return {
    issuer: new From(field, issuer),
    ...client(given),
    ...(facts.omitsEmailVerified === true ? { insecureSkipEmailVerified: true } : {}),
    ...(hasGroups
      ? {
          insecureEnableGroups: new From('groups', true),
          ...(facts.thinToken !== undefined ? { getUserInfo: true } : {}),
          ...(scope === undefined ? {} : { scopes: [...SCOPES, scope] }),
          ...(facts.groupsClaim === undefined ? {} : { claimMapping: { groups: facts.groupsClaim } }),
        }
      : {}),
    // Where the Dex of the release does not read it, that is found as of any setting: no login works without.
    ...(given.has('ca') ? { rootCAs: new From('ca', [given.unchanged('ca')]) } : {}),
  };
}
