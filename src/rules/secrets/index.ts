import type { AnyRule } from '../rule';
import { ignoredSecretSettings } from './ignored-secret-settings';
import { incompleteSecretOutput } from './incomplete-secret-output';
import { overwrittenSecret } from './overwritten-secret';
import { regeneratedSecrets } from './regenerated-secrets';
import { replacedSecret } from './replaced-secret';
import { secretInUrlRule } from './secret-in-url';
import { unknownSecretKey } from './unknown-secret-key';
import { unusableAgeRecipient } from './unusable-age-recipient';
import { unusedEnterpriseSecret } from './unused-enterprise-secret';

/** Rules about Secrets that exist in the namespace, whichever section names them, in the order of their codes. */
export const secretRules: readonly AnyRule[] = [
  overwrittenSecret,
  unknownSecretKey,
  replacedSecret,
  unusedEnterpriseSecret,
  regeneratedSecrets,
  incompleteSecretOutput,
  unusableAgeRecipient,
  ignoredSecretSettings,
  secretInUrlRule,
];
