import type { DexTool } from '../harness';
import { AUTH0_HOST, CLIENT_ID, GROUPS_CLAIM, VARIABLES, type DexKind } from './documents';
import type { ProviderSettings, ProviderUser } from './identity-provider';

/** Both Dexes, and the releases that run them. */
export const KINDS: Readonly<Record<DexTool, DexKind>> = {
  dex: { title: 'the standalone Dex', release: '2.12.0-rc.3', wantsLicense: false, standalone: '2.41.1' },
  'dex-pachyderm': { title: 'the Dex inside pachd', release: '2.11.6', wantsLicense: true },
};

const USERS: readonly ProviderUser[] = [
  {
    email: 'ada@acme.com',
    password: 'engine',
    name: 'Ada Lovelace',
    email_verified: true,
    roles: ['data-science', 'admins'],
  },
  {
    email: 'mallory@elsewhere.com',
    password: 'mischief',
    name: 'Mallory',
    email_verified: true,
    roles: [],
  },
];

/** Auth0's own lifetime of ID tokens. */
const LIFETIME_SECONDS = 36_000;
export const TWELVE_HOURS_SECONDS = 12 * 60 * 60;

/** A tenant whose application was made by hand, as the documentation of pachkit says. */
export function tenantByHand(callbackURL: string): ProviderSettings {
  return {
    issuer: `https://${AUTH0_HOST}/`,
    client: {
      id: CLIENT_ID,
      secret: VARIABLES.AUTH0_CLIENT_SECRET,
      redirectURIs: [callbackURL],
      authenticationMethod: 'client_secret_post',
    },
    users: USERS,
    actions: [
      `exports.onExecutePostLogin = async (event, api) => {
        api.idToken.setCustomClaim(${JSON.stringify(GROUPS_CLAIM)}, event.authorization.roles);
      };`,
    ],
    idTokenLifetimeSeconds: LIFETIME_SECONDS,
    clockOffsetSeconds: 0,
  };
}
