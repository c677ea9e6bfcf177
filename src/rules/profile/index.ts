import type { AnyRule } from '../rule';
import { authOffOutsideDev } from './auth-off-outside-dev';
import { devUsersOutsideDev } from './dev-users-outside-dev';
import { mockConnectorOutsideDev } from './mock-connector-outside-dev';
import { plainSecretOutsideDev } from './plain-secret-outside-dev';
import { seedOutsideDev } from './seed-outside-dev';
import { unusableDevUser } from './unusable-dev-user';
import { wellKnownDatabasePassword } from './well-known-database-password';

/** Rules about what only profile dev permits, in the order of their codes. */
export const profileRules: readonly AnyRule[] = [
  mockConnectorOutsideDev,
  plainSecretOutsideDev,
  seedOutsideDev,
  authOffOutsideDev,
  wellKnownDatabasePassword,
  devUsersOutsideDev,
  unusableDevUser,
];
