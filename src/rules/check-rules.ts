import type { Diagnostic } from '../diagnostics/diagnostic';
import { locate, toPointer } from '../document/source-node';
import { rules } from './registry';
import type { RuleContext } from './rule';

/** Everything the rules find in a document. */
export function checkRules(context: RuleContext): Diagnostic[] {
  return rules.flatMap((rule) =>
    [...rule.check(context)].map((finding) => ({
      code: rule.code,
      severity: finding.severity ?? rule.severity,
      message: finding.message,
      location: locate(context.root, finding.path, finding.onKey),
      path: toPointer(finding.path),
      ...(finding.hint === undefined ? {} : { hint: finding.hint }),
      ...(finding.fix === undefined ? {} : { fix: finding.fix }),
    })),
  );
}
