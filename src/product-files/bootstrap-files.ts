import type { Diagnostic } from '../diagnostics/diagnostic';
import { hideAll } from '../document/mask';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { asYaml11 } from '../document/yaml-1-1';
import { isCarriedByGrpc } from '../model/grpc-token';
import { licenseKeyError } from '../model/license-key';
import { BOOTSTRAP_CONFIG_SECRET, PLACES } from '../model/secret-places';
import type { ReleaseTraits } from '../releases/release-traits';
import { findingsAbout } from '../rules/registry';
import { bootstrapSecretSubject, issuerOfFile, type BootstrapFile } from '../subjects/bootstrap-secret';
import type { Client, ComparedIssuer, Logins } from '../subjects/facts';
import { writtenClients } from '../subjects/written-clients';
import { loginsAtPachd } from '../subjects/written-logins';
import { reportBootstrapForm } from './bootstrap-form';
import { readEmbedded } from './embedded-text';
import { decoded, isManifest } from './kubernetes-manifest';
import { Report } from './report';

/** What the text of a key is: YAML, or a secret that a rule has something to say about. */
type Holds = BootstrapFile | 'rootToken' | 'licenseKey';

/** The files of the config Job of Pachyderm 2.2, by their key in its Secret. */
const JOB_FILES: Readonly<Record<string, Holds>> = {
  authConfig: 'authConfig',
  identityServiceConfig: 'identityConfig',
  oidcClients: 'clients',
  clusterRoleBindings: 'roleBindings',
  rootToken: 'rootToken',
  license: 'licenseKey',
};

/** What pachd itself reads from 2.3 on, by its key in the Secrets and ConfigMaps of the chart. */
const PACHD_FILES: Readonly<Record<string, Holds>> = {
  [PLACES.authConfig.key]: 'authConfig',
  [PLACES.identityConfig.key]: 'identityConfig',
  [PLACES.ownClients.key]: 'clients',
  [PLACES.clients.key]: 'clients',
  [PLACES.trustedPeers.key]: 'trustedPeers',
  [PLACES.roleBindings.key]: 'roleBindings',
  [PLACES.rootToken.key]: 'rootToken',
  [PLACES.licenseKey.key]: 'licenseKey',
};

/** Keys that other programs hardly have, by which an object of any name is known. */
const TELLING_KEYS: ReadonlySet<string> = new Set([
  PLACES.authConfig.key,
  PLACES.ownClients.key,
  PLACES.clients.key,
  PLACES.roleBindings.key,
  PLACES.licenseKey.key,
  PLACES.pachdClientSecret.key,
]);

/** The objects of the chart, in which every key is one of these. */
const OBJECT_NAMES: ReadonlySet<unknown> = new Set(Object.values(PLACES).map(({ name }) => name));

const SECTIONS = ['stringData', 'data'];

/** Whether a document is the Secret of the config Job. */
export function isJobSecret(root: SourceNode): boolean {
  return nodeAt(root, ['metadata', 'name'])?.scalar === BOOTSTRAP_CONFIG_SECRET;
}

/** Where the Secret of the Job has a file beside the list of connectors. */
export function jobFileIn(root: SourceNode): readonly string[] | undefined {
  return isJobSecret(root) ? placesIn(root, JOB_FILES)[0] : undefined;
}

/** Where an object has a string that pachd reads, beside the list of connectors. */
export function pachdFileIn(root: SourceNode): readonly string[] | undefined {
  if (!isManifest(root)) return undefined;
  const places = placesIn(root, PACHD_FILES);
  const isTelling =
    OBJECT_NAMES.has(nodeAt(root, ['metadata', 'name'])?.scalar) ||
    places.some((place) => TELLING_KEYS.has(place.at(-1) ?? ''));
  return isTelling ? places[0] : undefined;
}

function placesIn(root: SourceNode, files: Readonly<Record<string, Holds>>): readonly (readonly string[])[] {
  const places = SECTIONS.flatMap((section) => Object.keys(files).map((name) => [section, name]));
  return places.filter((place) => typeof nodeAt(root, place)?.scalar === 'string');
}

/** One string, and the object that it is in. */
interface BootstrapText {
  readonly root: SourceNode;
  readonly place: readonly string[];
  readonly holds: Holds;
  /** As the program reads it. */
  readonly text: string;
  /** What it holds, when that is YAML. */
  readonly content?: SourceNode;
}

/** Checks what pachd, or the config Job of 2.2, reads from objects of a file besides connectors, with the rules for documents. */
export function checkBootstrapTexts(roots: readonly SourceNode[], release: ReleaseTraits): Diagnostic[] {
  const { texts, diagnostics } = textsOf(roots, release);
  return [...diagnostics, ...texts.flatMap((each) => checkText(each, texts, release))];
}

/** How users come back to the Dex that the objects of a file configure; undefined where they do not tell its issuer. */
export function loginsOf(roots: readonly SourceNode[], release: ReleaseTraits): Logins | undefined {
  const { texts } = textsOf(roots, release);
  const issuer = issuerIn(texts, 'identityConfig').url ?? issuerIn(texts, 'authConfig').url;
  return issuer === undefined ? undefined : loginsAtPachd(issuer);
}

/** The strings in objects that a release reads, and what is wrong with their form. */
function textsOf(
  objects: readonly SourceNode[],
  release: ReleaseTraits,
): { readonly texts: readonly BootstrapText[]; readonly diagnostics: readonly Diagnostic[] } {
  const isForJob = release.bootstrap === 'job';
  const files = isForJob ? JOB_FILES : PACHD_FILES;
  const roots = objects.filter((root) => (isForJob ? isJobSecret(root) : pachdFileIn(root) !== undefined));
  const diagnostics: Diagnostic[] = [];
  const texts: BootstrapText[] = [];
  for (const root of roots)
    for (const place of placesIn(root, files)) {
      const [section, name = ''] = place;
      const node = nodeAt(root, place);
      const holds = files[name];
      if (typeof node?.scalar !== 'string' || holds === undefined) continue;
      const isEncoded = section === 'data' && nodeAt(root, ['kind'])?.scalar === 'Secret';
      const text = isEncoded ? decoded(node.scalar) : node.scalar;
      // The Job takes what begins with a dollar for the name of a variable.
      if (isForJob && text.startsWith('$')) continue;
      if (holds === 'rootToken' || holds === 'licenseKey') {
        hideAll(node);
        texts.push({ root, place, holds, text });
        continue;
      }
      const read = readEmbedded(node, text);
      diagnostics.push(...read.diagnostics);
      const [content] = read.roots;
      if (content) texts.push({ root, place, holds, text, content: asYaml11(content) });
    }
  return { texts, diagnostics };
}

function checkText(
  { root, place, holds, text, content }: BootstrapText,
  texts: readonly BootstrapText[],
  release: ReleaseTraits,
): Diagnostic[] {
  if (holds === 'rootToken' || holds === 'licenseKey') return checkSecret(root, place, holds, text, release);
  if (!content) return [];
  const report = new Report(content, place);
  const name = place.at(-1) ?? '';
  reportBootstrapForm(content, { holds, name, release, report });
  const others = { comparedWith: comparedIssuer(holds, texts), clients: clientsIn(texts) };
  report.addAll(findingsAbout('bootstrap-secret', bootstrapSecretSubject(content, holds, release, others)));
  return report.diagnostics;
}

/** pachd compares the issuer that it is given with the one that it finds at Dex, which has it from the other text. */
function comparedIssuer(holds: BootstrapFile, texts: readonly BootstrapText[]): ComparedIssuer | undefined {
  if (holds === 'authConfig') return issuerIn(texts, 'identityConfig');
  return holds === 'identityConfig' ? issuerIn(texts, 'authConfig') : undefined;
}

function clientsIn(texts: readonly BootstrapText[]): readonly Client[] {
  return texts.flatMap(({ holds, content }) => (holds === 'clients' ? writtenClients(content, []) : []));
}

function issuerIn(texts: readonly BootstrapText[], holds: BootstrapFile): ComparedIssuer {
  const other = texts.find((each) => each.holds === holds);
  return {
    key: other?.place.at(-1) ?? '',
    url: other?.content && issuerOfFile(other.content),
    isOfDex: holds === 'identityConfig',
  };
}

function checkSecret(
  root: SourceNode,
  place: readonly PathStep[],
  holds: 'rootToken' | 'licenseKey',
  text: string,
  { needsLicense, bootstrap }: ReleaseTraits,
): Diagnostic[] {
  const report = new Report(root);
  const name = place.at(-1);
  if (holds === 'rootToken') {
    if (/[\r\n]/.test(text))
      report.add('SEC008', place, `The text of \`${name}\` has a line break, and the root token has it too`, {
        hint: 'write it on one line; in a block text, `|-` instead of `|`',
      });
    else if (!isCarriedByGrpc(text))
      report.add(
        'PCH111',
        place,
        `The text of \`${name}\` has characters other than printable ASCII, and gRPC cannot carry it: every call with the token fails`,
        { hint: 'use letters and digits' },
      );
    return report.diagnostics;
  }
  const error = needsLicense ? licenseKeyError(text) : undefined;
  if (error !== undefined)
    report.add(
      'SEC018',
      place,
      `The text of \`${name}\` is not a license key: ${bootstrap === 'job' ? 'the config Job fails, and no one logs in' : 'pachd exits at startup'}: \`error validating activation code: ${error}\``,
      { hint: 'give the whole key as it was issued: base64 of JSON with a token and its signature' },
    );
  return report.diagnostics;
}
