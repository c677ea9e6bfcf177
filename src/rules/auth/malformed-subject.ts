import { suggest } from '../../diagnostics/suggest';
import type { ReleaseTraits } from '../../releases/release-traits';
import { firstReleaseWithRole } from '../../releases/roles';
import { namesUsersOtherwise } from '../support/names-of-users';
import type { Finding, Rule } from '../rule';

/** The subject that means everyone who is logged in. */
export const ALL_USERS = 'allClusterUsers';

type Judgement = Pick<Finding, 'message' | 'hint' | 'severity'>;

/** What is wrong with the name after a prefix; `isAddress` says that users have no other names than addresses. */
type Check = (name: string, release: ReleaseTraits, isAddress: boolean) => Judgement | undefined;

const PREFIXES = new Map<string, Check>([
  ['user', userName],
  ['group', () => undefined],
  ['robot', robotName],
  ['pipeline', pipelineName],
]);

const RESERVED = new Map<string, Check>([
  [
    'pach',
    () => ({
      message:
        "Subjects that begin with pach: are Pachyderm's own: `cannot modify cluster role bindings for pach: users`",
      hint: 'remove the line; the root user is clusterAdmin anyway',
    }),
  ],
  [
    'internal',
    (_name, { bootstrap }) => ({
      message: `Subjects that begin with internal: are Pachyderm's own services, ${bootstrap === 'job' ? 'and refused: `cannot modify cluster role bindings for internal: users`' : 'whose bindings pachd keeps itself'}`,
      hint: 'remove the line',
    }),
  ],
]);

export const malformedSubject: Rule<'cluster' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'AUT002',
  severity: 'error',
  reads: ['cluster', 'chart-values', 'bootstrap-secret'],
  title: 'Subject of a role binding that is not valid',
  reason:
    'A subject is user:EMAIL, group:NAME, robot:NAME, pipeline:PROJECT/NAME (pipeline:NAME up to release 2.4) or allClusterUsers. pachd refuses others ("subject has no prefix, must be of the form <type>:<name>") and does not start, or the bootstrap job fails. It does not look at the part after the prefix: a name that no one has is bound silently.',
  remedy: 'Write the subject in one of these forms.',
  *check(context) {
    const { roleBindings, release } = context;
    const isAddress = !('connectors' in context && context.connectors.some(namesUsersOtherwise));
    for (const { subject, roles, path } of roleBindings) {
      const judgement =
        swapped({ subject, roles: roles.map(({ value }) => value) }) ??
        subjectProblem(subject, release, isAddress);
      if (judgement) yield { path, onKey: true, ...judgement };
    }
  },
};

interface Binding {
  readonly subject: string;
  readonly roles: readonly string[];
}

/** A role with the list of those who have it, in place of a subject with the list of its roles. */
export function isSwapped({ subject, roles }: Binding): boolean {
  return (
    firstReleaseWithRole(subject) !== undefined &&
    roles.length > 0 &&
    roles.every((role) => role === ALL_USERS || role.includes(':') || role.includes('@'))
  );
}

function swapped({ subject, roles }: Binding): Judgement | undefined {
  if (!isSwapped({ subject, roles })) return undefined;
  const [first = ''] = roles;
  return {
    message: `${subject} is a role, and the subjects that have it are in the place of roles: \`subject has no prefix, must be of the form <type>:<name>\``,
    hint: `write a line for each subject, such as ${first.includes(':') || first === ALL_USERS ? first : `user:${first}`}: [${subject}]`,
  };
}

/** What is wrong with the subject of a role binding. */
function subjectProblem(subject: string, release: ReleaseTraits, isAddress: boolean): Judgement | undefined {
  if (subject === ALL_USERS) return undefined;
  const colon = subject.indexOf(':');
  if (colon < 0) return withoutPrefix(subject);
  const prefix = subject.slice(0, colon);
  const name = subject.slice(colon + 1);
  const reserved = RESERVED.get(prefix);
  if (reserved) return reserved(name, release, isAddress);
  const check = PREFIXES.get(prefix);
  if (!check) {
    const meant = suggest(prefix, [...PREFIXES.keys()]);
    return {
      message: `pachd knows no subjects that begin with ${prefix}: \`subject has unrecognized prefix: ${prefix}:\``,
      hint: meant === undefined ? FORMS : `did you mean "${meant}:${name}"?`,
    };
  }
  return blankName(prefix, name) ?? wildcard(prefix, name) ?? check(name, release, isAddress);
}

const FORMS = `write user:EMAIL, group:NAME, robot:NAME, pipeline:NAME or ${ALL_USERS}`;

function withoutPrefix(subject: string): Judgement {
  const meant = suggest(subject, [ALL_USERS]);
  const address = subject.includes('@') ? `write user:${subject}` : FORMS;
  return {
    message: `The subject "${subject}" has no type prefix: \`subject has no prefix, must be of the form <type>:<name>\``,
    hint: meant === undefined ? address : `did you mean "${meant}"?`,
  };
}

function blankName(prefix: string, name: string): Judgement | undefined {
  const trimmed = name.trim();
  if (trimmed === '')
    return {
      message: `The subject "${prefix}:" has no name; ${prefix === 'user' ? 'it is everyone whose address the identity provider leaves empty' : 'no one is that'}`,
      hint: `write ${prefix}:NAME`,
    };
  if (trimmed === name) return undefined;
  return {
    message: `The subject "${prefix}:${name}" has a blank around its name, which pachd takes for a part of it, and no one is called that`,
    hint: `write ${prefix}:${trimmed}`,
  };
}

/** A name may have an asterisk, but hardly any has. */
function wildcard(prefix: string, name: string): Judgement | undefined {
  if (!name.includes('*')) return undefined;
  return {
    severity: 'warning',
    message: `pachd compares subjects as strings and knows no wildcards, so no one is ${prefix}:${name}`,
    hint: `bind each subject by its name, or a group; ${ALL_USERS} is everyone who logs in`,
  };
}

function userName(name: string, _release: ReleaseTraits, isAddress: boolean): Judgement | undefined {
  if (!isAddress || name.includes('@')) return undefined;
  return {
    severity: 'warning',
    message: `Users are known by their e-mail address, and no one is user:${name}`,
    hint: 'write user:NAME@DOMAIN; a group is group:NAME',
  };
}

function robotName(name: string): Judgement | undefined {
  if (!name.includes(':')) return undefined;
  return {
    message: `No robot can have the name ${name}: \`robot names cannot contain colons (':')\``,
    hint: 'take the colon out of the name',
  };
}

function pipelineName(name: string, release: ReleaseTraits): Judgement | undefined {
  if (name.includes('/') === release.hasProjects) return undefined;
  return release.hasProjects
    ? {
        severity: 'warning',
        message: `Release ${release.version.text} knows pipelines as pipeline:PROJECT/NAME, and none is pipeline:${name}`,
        hint: `write pipeline:default/${name}, or the project that it is in`,
      }
    : {
        severity: 'warning',
        message: `Release ${release.version.text} has no projects, and no pipeline is pipeline:${name}`,
        hint: 'write pipeline:NAME',
      };
}
