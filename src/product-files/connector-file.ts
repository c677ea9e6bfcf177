import { connectorType } from '../connectors/connector-types';
import { flagsOfTarget } from '../releases/release-traits';
import { isPachyderm, type Target } from '../releases/target';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic';
import { suggest } from '../diagnostics/suggest';
import { asGoYaml3, goNumber, timeOf } from '../document/go-yaml';
import { isSecretName, shownKey } from '../document/mask';
import { asYaml11 } from '../document/yaml-1-1';
import { formatPath, nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { checkConnector } from './check-connector';
import { readEnvelope } from './envelope';
import type { ProductFile, ProductFileKind } from './product-file';
import { connectorFileReader, noSettings } from './readers';
import { isConnectorFile } from './is-connector-file';
import { recoverConnector } from './recover-connector';
import { Report } from './report';

/**
 * The file that `pachctl idp create-connector --config FILE` reads: one connector, its settings under `config`. With Dex
 * as target it is one item of `connectors`.
 */
export const connectorFile: ProductFileKind = {
  name: 'connector',
  title: 'a connector file',
  products: ['pachyderm', 'dex'],
  recognizes: isConnectorFile,
  recover: recoverConnector,
  explainReading,
  check,
};

function check({ roots }: ProductFile, target: Target): Diagnostic[] {
  const [written, second] = roots;
  if (!written) return [];
  const isPachctl = isPachyderm(target);
  const root = isPachctl ? asGoYaml3(written) : asYaml11(written);
  const report = new Report(root);
  if (second)
    report.diagnostics.push({
      code: 'FIL009',
      severity: 'error',
      message: `The file holds ${roots.length} documents, of which ${isPachctl ? 'pachctl' : 'a reader of one connector'} takes the first and drops the rest silently`,
      location: second.source.locate(second.start, second.start + 1),
      path: '',
      hint: 'write one file for each connector',
    });
  if (!root.entries) {
    report.add(
      'FIL011',
      [],
      `A connector file holds one mapping, not ${root.items ? 'a list' : 'a string'}`,
      {
        hint: root.items
          ? 'write one file for each connector; a list for oidc.upstreamIDPs is checked with --as upstream-idps'
          : 'begin with `type:`, `id:` and `name:`',
      },
    );
    return report.diagnostics;
  }
  if (isPachctl) {
    reportKeysThatAreNoTexts(root, report);
    reportTimes(written, report);
    reportNumbersWithoutJson(root, report);
  }
  // pachctl refuses the file because of such a key or value, so that no one gets to read or to ignore it.
  const refused = new Set(report.diagnostics.filter(({ code }) => code === 'FIL003').map(({ path }) => path));
  const isIgnored = ({ code, path }: Diagnostic): boolean =>
    ['DEX101', 'DEX103', 'FIL002', 'FIL003'].includes(code) && refused.has(path);
  const envelope = readEnvelope(root, connectorFileReader(target), []);
  const config = nodeAt(envelope.root, ['config']);
  if (isPachctl && isEmpty(config) && !flagsOfTarget(target).hasBootstrapJob)
    envelope.report.add(
      'FIL004',
      config ? ['config'] : [],
      `The connector has ${config ? 'an empty' : 'no'} \`config\`: pachd answers${noSettings(target)}`,
      { onKey: true, hint: configHint(root) },
    );
  const found =
    !config && hasMisspeltConfig(root)
      ? envelope.report.diagnostics
      : checkConnector(envelope, target, { isAlone: true });
  return [...report.diagnostics, ...found.filter((diagnostic) => !isIgnored(diagnostic))];
}

function isEmpty(config: SourceNode | undefined): boolean {
  return config === undefined || config.entries?.size === 0;
}

/** What stands under a key that nearly says config was meant for it, so its settings are not missing. */
function hasMisspeltConfig({ entries }: SourceNode): boolean {
  return [...(entries?.keys() ?? [])].some(
    (key) => key.toLowerCase() !== 'config' && suggest(key, ['config']) !== undefined,
  );
}

function configHint(root: SourceNode): string {
  const type = root.entries?.get('type')?.scalar;
  const idle = typeof type === 'string' ? connectorType(type)?.idleSetting : undefined;
  return idle === undefined
    ? 'add `config:` and, indented below it, the settings of the connector'
    : `give it one that changes nothing: config: { ${Object.entries(idle)
        .map(([key, value]) => `${key}: ${value}`)
        .join(', ')} }`;
}

/** Go's JSON has strings as keys only, and pachctl goes through JSON. */
function reportKeysThatAreNoTexts(node: SourceNode, report: Report, path: readonly PathStep[] = []): void {
  for (const [key, child] of node.entries ?? []) {
    const here = [...path, key];
    const written = child.source.text.slice(child.keyStart ?? 0, child.keyEnd ?? 0);
    if (/^(true|false|null|~)$/i.test(written) || goNumber(written) !== undefined)
      report.add(
        'FIL003',
        here,
        `The key ${written} is not a string: \`unable to parse config: could not serialize to intermediate JSON for final parse: … json: unsupported type: map[interface {}]interface {}\``,
        { onKey: true, hint: `put it in quotes: "${written}"` },
      );
    reportKeysThatAreNoTexts(child, report, here);
  }
  for (const [index, item] of (node.items ?? []).entries())
    reportKeysThatAreNoTexts(item, report, [...path, index]);
}

/** Infinity and what is not a number are in YAML alone, and pachctl goes through JSON. */
function reportNumbersWithoutJson(root: SourceNode, report: Report): void {
  for (const { node, path } of nodesWithin(root)) {
    const { scalar } = node;
    if (typeof scalar !== 'number' || Number.isFinite(scalar)) continue;
    const name = Number.isNaN(scalar) ? 'NaN' : scalar > 0 ? '+Inf' : '-Inf';
    report.add(
      'FIL003',
      path,
      `\`${formatPath(path)}\` is ${name}, which JSON does not have: \`unable to parse config: could not serialize to intermediate JSON for final parse: … json: unsupported value: ${name}\``,
      { hint: 'put it in quotes, or write a number' },
    );
  }
}

/** pachctl sends a time where a date stands without quotes. A setting is another one then; a name only looks odd. */
function reportTimes(root: SourceNode, report: Report): void {
  for (const { node, path } of nodesWithin(root)) {
    const time = timeOf(node);
    if (time === undefined) continue;
    report.add(
      'FIL015',
      path,
      `\`${formatPath(path)}\` is a date without quotes, which pachctl treats as a time: pachd gets the string ${isSecretPath(path) ? 'of that time' : time} instead`,
      {
        hint: 'put it in quotes',
        severity: path[0] === 'config' ? 'error' : 'warning',
        fix: quoting(node, path),
      },
    );
  }
}

interface PlacedNode {
  readonly node: SourceNode;
  readonly path: readonly PathStep[];
}

function* nodesWithin(node: SourceNode, path: readonly PathStep[] = []): Iterable<PlacedNode> {
  yield { node, path };
  for (const [key, child] of node.entries ?? []) yield* nodesWithin(child, [...path, key]);
  for (const [index, item] of (node.items ?? []).entries()) yield* nodesWithin(item, [...path, index]);
}

function isSecretPath(path: readonly PathStep[]): boolean {
  return path.some((step) => isSecretName(String(step)));
}

function quoting(node: SourceNode, path: readonly PathStep[]): Fix | undefined {
  const { range } = node.source.locate(node.start, node.end);
  return (
    range && { title: `put ${formatPath(path)} in quotes`, range, replacement: `'${String(node.scalar)}'` }
  );
}

/** pachctl, unlike Dex and pachd, refuses a file in which a key is a duplicate. */
function explainReading(diagnostic: Diagnostic): Diagnostic {
  const { duplicateKey: key, firstLine } = diagnostic.data ?? {};
  if (key === undefined) return diagnostic;
  const error = `line ${diagnostic.location.range?.line}: mapping key "${shownKey(String(key))}" already defined at line ${firstLine}`;
  return {
    ...diagnostic,
    message: `${diagnostic.message}: \`unable to parse config: yaml: unmarshal errors: ${error}\``,
  };
}
