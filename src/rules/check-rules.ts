import type { Diagnostic } from '../diagnostics/diagnostic';
import { maskUrlPasswords } from '../document/mask';
import { locate, toPointer } from '../document/source-node';
import { connectorTargetOf } from '../model/connector-target';
import { rules } from './registry';
import type { RuleContext } from './rule';
import { asRead } from './support/document-connectors';

/** Everything the rules find in a document, without the passwords of URLs that it quotes. */
export function checkRules(checked: Pick<RuleContext, 'document' | 'cluster' | 'root'>): Diagnostic[] {
  const { cluster } = checked;
  const target = connectorTargetOf(cluster);
  const document = asRead(checked.document, target);
  const context = { ...checked, document, target, profile: cluster.profile };
  return rules.flatMap((rule) =>
    [...rule.check(context)].map((finding) => ({
      code: rule.code,
      severity: finding.severity ?? rule.severity,
      message: maskUrlPasswords(finding.message),
      location: locate(context.root, finding.path, finding.onKey),
      path: toPointer(finding.path),
      ...(finding.hint === undefined ? {} : { hint: maskUrlPasswords(finding.hint) }),
      ...(finding.fix === undefined ? {} : { fix: finding.fix }),
    })),
  );
}
