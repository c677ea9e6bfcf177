import { connectorType } from '../connectors/connector-types';
import { compare, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { locate, nodeAt, toPointer, type PathStep } from '../document/source-node';
import type { Cluster, Connector } from '../model/cluster';
import { hideIn } from '../document/mask-text';
import { connectorDocument } from '../model/connector-document';
import { configDifferences, difference, secretTexts, type SettingDifference } from './compare';
import { PachctlProblem, type ListedConnector, type Pachctl } from './pachctl';

/** A cluster with the document that describes it. */
export interface Described {
  readonly cluster: Cluster;
  readonly document: Document;
}

/** Where a connector is: in the document alone, in the cluster alone, or in both, with other settings or the same. */
export type ConnectorState = 'missing' | 'left' | 'different' | 'same';

/** A connector of the document, of the cluster, or of both. */
export interface ComparedConnector {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly state: ConnectorState;
  /** Version that pachd has stored; missing where it has no such connector, or where it was not asked. */
  readonly version?: number;
  readonly differences: readonly SettingDifference[];
}

/** What came of a look into the cluster, or of a change. */
export interface ConnectorOutcome {
  readonly connectors: readonly ComparedConnector[];
  /** Ids of those that were changed. */
  readonly changed: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Why the connectors of a cluster are not pachctl's to change, with what to do instead; undefined when they are. */
export function whyNotByPachctl({ cluster, document }: Described): Diagnostic | undefined {
  const finding = (path: readonly PathStep[], message: string, hint: string): Diagnostic =>
    diagnosticAt(document, path, { code: 'CTL009', message, hint });
  if (cluster.auth === undefined)
    return finding(
      ['auth', 'enabled'],
      'Without authentication a cluster has no connectors',
      'switch auth.enabled on, and deploy the document',
    );
  if (cluster.dex !== undefined)
    return finding(
      ['identity', 'dex'],
      'The standalone Dex reads its connectors from its own configuration, and what pachctl changes no one logs in with',
      'deploy the document: run pachkit deploy FILE, or kubectl apply what pachkit synth writes; Dex restarts with the connectors',
    );
  if (cluster.enterprise?.member !== undefined)
    return finding(
      ['enterprise', 'member'],
      'People log in to a member through the Dex of its enterprise server, which has the connectors',
      'run the command for the document of the enterprise server',
    );
  if (cluster.identity.connectorsFrom !== undefined)
    return finding(
      ['identity', 'connectorsFrom'],
      `The connectors are in the Secret ${cluster.identity.connectorsFrom.name}, which pachkit does not read`,
      'change the Secret and restart pachd, or write the connectors under identity.connectors',
    );
  return undefined;
}

/**
 * Compares by ids, names and types alone: for those who may not see settings, and without reading a secret.
 */
export function listConnectors(described: Described, pachctl: Pachctl): ConnectorOutcome {
  return guarded(described, () => {
    const listed = pachctl.list();
    const byId = new Map(listed.map((each) => [each.id, each]));
    const own = described.cluster.identity.connectors.map((connector): ComparedConnector => {
      const stored = byId.get(connector.id);
      const { id, type, name } = connector;
      if (!stored) return { id, type, name, state: 'missing', differences: [] };
      const differences = headDifferences(stored, connector);
      return { id, type, name, state: differences.length > 0 ? 'different' : 'same', differences };
    });
    return [...own, ...leftOf(described, listed)];
  });
}

/** Compares every setting of the connectors with these ids, or of all. */
export function compareConnectors(
  described: Described,
  pachctl: Pachctl,
  ids: readonly string[] = [],
): ConnectorOutcome {
  const isMeant = ({ id }: { readonly id: string }): boolean => ids.length === 0 || ids.includes(id);
  return guarded(described, () => {
    const listed = pachctl.list();
    const byId = new Map(listed.map((each) => [each.id, each]));
    const own = described.cluster.identity.connectors.filter(isMeant).map((connector): ComparedConnector => {
      const { id, type, name } = connector;
      const found = byId.get(id);
      if (!found) return { id, type, name, state: 'missing', differences: [] };
      const stored = pachctl.get(found);
      const differences = [
        ...headDifferences(stored, connector),
        ...configDifferences(stored.config, connector.config, connectorType(type)?.idleSetting),
      ];
      const state = differences.length > 0 ? 'different' : 'same';
      return {
        id,
        type,
        name,
        state,
        ...(stored.version === undefined ? {} : { version: stored.version }),
        differences,
      };
    });
    return [...own, ...leftOf(described, listed).filter(isMeant)];
  });
}

/** Whether pachctl talks to the cluster that the document describes: its Dex has the issuer of the document. */
export function otherIssuer(described: Described, pachctl: Pachctl): Diagnostic | undefined {
  const { cluster, document } = described;
  try {
    const issuer = pachctl.issuer();
    if (issuer === undefined || issuer === cluster.urls.issuer) return undefined;
    return diagnosticAt(document, ['access'], {
      code: 'CTL010',
      message: `pachctl's context leads to a cluster whose issuer is \`${issuer}\`, and this document is of \`${cluster.urls.issuer}\`: connectors would go to another cluster`,
      hint: 'name the context of this cluster with --context; where the cluster has another issuer on purpose, write it as access.urls.issuer',
    });
  } catch (error) {
    return asDiagnostic(error, described, []);
  }
}

/** Creates what is missing and updates what differs, its version raised by one. */
export function applyConnectors(
  described: Described,
  pachctl: Pachctl,
  compared: readonly ComparedConnector[],
): Pick<ConnectorOutcome, 'changed' | 'diagnostics'> {
  const connectors = new Map(described.cluster.identity.connectors.map((each) => [each.id, each]));
  return changeEach(described, compared, ({ id, state, version }) => {
    const connector = connectors.get(id);
    if (!connector || state === 'same' || state === 'left') return false;
    if (state === 'missing') pachctl.create(connectorDocument(connector));
    else pachctl.update(connectorDocument(connector), version);
    return true;
  });
}

/** Deletes connectors from the cluster. */
export function deleteConnectors(
  described: Described,
  pachctl: Pachctl,
  compared: readonly ComparedConnector[],
): Pick<ConnectorOutcome, 'changed' | 'diagnostics'> {
  return changeEach(described, compared, ({ id, state }) => {
    if (state === 'missing') return false;
    pachctl.delete(id);
    return true;
  });
}

function changeEach(
  described: Described,
  compared: readonly ComparedConnector[],
  change: (connector: ComparedConnector) => boolean,
): Pick<ConnectorOutcome, 'changed' | 'diagnostics'> {
  const changed: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const connector of compared)
    try {
      if (change(connector)) changed.push(connector.id);
    } catch (error) {
      diagnostics.push(asDiagnostic(error, described, placeOf(described, connector.id)));
      if ((error as PachctlProblem).concernsAll) break;
    }
  return { changed, diagnostics };
}

function guarded(described: Described, compareAll: () => readonly ComparedConnector[]): ConnectorOutcome {
  try {
    return { connectors: compareAll(), changed: [], diagnostics: [] };
  } catch (error) {
    return { connectors: [], changed: [], diagnostics: [asDiagnostic(error, described, [])] };
  }
}

function headDifferences(stored: ListedConnector, { name, type }: Connector): SettingDifference[] {
  return [
    ...(stored.name === name ? [] : [difference('name', stored.name, name)]),
    ...(stored.type === type ? [] : [difference('type', stored.type, type)]),
  ];
}

function leftOf({ cluster }: Described, listed: readonly ListedConnector[]): ComparedConnector[] {
  const own = new Set(cluster.identity.connectors.map(({ id }) => id));
  return listed
    .filter(({ id }) => !own.has(id))
    .sort((a, b) => compare(a.id, b.id))
    .map(({ id, name, type }) => ({ id, name, type, state: 'left' as const, differences: [] }));
}

function placeOf({ cluster, document }: Described, id: string): readonly PathStep[] {
  const index = cluster.identity.connectors.findIndex((each) => each.id === id);
  const place = ['identity', 'connectors', index];
  if (index >= 0 && nodeAt(document.root, place)) return place;
  return cluster.auth0?.connectorID === id ? ['auth0'] : ['identity'];
}

/** What pachctl did not do, as a finding about a document; throws everything else. */
export function problemDiagnostic(error: unknown, described: Described): Diagnostic {
  return asDiagnostic(error, described, []);
}

function asDiagnostic(error: unknown, described: Described, path: readonly PathStep[]): Diagnostic {
  if (!(error instanceof PachctlProblem)) throw error;
  const secrets = described.cluster.identity.connectors.flatMap(({ config }) => secretTexts(config));
  return diagnosticAt(described.document, path, {
    code: error.code,
    message: hideIn(error.message, secrets),
    hint: error.fix,
  });
}

function diagnosticAt(
  { root, file }: Document,
  path: readonly PathStep[],
  said: Pick<Diagnostic, 'code' | 'message'> & { readonly hint: string },
): Diagnostic {
  const location = path.length === 0 ? { file } : locate(root, path);
  return { ...said, severity: 'error', location, path: toPointer(path) };
}
