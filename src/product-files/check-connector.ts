import { checkConnectorConfig } from '../connectors/check-config';
import { productOf, type Target } from '../releases/target';
import { refersToVariable } from '../connectors/variable-reference';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { isSecretName } from '../document/mask';
import { formatPath, nodeAt, toValue, type PathStep } from '../document/source-node';
import { connectorDiagnostic } from '../schema/check-connector-configs';
import { checkConnectorRules, type ConnectorReading } from './connector-rules';
import type { Envelope } from './envelope';
import type { Report } from './report';
import { textsUnder } from '../document/texts-under';

/** A word in angle brackets that an example left to be filled in. */
const PLACEHOLDER = /<[A-Za-z][A-Za-z0-9 _.-]*>/;

function placeholderIn(text: string): string | undefined {
  const placeholder = PLACEHOLDER.exec(text)?.[0];
  // HTML is shown unchanged, and works.
  return placeholder !== undefined && text.includes(`</${placeholder.slice(1)}`) ? undefined : placeholder;
}

function isPlaceholder(text: string): boolean {
  return placeholderIn(text) === text.trim();
}

/** How Go's regular expressions name a group. */
const NAMED_GROUP = /\(\?P?<[A-Za-z0-9_]+>/g;

/** Keys whose values have no angle brackets when they are right: URLs, hosts, distinguished names and the like. */
const WITHOUT_BRACKETS = /(DN|URL|URI|URIs|host|hostName|issuer|issuerURI|domain|tenant|clientID)$/i;

/** Says that a string still holds what an example left to be filled in. */
export function reportPlaceholder(
  path: readonly PathStep[],
  text: string,
  isSecret: boolean,
  report: Report,
): void {
  const placeholder = placeholderIn(text.replace(NAMED_GROUP, '('));
  const isWhole = isPlaceholder(text);
  // A secret may have any characters; what placeholders do in a filter of LDAP is said by a rule.
  const key = String(path.findLast((step) => typeof step === 'string'));
  if (placeholder === undefined || (isSecret && !isWhole) || (key === 'filter' && !isWhole)) return;
  const isCertain = isWhole || text.includes('://') || WITHOUT_BRACKETS.test(key);
  report.add(
    'FIL007',
    path,
    `\`${formatPath(path)}\` ${isCertain ? 'still holds' : 'may still hold'} ${isSecret ? 'a placeholder' : `the placeholder ${placeholder}`}, which the product takes literally`,
    {
      severity: isCertain ? 'error' : 'warning',
      hint: 'write the value that belongs there',
    },
  );
}

interface CheckOptions extends ConnectorReading {
  /** @default ['config'] */
  readonly configPath?: readonly PathStep[];
}

/** Checks the settings of a connector against what the target's Dex reads, and looks for what examples left behind. */
export function checkConnector(
  { root, report }: Envelope,
  target: Target,
  { configPath = ['config'], ...reading }: CheckOptions = {},
): Diagnostic[] {
  const type = nodeAt(root, ['type'])?.scalar;
  const config = nodeAt(root, configPath);
  /** What a reference does in place of a value is said by a rule, and that a value is still missing once, at the end. */
  const standsForValue = (path: readonly PathStep[]): boolean => {
    const text = config && nodeAt(config, path)?.scalar;
    if (typeof text !== 'string') return false;
    const isSecret = path.some((step) => isSecretName(String(step)));
    return (productOf(target) === 'pachyderm' && refersToVariable(text, isSecret)) || isPlaceholder(text);
  };
  if (typeof type === 'string' && type !== '' && (config === undefined || config.entries)) {
    for (const finding of checkConnectorConfig(type, config && toValue(config), target, { form: 'file' })) {
      if (finding.about === 'value' && standsForValue(finding.path)) continue;
      const path = finding.about === 'type' ? ['type'] : [...configPath, ...finding.path];
      report.diagnostics.push({ ...connectorDiagnostic(finding, root, path), path: report.pointer(path) });
    }
    for (const { code, path, message, ...details } of checkConnectorRules(root, configPath, target, reading))
      report.add(code, path, message, details);
  }
  for (const { path, text } of textsUnder(root)) {
    const isSecret = path.some((step) => isSecretName(String(step)));
    reportPlaceholder(path, text, isSecret, report);
  }
  return report.diagnostics;
}
