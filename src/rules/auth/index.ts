import type { AnyRule } from '../rule';
import { administratorsWithoutChoice } from './administrators-without-choice';
import { authWithoutLicense } from './auth-without-license';
import { blankSecret } from './blank-secret';
import { changingRootToken } from './changing-root-token';
import { clashingRobots } from './clashing-robots';
import { emptyRoleBindings } from './empty-role-bindings';
import { enterpriseWithoutEffect } from './enterprise-without-effect';
import { groupsNeverArrive } from './groups-never-arrive';
import { ignoredAuthFields } from './ignored-auth-fields';
import { malformedSubject } from './malformed-subject';
import { missingScopes } from './missing-scopes';
import { noDirectClusterAdmin } from './no-direct-cluster-admin';
import { nobodyCreatesProjects } from './no-project-creator';
import { sessionDuration } from './unusable-session-duration';
import { unknownRole } from './unknown-role';

/** Rules about the sections `auth` and `enterprise`, in the order of their codes. */
export const authRules: readonly AnyRule[] = [
  unknownRole,
  malformedSubject,
  authWithoutLicense,
  noDirectClusterAdmin,
  groupsNeverArrive,
  nobodyCreatesProjects,
  sessionDuration,
  ignoredAuthFields,
  missingScopes,
  emptyRoleBindings,
  blankSecret,
  enterpriseWithoutEffect,
  clashingRobots,
  changingRootToken,
  administratorsWithoutChoice,
];
