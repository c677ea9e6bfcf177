import { suggest } from '../../diagnostics/suggest';
import { oncePer } from '../../forms/once-per';
import type { Cluster } from '../../model/cluster';
import { ALL_USERS, isSwapped } from './malformed-subject';
import { MISTAKEN_ROLES } from './role-names';

type MeantBinding = readonly [subject: string, roles: readonly string[]];

/**
 * Role bindings with slips in subjects and roles read as they were probably meant. Rules that miss a binding look here:
 * one with a slip has its own finding, and what only follows from the slip is none.
 */
export const bindingsAsMeant = oncePer(({ auth, release }: Cluster): readonly MeantBinding[] =>
  Object.entries(auth?.roleBindings ?? {}).flatMap(([subject, roles]): MeantBinding[] =>
    isSwapped({ subject, roles })
      ? roles.map((each) => [subjectAsMeant(each), [subject]])
      : [
          [
            subjectAsMeant(subject),
            roles.map((role) =>
              release.roles.includes(role)
                ? role
                : (MISTAKEN_ROLES.get(role.toLowerCase()) ?? suggest(role, release.roles) ?? role),
            ),
          ],
        ],
  ),
);

function subjectAsMeant(subject: string): string {
  const colon = subject.indexOf(':');
  if (colon < 0)
    return suggest(subject, [ALL_USERS]) ?? (subject.includes('@') ? `user:${subject}` : subject);
  const prefix = subject.slice(0, colon);
  return (suggest(prefix, PREFIXES) ?? prefix) + subject.slice(colon);
}

const PREFIXES = ['user', 'group', 'robot', 'pipeline'];
