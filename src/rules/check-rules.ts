import type { Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentProvider } from '../document/document';
import { maskMessage } from '../document/mask';
import { locate, toPointer, type SourceNode } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { connectorTargetOf } from '../releases/connector-target';
import { clusterSubject } from '../subjects/cluster';
import { rulesFor } from './registry';
import { asRead } from '../subjects/document-connectors';
import type { Finding, Rule, RuleContext } from './rule';

/** Everything the rules find in a document, without the passwords of URLs that it quotes. */
export function checkRules(checked: Pick<RuleContext, 'document' | 'cluster' | 'root'>): Diagnostic[] {
  const { cluster } = checked;
  const target = connectorTargetOf(cluster);
  const document = asRead(checked.document, target, providersOf(cluster));
  const context = clusterSubject({ ...checked, document, target, profile: cluster.profile });
  const found: Diagnostic[] = [];
  for (const rule of rulesFor('cluster'))
    for (const finding of rule.check(context)) found.push(toDiagnostic(rule, finding, context.root));
  return found;
}

/** The providers that connectors of a cluster are for, by their positions in its document. */
function providersOf({ identity }: Cluster): ReadonlyMap<number, DocumentProvider> {
  return new Map(
    identity.connectors.flatMap(({ provider }, index) =>
      provider === undefined ? [] : [[index, provider] as const],
    ),
  );
}

/** What a rule found, with its place in the document, and without the passwords of URLs that it quotes. */
export function toDiagnostic(
  { code, severity }: Pick<Rule, 'code' | 'severity'>,
  finding: Finding,
  root: SourceNode,
): Diagnostic {
  return {
    code,
    severity: finding.severity ?? severity,
    message: maskMessage(finding.message),
    location: finding.location ?? locate(root, finding.path, finding.onKey),
    path: toPointer(finding.path),
    ...(finding.hint === undefined ? {} : { hint: maskMessage(finding.hint) }),
    ...(finding.fix === undefined ? {} : { fix: finding.fix }),
    ...(finding.hintInValues === undefined
      ? {}
      : { data: { hintInValues: maskMessage(finding.hintInValues) } }),
  };
}
