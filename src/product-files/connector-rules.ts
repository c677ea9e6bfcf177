import { isPachyderm, type Target } from '../releases/target';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Profile } from '../model/cluster';
import { findingsAbout, type RuleFinding } from '../rules/registry';
import { asRead, documentConnectors } from '../subjects/document-connectors';
import type { Logins } from '../subjects/facts';
import type { ConnectorSubject } from '../subjects/subject';

/** Where a connector stands in the document that rules are given. */
const PLACE: readonly PathStep[] = ['identity', 'connectors', 0];

/** How a connector is read. */
export interface ConnectorReading {
  /** `dev` where only the author of the file can reach the Dex that reads it. @default 'production' */
  readonly profile?: Profile | undefined;
  /** Whether environment variables are expanded in the settings. @default true for a standalone Dex */
  readonly expandsVariables?: boolean | undefined;
  /** Whether the file says nothing of the Dex that reads it, its issuer included. @default false */
  readonly isAlone?: boolean | undefined;
  /** How users come back, where the file tells the issuer. */
  readonly logins?: Logins | undefined;
}

/**
 * What the rules say about one connector; paths lead into the connector.
 *
 * @param configPath the path of its settings
 */
export function* checkConnectorRules(
  connector: SourceNode,
  configPath: readonly PathStep[],
  target: Target,
  {
    profile = 'production',
    expandsVariables = !isPachyderm(target),
    isAlone = false,
    logins,
  }: ConnectorReading = {},
): Iterable<RuleFinding> {
  const { document, root } = documentOf(connector, nodeAt(connector, configPath));
  const read = asRead(document, target);
  const facts = { target, profile, expandsVariables, isAlone, logins };
  const connectors = documentConnectors(read);
  const subject = { kind: 'connector' as const, document: read, root, connectors, ...facts };
  for (const finding of findingsAbout('connector', subject)) {
    const path = finding.path.slice(PLACE.length);
    yield { ...finding, path: path[0] === 'config' ? [...configPath, ...path.slice(1)] : path };
  }
}

/** A cluster document with nothing but the connector. */
function documentOf(
  connector: SourceNode,
  config: SourceNode | undefined,
): Pick<ConnectorSubject, 'document' | 'root'> {
  const { source, start, end } = connector;
  const item = { ...connector, entries: new Map(connector.entries) };
  if (config) item.entries.set('config', config);
  const connectors: SourceNode = { source, start, end, items: [item] };
  const identity: SourceNode = { source, start, end, entries: new Map([['connectors', connectors]]) };
  const root: SourceNode = { source, start, end, entries: new Map([['identity', identity]]) };
  return { document: toValue(root) as unknown as ClusterDocument, root };
}
