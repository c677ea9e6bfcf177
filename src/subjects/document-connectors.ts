import { oncePer } from '../forms/once-per';
import { canonicalConfig } from '../connectors/canonical-keys';
import { connectorTypes, isConnectorType, type ConnectorType } from '../connectors/connector-types';
import type { ConnectorTypeFacts } from '../connectors/connector-types';
import { readSettings, writtenName } from '../connectors/read-keys';
import { scopesIn } from '../connectors/scopes';
import type { Target } from '../releases/target';
import type { DocumentProvider } from '../document/document';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { ClusterDocument, Connector } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';

/**
 * A connector of the document with what is known about its type. Its configuration may be of any form: what is wrong with
 * single values is found elsewhere.
 */
export interface DocumentConnector {
  readonly id: string;
  readonly type: ConnectorType;
  readonly facts: ConnectorTypeFacts;
  /** The identity provider that the document names in the place of a type. */
  readonly provider?: DocumentProvider;
  /** Path of the connector in the document. */
  readonly path: readonly PathStep[];
  /** A value of the configuration, by keys in Dex's spelling and positions; undefined when there is none. */
  value(...keys: readonly PathStep[]): unknown;
  /** The value when it is a string that is not empty. */
  text(...keys: readonly PathStep[]): string | undefined;
  /** The strings of the value when it is a list. */
  texts(...keys: readonly PathStep[]): readonly string[];
  /** The scopes in its list, which Dex joins with blanks: one item may have several. */
  scopes(): readonly string[];
  /** Whether the value is `true`. */
  isOn(...keys: readonly PathStep[]): boolean;
  /** The path in the document of a value, by keys in Dex's spelling. */
  at(...keys: readonly PathStep[]): readonly PathStep[];
  /** Every wanted text in the configuration, however deep, in the document's own spelling. */
  textsWhere(isWanted: (text: string) => boolean): readonly TextAt[];
}

/** A string in a value, and where it is. */
export interface TextAt {
  readonly text: string;
  readonly path: readonly PathStep[];
}

/** A connector of a document as rules see it. */
interface ReadConnector extends Connector {
  readonly provider?: DocumentProvider;
}

/**
 * The document with the settings of connectors that the target reads, misspelt ones as meant, and with the providers that
 * it names in the place of types, by the positions of their connectors; itself when that is all of it.
 */
export function asRead(
  document: ClusterDocument,
  target: Target,
  providers: ReadonlyMap<number, DocumentProvider> = new Map(),
): ClusterDocument {
  const written = document.identity?.connectors ?? [];
  const connectors = written.map((item, index): ReadConnector => {
    const provider = providers.get(index);
    const connector = provider === undefined ? item : { ...item, provider };
    const { type, config } = connector;
    if (
      typeof type !== 'string' ||
      !isConnectorType(type) ||
      config === undefined ||
      config === null ||
      typeof config !== 'object'
    )
      return connector;
    const read = readSettings(type, config as Record<string, unknown>, target);
    return read === config ? connector : { ...connector, config: read };
  });
  if (connectors.every((connector, index) => connector === written[index])) return document;
  return { ...document, identity: { ...document.identity, connectors } };
}

/** The connectors of the document whose type some Dex knows. The connector of the `auth0` section is none of them. */
export const documentConnectors = oncePer((document: ClusterDocument): readonly DocumentConnector[] => {
  const written: readonly ReadConnector[] = document.identity?.connectors ?? [];
  return written.flatMap(({ type, id, config = {}, provider }, index) =>
    isConnectorType(type) ? [connectorAt([...IN_DOCUMENT, index], type, id, config, provider)] : [],
  );
});

/** Those of a resolved cluster, that of the section `auth0` among them. */
export function clusterConnectors({ identity, auth0, keycloak }: Cluster): readonly DocumentConnector[] {
  return identity.connectors.flatMap(({ type, id, config, provider }, index) => {
    if (!isConnectorType(type)) return [];
    const section =
      id === auth0?.connectorID ? 'auth0' : id === keycloak?.connectorID ? 'keycloak' : undefined;
    const path = section === undefined ? [...IN_DOCUMENT, index] : [section];
    return [connectorAt(path, type, id, config, provider)];
  });
}

/** Where a cluster document has its connectors. */
const IN_DOCUMENT: readonly PathStep[] = ['identity', 'connectors'];

/** Those of a list in a file, whose settings are a mapping and whose type some Dex knows. */
export function listConnectors(
  list: SourceNode | undefined,
  base: readonly PathStep[],
): readonly DocumentConnector[] {
  return (list?.items ?? []).flatMap((item, index) => {
    const [type, id] = ['type', 'id'].map((key) => nodeAt(item, [key])?.scalar);
    const config = nodeAt(item, ['config']);
    if (typeof type !== 'string' || !isConnectorType(type) || !config?.entries) return [];
    const settings = toValue(config) as Readonly<Record<string, unknown>>;
    return [connectorAt([...base, index], type, typeof id === 'string' ? id : '', settings)];
  });
}

function connectorAt(
  path: readonly PathStep[],
  type: ConnectorType,
  id: string,
  written: Readonly<Record<string, unknown>>,
  provider?: DocumentProvider,
): DocumentConnector {
  const config = canonicalConfig(type, written);
  const value = (...keys: readonly PathStep[]): unknown => {
    let inner: unknown = config;
    for (let at = 0; at < keys.length; at++) inner = childOf(inner, keys[at] ?? '');
    return inner;
  };
  // Several rules look for strings, and hardly ever find one: then no path is made.
  let all: readonly string[] | undefined;
  const texts = (...keys: readonly PathStep[]): readonly string[] => {
    const list = value(...keys);
    return Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];
  };
  return {
    id,
    type,
    facts: connectorTypes[type],
    ...(provider === undefined ? {} : { provider }),
    path,
    value,
    text: (...keys) => textOf(value(...keys)),
    texts,
    scopes: () => scopesIn(value('scopes')),
    isOn: (...keys) => value(...keys) === true,
    at: (...keys) => [...path, 'config', ...spelling(written, keys, config === written)],
    textsWhere: (isWanted) =>
      (all ??= plainTexts(written)).some(isWanted) ? textsIn(written, [...path, 'config'], isWanted) : [],
  };
}

function plainTexts(value: unknown, found: string[] = []): string[] {
  if (typeof value === 'string') found.push(value);
  else if (value !== null && typeof value === 'object')
    Object.values(value).forEach((item) => plainTexts(item, found));
  return found;
}

/** Every wanted text in a value, however deep, with its path. */
export function textsIn(
  value: unknown,
  path: readonly PathStep[],
  isWanted: (text: string) => boolean,
): readonly TextAt[] {
  const found: TextAt[] = [];
  const here = [...path];
  const visit = (inner: unknown): void => {
    if (typeof inner === 'string') {
      if (isWanted(inner)) found.push({ text: inner, path: [...here] });
    } else if (inner !== null && typeof inner === 'object')
      for (const [key, item] of Object.entries(inner)) {
        here.push(Array.isArray(inner) ? Number(key) : writtenName(inner, key));
        visit(item);
        here.pop();
      }
  };
  visit(value);
  return found;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function childOf(value: unknown, key: PathStep): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? (value as Record<PathStep, unknown>)[key]
    : undefined;
}

/** The keys as the document writes them; of two spellings of one key the last, which is the one that counts. */
function spelling(mapping: unknown, keys: readonly PathStep[], isCanonical: boolean): PathStep[] {
  let inner = mapping;
  return keys.map((key) => {
    const around = inner;
    const name =
      typeof key === 'string' &&
      around !== null &&
      typeof around === 'object' &&
      !(isCanonical && Object.hasOwn(around, key))
        ? (Object.keys(around).findLast((other) => other.toLowerCase() === key.toLowerCase()) ?? key)
        : key;
    inner = childOf(around, name);
    return typeof name === 'string' && around !== null && typeof around === 'object'
      ? writtenName(around, name)
      : name;
  });
}
