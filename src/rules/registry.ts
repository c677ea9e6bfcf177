import type { Code } from '../diagnostics/codes';
import type { SubjectKind, Subjects } from '../subjects/subject';
import { accessRules } from './access';
import { authRules } from './auth';
import { auth0Rules } from './auth0';
import { connectorRules } from './connectors';
import { dexRules } from './dex';
import { dexConfigRules } from './dex-config';
import { enterpriseRules } from './enterprise';
import { identityRules } from './identity';
import { kubernetesRules } from './kubernetes';
import { profileRules } from './profile';
import type { AnyRule, Finding, Rule, WithoutWords } from './rule';
import { secretRules } from './secrets';
import { storageRules } from './storage';

/** The rules about documents; most hold for what files of other kinds say too. */
const documentRules: readonly AnyRule[] = [
  ...accessRules,
  ...authRules,
  ...enterpriseRules,
  ...identityRules,
  ...connectorRules,
  ...dexRules,
  ...auth0Rules,
  ...storageRules,
  ...kubernetesRules,
  ...secretRules,
  ...profileRules,
];

/**
 * Every rule. A folder has the rules about one section of the document, one file, or one thing that many sections speak of,
 * and lists them in its index. What a rule is asked about follows from `reads` alone.
 */
export function allRules(): readonly WithoutWords<AnyRule>[] {
  return writtenRules();
}

/** Every rule with its words, which the program has in its pages alone. */
export function writtenRules(): readonly AnyRule[] {
  return [...documentRules, ...dexConfigRules()];
}

const rulesByKind = new Map<SubjectKind, readonly WithoutWords<AnyRule>[]>();

/** The rules that read subjects of a kind, in their order. */
export function rulesFor<Kind extends SubjectKind>(kind: Kind): readonly WithoutWords<Rule<Kind>>[] {
  const known = rulesByKind.get(kind);
  // Those about a Dex configuration alone are loaded for one alone.
  const candidates: readonly WithoutWords<AnyRule>[] = kind === 'cluster' ? documentRules : allRules();
  const found = known ?? candidates.filter(({ reads }) => reads.includes(kind));
  if (!known) rulesByKind.set(kind, found);
  return found as unknown as readonly WithoutWords<Rule<Kind>>[];
}

/** A finding with the code and severity of its rule. */
export interface RuleFinding extends Finding {
  readonly code: Code;
}

/** Everything that is wrong with a subject to the rules that read its kind. */
export function* findingsAbout<Kind extends SubjectKind>(
  kind: Kind,
  subject: Subjects[Kind],
): Iterable<RuleFinding> {
  for (const rule of rulesFor(kind))
    for (const finding of rule.check(subject)) yield { severity: rule.severity, ...finding, code: rule.code };
}
