import type { Explanation } from '../diagnostics/explanation';
import { writtenRules } from './registry';
import { runRules } from './run';

/** The pages of all rules: for a rule that looks at one document and at several, one. The build writes them as a table. */
export function pagesOfRules(): readonly Explanation[] {
  const rules = writtenRules();
  const ofRuns = runRules.filter(({ code }) => rules.every((rule) => rule.code !== code));
  return [...rules, ...ofRuns].map(({ code, title, reason, remedy }) => ({ code, title, reason, remedy }));
}
