import { factsOf } from '../diagnostics/codes';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document, DocumentProvider } from '../document/document';
import {
  formatPath,
  nodeAt,
  toPointer,
  writtenPath,
  type PathStep,
  type SourceNode,
  stepsOf,
} from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { writtenSecrets } from '../model/secret-reader';
import { checkRules } from '../rules/check-rules';
import { hintInWordsOf, inWordsOf } from '../subjects/provider-words';
import { checkSecretValues } from '../secrets/check-secret-values';
import { checkConnectorConfigs } from '../schema/check-connector-configs';
import { checkSchema } from '../schema/check-schema';
import { withProviderNamed } from '../identity-providers/named-by-type';
import { expandDocument } from './expand-document';
import { soundReading, type SoundReading } from './sound-reading';

/** What is known about a document after checking. */
export interface CheckedDocument {
  /** With Dex's connectors in the place of those that name an identity provider, and with what follows from `dev.users` and the presets of clients. */
  readonly document: Document;
  /** As the user wrote it. */
  readonly written: Document;
  readonly diagnostics: readonly Diagnostic[];
  /** The cluster, with no other secrets than those that stand in the document; missing when the document does not have the form for one. */
  readonly cluster?: Cluster;
  /** In the place of a cluster: what the document describes apart from its errors of form. */
  readonly sound?: SoundReading;
}

export interface CheckDocumentOptions {
  /** Whether `checkSchema` has found nothing in the document before. @default false */
  readonly isSound?: boolean;
}

/**
 * Checks one document: its form, the configuration of its connectors, then the rules, and the secrets that stand in it. Reads
 * no others. All findings come out in one run: of a document with errors of form, rules find what does not depend on them.
 */
export function checkDocument(written: Document, options: CheckDocumentOptions = {}): CheckedDocument {
  const checked = checkExpanded(written, options);
  const diagnostics = checked.diagnostics.map((found) =>
    withProviderNamed(asWritten(found, checked.document), written.root),
  );
  return { ...checked, written, diagnostics };
}

/** A finding at the field that the document has; about a connector that names a provider in its words. */
function asWritten(found: Diagnostic, { root, providers }: Document): Diagnostic {
  const steps = stepsOf(found.path);
  const written = writtenPath(root, steps);
  const [section, list, index] = steps;
  const isConnector = section === 'identity' && list === 'connectors';
  const provider = isConnector ? providers?.get(Number(index)) : undefined;
  const { message, hint } = found;
  if (!provider)
    return written === steps
      ? found
      : {
          ...found,
          path: toPointer(written),
          message: message.replaceAll(formatPath(steps), formatPath(written)),
        };
  // What is wrong with the form of a field is in the words of the document.
  if (factsOf(found.code).stage === 'form') return { ...found, path: toPointer(written) };
  const spoken = withoutOwnSettings(provider, nodeAt(root, [...steps.slice(0, 3), 'config']));
  return {
    ...found,
    path: toPointer(written),
    message: inWordsOf(spoken, message),
    ...(hint === undefined
      ? {}
      : { hint: isOfConfig(written) ? inWordsOf(spoken, hint) : hintInWordsOf(spoken, hint) }),
  };
}

/** A provider without the words for settings that the document itself writes under `config`. */
function withoutOwnSettings(provider: DocumentProvider, config: SourceNode | undefined): DocumentProvider {
  const isOwn = (setting: string): boolean =>
    isOfConfig((config && nodeAt(config, setting.replace(/:.*/, '').split('.')))?.writtenAt);
  return {
    ...provider,
    words: Object.fromEntries(Object.entries(provider.words).filter(([setting]) => !isOwn(setting))),
  };
}

/** Whether a path leads to Dex's own settings in a connector that names a provider. */
function isOfConfig(path: readonly PathStep[] | undefined): boolean {
  return path?.[3] === 'config';
}

/** The same, with the paths of the document as it is checked. */
function checkExpanded(
  written: Document,
  { isSound = false }: CheckDocumentOptions,
): Omit<CheckedDocument, 'written'> {
  const { document, diagnostics: providers } = expandDocument(written);
  const form = isSound ? [] : checkSchema(document).filter((finding) => !mayStandInBase(document, finding));
  const connectors = checkConnectorConfigs(document);
  if (hasErrors(form) || document.lacksBase === true)
    return inPart(document, [...providers, ...form, ...connectors], soundReading(document));
  const { value: cluster, diagnostics } = resolveCluster(document, writtenSecrets);
  if (!cluster)
    return inPart(document, [...providers, ...connectors, ...diagnostics], soundReading(document, true));
  return {
    document,
    cluster,
    diagnostics: [
      ...providers,
      ...diagnostics,
      ...connectors,
      ...checkRules(contextOf(document, cluster)),
      ...checkSecretValues(document, cluster),
    ],
  };
}

/** What is known about a document that makes no cluster as it is. */
function inPart(
  document: Document,
  found: readonly Diagnostic[],
  sound: SoundReading | undefined,
): Omit<CheckedDocument, 'written'> {
  if (!sound) return { document, diagnostics: found };
  return { document, diagnostics: [...found, ...sound.findings(found)], sound };
}

/** Whether a key is missing that the base may have that is missing itself. */
function mayStandInBase({ lacksBase = false }: Document, { data }: Diagnostic): boolean {
  return lacksBase && data?.['missingKey'] !== undefined;
}

function contextOf(
  { value, root }: Document,
  cluster: Cluster,
): { document: ClusterDocument; cluster: Cluster; root: SourceNode } {
  return { document: value as unknown as ClusterDocument, cluster, root };
}
