import { cannotUnmarshal } from '../../forms/go-json';
import { jsonKind } from '../../forms/kinds';
import type { Target } from '../../releases/target';
import { isUnreadable } from '../../diagnostics/codes';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { hideAll } from '../../document/mask';
import { nodeAt, toPointer, toValue, type PathStep, type SourceNode } from '../../document/source-node';
import { readYaml } from '../../document/read-yaml';
import { SourceFile } from '../../document/source-file';
import { asYaml11 } from '../../document/yaml-1-1';
import { isLoopbackHost, readUrl } from '../../model/url-text';
import { checkConnector } from '../check-connector';
import { readEmbedded } from '../embedded-text';
import { readEnvelope } from '../envelope';
import { goYamlFaults } from '../go-yaml-faults';
import { isManifest, mountedFiles, type MountedFile } from '../kubernetes-manifest';
import type { ProductFile, ProductFileKind, RecoveredFile } from '../product-file';
import { connectorListReader } from '../readers';
import { Report } from '../report';
import { ARGO_CD_KEY, argoCdTexts, completedByArgoCd, isForArgoCd, type ArgoCdText } from './argo-cd';
import { operatorTexts, unreadTexts } from './argo-cd-operator';
import { checkForm } from './check-form';
import { chartConfigurations, chartFile, completedByChart } from './dex-chart';
import { templateIn, templateInConfig } from '../../rules/dex-config/templated-configuration';
import { findingsAbout } from '../../rules/registry';
import { dexConfigSubject, type ServerFile } from '../../subjects/dex-config';
import { serverSchema } from './server-schema';

/** How many of Dex's own sections a document must have to be taken for its configuration; clusters share one, `storage`. */
const SECTIONS_TO_RECOGNIZE = 2;

/** Sections of Dex's that other programs hardly have; many have one for storage, for telemetry, for logging and for the web. */
const TELLING_SECTION = /^(issuer|connectors|static(Clients|Passwords)|enablePasswordDB)$/i;

/** What a configuration is called in a ConfigMap or Secret; the names that the image has templates under among them. */
const CONFIGURATION_NAME = /\.(ya?ml|json|tpl|tmpl)$/;

/** The configuration of a standalone Dex, which `dex serve FILE` reads. */
export const dexConfig: ProductFileKind = {
  name: 'dex-config',
  title: 'a Dex configuration',
  products: ['dex'],
  recognizes: (root) =>
    isConfiguration(root) ||
    isForArgoCd(root, '') ||
    hasConnectorsAlone(root) ||
    mountedConfigurations(root).length > 0 ||
    argoCdTexts(root).length > 0 ||
    // A section of Dex's chart among values of Pachyderm's is one that is not read.
    (root.entries?.has('deployTarget') !== true &&
      chartConfigurations(root, isTellingConfiguration).length > 0),
  readsLoosely: true,
  checksEscapes: true,
  recover: recoverTemplate,
  explainReading: (diagnostic) => (isReadByGo(diagnostic) ? undefined : diagnostic),
  check,
};

/** Whether Dex reads what was found: its YAML reader takes every tag, and a word with an unknown one is a string. */
function isReadByGo({ data }: Diagnostic): boolean {
  return data?.['tag'] !== undefined;
}

function isConfiguration(root: SourceNode): boolean {
  return areSections([...(root.entries?.keys() ?? [])]);
}

/** Whether there is nothing but connectors, which a cluster document has elsewhere. */
function hasConnectorsAlone({ entries }: SourceNode): boolean {
  const items = entries?.get('connectors')?.items ?? [];
  return (
    entries?.size === 1 &&
    items.length > 0 &&
    items.every((item) => typeof item.entries?.get('type')?.scalar === 'string')
  );
}

function areSections(keys: readonly string[]): boolean {
  if (keys.includes('apiVersion') || keys.includes('release')) return false;
  const sections = Object.keys(serverSchema().properties ?? {}).map((name) => name.toLowerCase());
  return keys.filter((key) => sections.includes(key.toLowerCase())).length >= SECTIONS_TO_RECOGNIZE;
}

/** Whether it is one beside those of other programs, among which sections of common names tell nothing. */
function isTellingConfiguration(root: SourceNode): boolean {
  const isTelling = ([key, { entries }]: [string, SourceNode]): boolean =>
    TELLING_SECTION.test(key) ||
    (/^storage$/i.test(key) && [...(entries?.keys() ?? [])].some((each) => /^type$/i.test(each)));
  return isConfiguration(root) && [...(root.entries ?? [])].some(isTelling);
}

/** The files in a ConfigMap or Secret that are Dex configurations. */
function mountedConfigurations(root: SourceNode): MountedFile[] {
  return mountedFiles(root, CONFIGURATION_NAME).filter(({ node, text }) =>
    readEmbedded(node, text).roots.some(isTellingConfiguration),
  );
}

function check({ source, roots }: ProductFile, target: Target): Diagnostic[] {
  const first = roots.find(({ scalar }) => scalar !== null) ?? roots[0];
  if (!first) return [];
  const held = isConfiguration(first) ? [] : roots.flatMap((root) => checkHeld(root, target));
  if (held.length > 0) return held.flat();
  if (!isManifest(first)) return checkConfiguration(roots, plainFile(source), target);
  const mounted = roots.flatMap(mountedConfigurations);
  // Where none looks like one, the user says that there is.
  const files =
    mounted.length > 0 ? mounted : roots.flatMap((root) => mountedFiles(root, CONFIGURATION_NAME));
  if (files.length > 0) return files.flatMap((file) => checkMounted(file, target));
  const report = new Report(first);
  report.add('FIL011', [], 'There is no Dex configuration in the file', {
    hint: 'it is a mapping at the top, or the text of a key such as config.yaml of a ConfigMap or Secret',
  });
  return report.diagnostics;
}

/** What is wrong with each configuration in a file that Argo CD or Dex's own chart makes Dex's file of. */
function checkHeld(root: SourceNode, target: Target): Diagnostic[][] {
  const forArgoCd = argoCdTexts(root).map((text) => [
    ...strayConnectors(root, text),
    ...checkArgoCd(text, target),
  ]);
  const unread = operatorTexts(root).map((text) => unreadTexts(root, text, hasConnectors(text.node)));
  const inValues = chartConfigurations(root, isTellingConfiguration).map((configuration) =>
    checkTree(asYaml11(configuration.node), chartFile(configuration), target, {
      complete: (node) => completedByChart({ ...configuration, node }),
    }),
  );
  return [...forArgoCd, ...unread, ...inValues];
}

/** Connectors whose block lost its indentation: what belongs in it stands beside its key. */
function strayConnectors(root: SourceNode, { path, node }: ArgoCdText): Diagnostic[] {
  const beside = path.slice(0, -1);
  const stray = nodeAt(root, [...beside, 'connectors']);
  if (!stray?.items || String(node.scalar).trim() !== '') return [];
  hideAll(stray);
  const report = new Report(root);
  report.add(
    'FIL001',
    [...beside, 'connectors'],
    `\`connectors\` stands beside \`${ARGO_CD_KEY}\` instead of in its text, which is empty: Argo CD has no configuration for Dex, and Kubernetes refuses a ConfigMap with a list in it`,
    { onKey: true, hint: `indent \`connectors\`, and everything below it, by two spaces` },
  );
  return report.diagnostics;
}

/** Whether the text of a node has a list of connectors. */
function hasConnectors(node: SourceNode): boolean {
  return readEmbedded(node, node.scalar as string).roots.some(
    ({ entries }) => entries?.get('connectors')?.items !== undefined,
  );
}

function checkArgoCd(argoCd: ArgoCdText, target: Target): Diagnostic[] {
  const { path, node } = argoCd;
  const { roots, diagnostics, text, locate } = readEmbedded(node, node.scalar as string);
  const file = { name: ARGO_CD_KEY, text, path, locate };
  return [
    ...diagnostics.filter((each) => !isReadByGo(each)),
    ...checkConfiguration(roots, file, target, {
      completedBy: 'argo-cd',
      complete: (root) => completedByArgoCd(root, argoCd),
    }),
  ];
}

/**
 * A configuration that is no YAML before gomplate has run. What is behind its templates is not known, so nothing else is
 * said of it.
 */
function recoverTemplate(source: SourceFile): RecoveredFile | undefined {
  const diagnostics = templateFindings(plainFile(source));
  const keys = source.text.match(/^[A-Za-z]\w*(?=:)/gm) ?? [];
  if (diagnostics.length === 0 || !areSections(keys) || !keys.some((key) => TELLING_SECTION.test(key)))
    return undefined;
  return {
    source,
    roots: [],
    diagnostics,
    hint: `do first what the finding ${templateInConfig.code} says; where a template is meant, check what gomplate makes of it`,
  };
}

function templateFindings(file: ServerFile): Diagnostic[] {
  const found = templateIn(file);
  if (!found) return [];
  const { code, severity } = templateInConfig;
  return [{ ...found, code, severity, path: toPointer(file.path) }];
}

function plainFile(source: SourceFile): ServerFile {
  const { name, text } = source;
  return { name, text, path: [], locate: (start, end) => source.locate(start, end) };
}

function checkMounted({ path, node, text: value }: MountedFile, target: Target): Diagnostic[] {
  const { roots, diagnostics, text, locate } = readEmbedded(node, value);
  const file = { name: String(path.at(-1)), text, path, locate };
  const isReadable = !diagnostics.some(({ code }) => isUnreadable(code));
  const templates = isReadable ? [] : templateFindings(file);
  // What is no YAML because of a template is said once.
  return templates.length > 0
    ? templates
    : [...diagnostics.filter((each) => !isReadByGo(each)), ...checkConfiguration(roots, file, target)];
}

/** What is known of a string for Argo CD without what stands around it. */
const ALONE = { url: undefined, addsConnector: false };

/** Who makes Dex's file of a configuration, and what of it. */
interface Completion {
  readonly completedBy?: 'argo-cd';
  complete(root: SourceNode): SourceNode;
}

function checkConfiguration(
  roots: readonly SourceNode[],
  file: ServerFile,
  target: Target,
  completion?: Completion,
): Diagnostic[] {
  const [written, second] = roots;
  if (!written) return [];
  // Nothing but null is a configuration without anything to Dex.
  const root = written.scalar === null ? { ...written, entries: new Map() } : asYaml11(written);
  const path = toPointer(file.path);
  const around: Diagnostic[] = goFaultsOf(file);
  const isFirstEmpty = EMPTY_DOCUMENT.test(file.text);
  if (second ?? isFirstEmpty)
    around.push({
      code: 'FIL009',
      severity: 'error',
      message: isFirstEmpty
        ? 'The first document of the file is empty, and Dex takes that one: `no issuer specified in config file`'
        : `The file holds ${roots.length} documents, of which Dex takes the first and drops the rest silently`,
      location: isFirstEmpty
        ? file.locate(0, 3)
        : written.source.locate(second?.start ?? 0, (second?.start ?? 0) + 1),
      path,
      hint: isFirstEmpty ? 'remove the first line ---' : 'write one configuration',
    });
  const isArgoCd = completion === undefined && isForArgoCd(root, file.name);
  const how = isArgoCd
    ? { completedBy: 'argo-cd' as const, complete: (node: SourceNode) => completedByArgoCd(node, ALONE) }
    : completion;
  return [...around, ...checkTree(root, file, target, how)];
}

/** A document that ends before it begins: nothing but comments between two lines of dashes. */
const EMPTY_DOCUMENT =
  /^\uFEFF?(?:[ \t]*(?:[#%].*)?\r?\n)*---[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*(?:---|\.\.\.)(?:\s|$)/;

/** What Go's YAML 1.1 refuses in a string that was read. */
function goFaultsOf({ name, text, path, locate }: ServerFile): Diagnostic[] {
  if (!/[\t\\]|^%|!/m.test(text)) return [];
  const { nodes } = readYaml(new SourceFile(name, text, ''));
  return [...goYamlFaults(text, nodes)].map(({ start, end, message, hint }) => ({
    code: 'DEX232',
    severity: 'error',
    message,
    location: locate(start, end),
    path: toPointer(path),
    hint,
  }));
}

function checkTree(
  root: SourceNode,
  file: ServerFile,
  target: Target,
  completion?: Completion,
): Diagnostic[] {
  const completed = completion?.complete(root) ?? root;
  const report = new Report(completed, file.path);
  const isTemplated = templateIn(file) !== undefined;
  const formed = checkForm(
    completed,
    target,
    report,
    ({ source, start }) => isTemplated && source.text.startsWith('{{', start),
  );
  if (!formed.entries) return report.diagnostics;
  const connectors = checkConnectors(formed, target, report, file.path, completion?.completedBy);
  const canonical = { ...formed, entries: new Map(formed.entries) };
  if (connectors) canonical.entries.set('connectors', connectors);
  const { completedBy } = completion ?? {};
  const config = { root: canonical, written: root, target, file, ...(completedBy ? { completedBy } : {}) };
  report.over(canonical).addAll(findingsAbout('dex-config', dexConfigSubject(config)));
  return report.diagnostics;
}

/** Checks every connector; returns the list with the keys of each as Dex has them. */
function checkConnectors(
  root: SourceNode,
  target: Target,
  report: Report,
  base: readonly PathStep[],
  completedBy: Completion['completedBy'],
): SourceNode | undefined {
  const list = root.entries?.get('connectors');
  if (!list) return undefined;
  if (!list.items) {
    report.add(
      'DEX203',
      ['connectors'],
      `\`connectors\` must be a list: \`error unmarshaling JSON: ${cannotUnmarshal({ found: jsonKind(toValue(list)), field: 'Config.connectors', type: '[]main.Connector' })}\``,
      {
        onKey: true,
        hint: 'put `- ` before the first key of each connector, and indent the others below it',
      },
    );
    return { ...list, entries: new Map() };
  }
  const issuer = root.entries?.get('issuer')?.scalar;
  const reading = {
    profile: isLoopbackHost(readUrl(String(issuer)).host) ? ('dev' as const) : ('production' as const),
    // Argo CD puts in what it has for them, and escapes what is left.
    ...(completedBy === 'argo-cd' ? { expandsVariables: false } : {}),
  };
  const items = list.items.map((item, index) => {
    if (!item.entries) {
      hideAll(item);
      report.add(
        'DEX203',
        ['connectors', index],
        'A connector is a mapping with `type`, `id`, `name` and `config`',
        {
          hint: 'write `- type: …`, and `id:`, `name:` and `config:` below it',
        },
      );
      return item;
    }
    const envelope = readEnvelope(item, connectorListReader(target), [...base, 'connectors', index]);
    report.diagnostics.push(...checkConnector(envelope, target, reading));
    return envelope.root;
  });
  return { ...list, items };
}
