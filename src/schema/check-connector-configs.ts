import { checkConnectorConfig } from '../connectors/check-config';
import type { ConnectorFinding } from '../connectors/finding';
import { newestTarget, productOf, type Target } from '../releases/target';
import { refersToVariable } from '../connectors/variable-reference';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { hideAll, hideUnknown, shownKey } from '../document/mask';
import { renameKey } from '../document/rename-key';
import { replaceText } from '../document/replace-text';
import { connectorKey } from '../connectors/availability';
import { isConnectorType } from '../connectors/connector-types';
import {
  locate,
  nodeAt,
  toPointer,
  toValue,
  type JsonValue,
  type PathStep,
  type SourceNode,
} from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import { connectorTarget } from './connector-target';

/**
 * Checks the configuration of every connector against what the Dex of the document reads: that of the release, or the one
 * beside pachd. Works on documents with errors elsewhere: what is not there, or is not of the right form, is skipped.
 */
export function checkConnectorConfigs(document: Document): Diagnostic[] {
  const known = connectorTarget(document);
  const target = known ?? newestTarget('dex');
  const connectors = nodeAt(document.root, ['identity', 'connectors'])?.items ?? [];
  const values = (document.value as unknown as ClusterDocument | null)?.identity?.connectors;
  return connectors.flatMap((connector, index) => {
    const type = connector.entries?.get('type');
    const config = connector.entries?.get('config');
    if (typeof type?.scalar !== 'string') {
      // Which of its keys are known cannot be told, so each may be a secret under a misspelt name.
      if (config) hideAll(config);
      return [];
    }
    // The schema has said already what is wrong with a config that is not a mapping.
    if (config && !config.entries) return [];
    const path = ['identity', 'connectors', index];
    const outside = settingsBeside(type.scalar, connector, config);
    const inside = values?.[index]?.config;
    const settings = Object.keys(outside).length === 0 ? inside : { ...outside, ...inside };
    const findings = checkConnectorConfig(type.scalar, settings, target);
    const diagnostics = findings
      .filter(
        (finding) =>
          !isReference(finding, config, target) && !Object.hasOwn(outside, String(finding.path[0])),
      )
      .map((finding) => {
        const isAboutType = finding.about === 'type';
        if (isAboutType && config) hideAll(config);
        const at = isAboutType ? [...path, 'type'] : [...path, 'config', ...finding.path];
        return connectorDiagnostic(finding, document.root, at);
      });
    // Without a release only keys that no Dex knows are hidden, which may be secrets under misspelt names.
    return known === undefined ? [] : diagnostics;
  });
}

/** Settings that stand beside `config`, each with a finding that says so: nothing is missing then, and nothing else is said of them. */
function settingsBeside(type: string, { entries }: SourceNode, config: SourceNode | undefined): JsonObject {
  if (!isConnectorType(type)) return {};
  return Object.fromEntries(
    [...(entries ?? [])]
      .filter(([key]) => connectorKey(type, key) && config?.entries?.has(key) !== true)
      .map(([key, node]) => [key, toValue(node)]),
  );
}

type JsonObject = Readonly<Record<string, JsonValue>>;

/** Whether a string has the wrong form because variables are not expanded, which DEX016 says of every such text. */
function isReference(
  { about, path }: ConnectorFinding,
  config: SourceNode | undefined,
  target: Target,
): boolean {
  const text = config && nodeAt(config, path)?.scalar;
  return (
    about === 'value' &&
    productOf(target) === 'pachyderm' &&
    typeof text === 'string' &&
    refersToVariable(text, false)
  );
}

/** Ties a finding about a connector to its place: `path` leads from `root` to what it is about. */
export function connectorDiagnostic(
  finding: ConnectorFinding,
  root: SourceNode,
  path: readonly PathStep[],
): Diagnostic {
  const node = nodeAt(root, path);
  // The value under a key that is not known may be a secret under a misspelt name.
  const isUnknown = finding.about === 'unknown key';
  const key = String(path.at(-1));
  const { renameTo, replaceWith } = finding;
  if (node && isUnknown) hideUnknown(node, key, renameTo);
  if (node && finding.lacksKey) hideAll(node);
  const fix =
    (node && renameTo !== undefined ? renameKey(node, renameTo) : undefined) ??
    (replaceWith === undefined
      ? undefined
      : replaceText(root, path, replaceWith, 'Remove the slash at the end'));
  return {
    code: finding.code,
    severity: finding.severity,
    message: isUnknown ? finding.message.replaceAll(key, shownKey(key)) : finding.message,
    location: locate(root, path, finding.onKey),
    path: toPointer(isUnknown ? path.map((step) => (step === key ? shownKey(key) : step)) : path),
    ...(finding.hint === undefined ? {} : { hint: finding.hint }),
    ...(fix ? { fix } : {}),
  };
}
