import { accessRules } from './access';
import { authRules } from './auth';
import { auth0Rules } from './auth0';
import { connectorRules } from './connectors';
import { dexRules } from './dex';
import { identityRules } from './identity';
import { kubernetesRules } from './kubernetes';
import { profileRules } from './profile';
import type { Rule } from './rule';
import { secretRules } from './secrets';
import { storageRules } from './storage';

/** Every rule. A folder has the rules about one section of the document, or one thing that many sections speak of, and lists them in its index. */
export const rules: readonly Rule[] = [
  ...accessRules,
  ...authRules,
  ...identityRules,
  ...connectorRules,
  ...dexRules,
  ...auth0Rules,
  ...storageRules,
  ...kubernetesRules,
  ...secretRules,
  ...profileRules,
];
