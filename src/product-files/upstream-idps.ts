import { cannotUnmarshal } from '../forms/go-json';
import { flagsOfTarget, newestReleaseWith, releaseTraits, traitsOfTarget } from '../releases/release-traits';
import { BOOTSTRAP_CONFIG_SECRET } from '../model/secret-places';
import { dexInside, isPachyderm, productOf, type PachydermTarget, type Target } from '../releases/target';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { hideAll } from '../document/mask';
import { renameKey } from '../document/rename-key';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { asYaml11, yaml11Boolean } from '../document/yaml-1-1';
import type { Profile } from '../model/cluster';
import type { Logins } from '../subjects/facts';
import { profileOfValues, VALUES_PLACE } from '../subjects/chart-values';
import { checkChartValues, isChartValues } from './chart-values';
import { checkConnector } from './check-connector';
import { readEmbedded } from './embedded-text';
import { readEnvelope, type Envelope } from './envelope';
import { decoded, withoutOthers } from './kubernetes-manifest';
import { withoutOverruled } from './overruled-values';
import type { ProductFile, ProductFileKind } from './product-file';
import { connectorListReader } from './readers';
import { AT_THE_TOP, misplacedList, placeOfList, PLACES_IN_JOB_SECRET } from './list-places';
import { findingsAbout } from '../rules/registry';
import { connectorListSubject } from '../subjects/connector-list';
import { checkBootstrapTexts, jobFileIn, loginsOf, pachdFileIn } from './bootstrap-files';
import { Report } from './report';
import { textsUnder } from '../document/texts-under';

/** The connectors of a Pachyderm cluster, as values of the official chart or as the Secret that pachd reads them from. */
export const upstreamIdps: ProductFileKind = {
  name: 'upstream-idps',
  title: 'a list of upstream identity providers',
  products: ['pachyderm', 'dex'],
  recognizes: (root) =>
    root.items
      ? root.items.length > 0 &&
        root.items.every((item) => item.entries?.has('type') && item.entries.has('id'))
      : hasList(root) || isChartValues(root),
  check: ({ roots }: ProductFile, target: Target): Diagnostic[] => {
    const isMeant = (root: SourceNode): boolean =>
      root.items !== undefined || hasList(root) || isChartValues(root);
    // That there is no list is said once, however many objects a file of manifests has.
    const wanted = roots.some(isMeant) ? withoutOthers(roots, isMeant) : roots.slice(0, 1);
    const logins = isPachyderm(target) ? loginsOf(wanted, traitsOfTarget(target)) : undefined;
    return [
      ...wanted.flatMap((root) => withoutOverruled(root, checkRoot(root, target, { logins }))),
      // What these say is held against each other, in whatever objects it is.
      ...(readsInPachd(target) ? checkBootstrapTexts(wanted, traitsOfTarget(target)) : []),
    ];
  },
};

function hasList(root: SourceNode): boolean {
  return (
    placeOfList(root) !== undefined ||
    misplacedList(root) !== undefined ||
    jobFileIn(root) !== undefined ||
    pachdFileIn(root) !== undefined
  );
}

/** Who reads the connectors. */
interface Reading {
  readonly target: Target;
  readonly profile: Profile;
  /** Whether nothing around the list says more of the Dex that reads it. */
  readonly isAlone: boolean;
  /** How users come back, where values or other objects in the same file tell the issuer. */
  readonly logins?: Logins | undefined;
}

/** What a file says beside the document that is checked. */
interface Around {
  readonly areValues?: boolean;
  readonly logins?: Logins | undefined;
}

/** Where the list of a mapping is, and whether the mapping is values of the chart. */
function contentOf(
  root: SourceNode,
  areValues: boolean,
): { readonly place: readonly string[] | undefined; readonly isValues: boolean } {
  const place = placeOfList(root);
  if (areValues || (place === AT_THE_TOP && isChartValues(root)))
    return { place: place === VALUES_PLACE ? place : undefined, isValues: true };
  return { place, isValues: place === VALUES_PLACE || (place === undefined && isChartValues(root)) };
}

/** Leaves out that the chart has no such value: more is said of a list that was meant for it. */
function dropUnknown(report: Report, misplaced: readonly string[]): void {
  const places = misplaced.map((_, index) => report.pointer(misplaced.slice(0, index + 1)));
  const said = report.diagnostics.filter(({ code, path }) => code !== 'FIL020' || !places.includes(path));
  report.diagnostics.splice(0, report.diagnostics.length, ...said);
}

/** Checks values of the chart, those too that say so little that they could be of another one. */
export function checkListInValues(root: SourceNode, target: Target): readonly Diagnostic[] {
  return withoutOverruled(root, checkRoot(root, target, { areValues: true }));
}

function checkRoot(root: SourceNode, target: Target, { areValues = false, logins }: Around): Diagnostic[] {
  const profile = profileOfValues(root);
  const asList = { target, profile, isAlone: logins === undefined, logins };
  if (root.items) return checkList(root, asList, [], root);
  const report = new Report(root);
  const { place, isValues } = contentOf(root, areValues);
  const misplaced = misplacedList(root, isValues);
  const reading: Reading = isValues
    ? { target, profile, isAlone: false, logins: checkAround(root, target, report, misplaced) }
    : asList;
  if (place === undefined && misplaced !== undefined) {
    const node = nodeAt(root, misplaced);
    reportMisplaced(root, misplaced, report);
    return [...report.diagnostics, ...checkList(root, reading, misplaced, node ?? root)];
  }
  if (place === undefined) {
    if (isValues) return report.diagnostics;
    return [...withoutList(root, target, report)];
  }
  const node = nodeAt(root, place);
  if (!node) return [];
  if (PLACES_IN_JOB_SECRET.includes(place) && readsInPachd(target)) {
    // The text is not read, so where the secrets in it are is not known.
    hideAll(nodeAt(root, place) ?? root);
    reportForJob(report, place);
    return report.diagnostics;
  }
  return [
    ...report.diagnostics,
    ...checkPlace(root, node, place, reading),
    ...(PLACES_IN_JOB_SECRET.includes(place) ? checkBootstrapTexts([root], JOB_RELEASE) : []),
  ];
}

/** Checks what values have around their list, and says how users come back. */
function checkAround(
  root: SourceNode,
  target: Target,
  report: Report,
  misplaced: readonly string[] | undefined,
): Logins | undefined {
  if (!isPachyderm(target)) return undefined;
  const options = { hasMisplacedList: misplaced !== undefined };
  const { logins } = checkChartValues(asYaml11(root), target, report, options);
  if (misplaced && nodeAt(root, VALUES_PLACE) === undefined) dropUnknown(report, misplaced);
  return logins;
}

/** That the chart does not read a list, and who gets in without it. */
function reportMisplaced(root: SourceNode, misplaced: readonly string[], report: Report): void {
  const node = nodeAt(root, misplaced);
  const isElsewhere = misplaced[0] !== VALUES_PLACE[0];
  const effect =
    nodeAt(root, ['oidc', 'mockIDP'])?.scalar === false
      ? ': no one logs in through it'
      : '; as `oidc.mockIDP` is true unless it is set, it lets everyone in as admin with the password "password", who is a cluster administrator';
  report.add(
    'FIL010',
    misplaced,
    `The chart reads \`oidc.upstreamIDPs\` only and ignores \`${misplaced.join('.')}\`${effect}`,
    {
      onKey: true,
      hint: isElsewhere ? 'move the list to `oidc.upstreamIDPs`' : 'write `upstreamIDPs`',
      fix: node && !isElsewhere ? renameKey(node, VALUES_PLACE[1]) : undefined,
    },
  );
}

/** What there is to say of a file that has no list, which is all there is to say unless it is the Secret of the Job. */
function withoutList(root: SourceNode, target: Target, report: Report): readonly Diagnostic[] {
  const file = jobFileIn(root);
  const ofPachd = pachdFileIn(root);
  if (file && !readsInPachd(target)) return checkBootstrapTexts([root], JOB_RELEASE);
  if (file) reportForJob(report, file);
  else if (ofPachd && isPachyderm(target)) {
    if (!readsInPachd(target)) reportForPachd(report, ofPachd);
  } else
    report.add('FIL011', [], 'There is no list of upstream identity providers in the file', {
      hint: 'it is a list of connectors at the top, under `oidc.upstreamIDPs` of chart values, or under `upstream-idps`',
    });
  return report.diagnostics;
}

/** The release whose Job reads its Secret. */
const JOB_RELEASE = releaseTraits(newestReleaseWith('hasBootstrapJob'));

/** Release 2.2 reads everything from one Secret. */
function reportForPachd(report: Report, place: readonly string[]): void {
  report.add(
    'FIL013',
    place,
    `Pachyderm 2.2 does not read \`${place.at(-1)}\`: its config Job reads the Secret ${BOOTSTRAP_CONFIG_SECRET}`,
    { onKey: true, hint: 'check it for a release from 2.3 on, with --target pachyderm@2.11' },
  );
}

/** Later releases read other Secrets. */
function reportForJob(report: Report, place: readonly string[]): void {
  const key = place.at(-1);
  report.add(
    'FIL013',
    place,
    `Only the config Job of Pachyderm 2.2 reads \`${key}\` of the Secret ${BOOTSTRAP_CONFIG_SECRET}${key === 'idps' ? '; later releases read `upstream-idps`' : ''}`,
    {
      onKey: true,
      hint: `check it for its own release with --target ${dexInside(newestReleaseWith('hasBootstrapJob'))}`,
    },
  );
}

function checkPlace(
  root: SourceNode,
  node: SourceNode,
  place: readonly string[],
  reading: Reading,
): Diagnostic[] {
  const isSecretKey = ['upstream-idps', 'idps'].includes(place.at(-1) ?? '');
  if (!isSecretKey || typeof node.scalar !== 'string') return checkList(root, reading, place, node);
  const text = place[0] === 'data' ? decoded(node.scalar) : node.scalar;
  const { roots, diagnostics } = readEmbedded(node, text);
  const [list] = roots;
  return [...diagnostics, ...(list ? checkList(list, reading, place, list) : [])];
}

/** `base` is the path of `list` in its document, `root` the tree that findings about the whole list are placed in. */
function checkList(
  root: SourceNode,
  reading: Reading,
  base: readonly PathStep[],
  list: SourceNode,
): Diagnostic[] {
  const isBootstrap = readsInPachd(reading.target);
  if (!list.items) {
    if (list.scalar === null) return [];
    const report = new Report(list, base);
    report.add(
      'FIL011',
      [],
      `The upstream identity providers must be a list, not ${list.entries ? 'a mapping' : 'a string'}: ${
        base.join('.') === VALUES_PLACE.join('.')
          ? "Helm refuses all values: `values don't meet the specifications of the schema(s)`"
          : productOf(reading.target) === 'dex'
            ? `\`error unmarshaling JSON: ${cannotUnmarshal({ found: '…', field: 'Config.connectors', type: '[]main.Connector' })}\``
            : isBootstrap
              ? 'pachd restarts in a loop: `unmarshal IdentityConnectors: … unmarshal into slice of JSON messages: …`'
              : 'the config Job cannot read it, and no identity provider is there'
      }`,
      {
        onKey: true,
        hint: 'put `- ` before the first key of each connector, and indent the others below it',
      },
    );
    return report.diagnostics;
  }
  const diagnostics = list.items.flatMap((item, index) => checkItem(item, [...base, index], reading));
  new Report(list, base, undefined, diagnostics).addAll(
    findingsAbout('connector-list', connectorListSubject(list)),
  );
  return diagnostics;
}

/** Whether pachd itself reads the list, and not the config Job of 2.2. */
function readsInPachd(target: Target): target is PachydermTarget {
  return isPachyderm(target) && !flagsOfTarget(target).hasBootstrapJob;
}

function checkItem(item: SourceNode, base: readonly PathStep[], reading: Reading): Diagnostic[] {
  const isBootstrap = readsInPachd(reading.target);
  if (!item.entries) {
    const report = new Report(item, base);
    report.add('FIL011', [], 'A connector is a mapping with `id`, `name`, `type` and its settings', {
      hint: 'write `- id: …`, and `name:`, `type:` and `config:` below it',
    });
    return report.diagnostics;
  }
  const envelope = readEnvelope(asYaml11(item), connectorListReader(reading.target), base);
  if (productOf(reading.target) === 'dex') return checkConnector(envelope, reading.target, reading);
  const diagnostics = isBootstrap ? checkBootstrap(envelope, reading) : checkConfigJob(envelope, reading);
  return explainYaml11(item, envelope, diagnostics);
}

/** From 2.3 on: `config` is a mapping, `jsonConfig` is there for older values. */
function checkBootstrap(envelope: Envelope, reading: Reading): Diagnostic[] {
  const { root, report } = envelope;
  const { target } = reading;
  const config = nodeAt(root, ['config']);
  const json = nodeAt(root, ['jsonConfig']);
  const hasSettings = config !== undefined && (config.entries?.size ?? 1) > 0;
  const hasJson = typeof json?.scalar === 'string' && !['', 'null'].includes(json.scalar.trim());
  if (!hasSettings && !hasJson)
    report.add(
      'FIL004',
      config ? ['config'] : [],
      `The connector has ${config ? 'an empty' : 'no'} \`config\`: pachd does not start: \`no configs are defined\``,
      {
        onKey: true,
        hint: 'add `config:` and the settings below it; for a connector without any write jsonConfig: "{}"',
      },
    );
  if (hasSettings && hasJson)
    report.add('FIL012', ['jsonConfig'], '`jsonConfig` has no effect beside `config`', {
      severity: 'warning',
      onKey: true,
      hint: 'remove it',
    });
  if (hasSettings) return checkConnector(envelope, target, reading);
  if (hasJson) return checkJsonConfig(envelope, reading);
  // That there are no settings says of each of them that it is missing.
  return checkConnector(envelope, target, reading).filter(({ code }) => code !== 'DEX104');
}

/** Release 2.2: the settings are a string of JSON. */
function checkConfigJob(envelope: Envelope, reading: Reading): Diagnostic[] {
  const { root, report } = envelope;
  const { target } = reading;
  const json = nodeAt(root, ['jsonConfig']);
  if (envelope.hasConfig)
    report.add(
      'FIL012',
      ['config'],
      'Pachyderm 2.2 does not read `config` in this list; it says nothing, and the identity provider is not there',
      { onKey: true, hint: 'write the settings as JSON in a string: jsonConfig: \'{"issuer": "…", …}\'' },
    );
  else if (!json)
    report.add(
      'FIL004',
      [],
      'The connector has no `jsonConfig`: pachd opens a connector without settings, and the config Job says nothing when that fails',
      { onKey: true, hint: 'add the settings as JSON in a string: jsonConfig: \'{"issuer": "…", …}\'' },
    );
  return envelope.hasConfig || !json
    ? checkConnector(envelope, target, reading)
    : checkJsonConfig(envelope, reading);
}

function checkJsonConfig(envelope: Envelope, reading: Reading): Diagnostic[] {
  const { root, report } = envelope;
  const node = nodeAt(root, ['jsonConfig']);
  if (typeof node?.scalar !== 'string') return report.diagnostics;
  try {
    JSON.parse(node.scalar);
  } catch {
    report.add(
      'FIL012',
      ['jsonConfig'],
      '`jsonConfig` is not JSON, so pachd does not take the connector: `unable to deserialize JSON: …`',
      {
        hint: 'write JSON: braces around the whole, keys and strings in double quotes, no comma after the last one',
      },
    );
    return report.diagnostics;
  }
  const { roots, diagnostics } = readEmbedded(node, node.scalar);
  report.diagnostics.push(...diagnostics);
  const [settings] = roots;
  if (!settings) return report.diagnostics;
  const entries = new Map(root.entries).set('jsonConfig', settings);
  const inside = { ...root, entries };
  return checkConnector({ ...envelope, root: inside, report: report.over(inside) }, reading.target, {
    ...reading,
    configPath: ['jsonConfig'],
  });
}

/** A finding about a boolean that was written as a word says where the boolean comes from. */
function explainYaml11(
  item: SourceNode,
  { report }: Envelope,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const words = new Map<string, string>();
  for (const { path, text } of textsUnder(item)) {
    const node = nodeAt(item, path);
    if (node && yaml11Boolean(node) !== undefined) words.set(report.pointer(path), text);
  }
  return diagnostics.map((each) => {
    const word = words.get(each.path);
    if (word === undefined) return each;
    return {
      ...each,
      message: `${each.message}; pachd reads YAML 1.1, in which the unquoted word ${word} is ${String(toBoolean(word))}`,
      hint: `put it in quotes: "${word}"`,
    };
  });
}

function toBoolean(word: string): boolean {
  return /^(y|yes|on)$/i.test(word);
}
