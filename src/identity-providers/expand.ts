import { didYouMean } from '../diagnostics/suggest';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document, DocumentProvider } from '../document/document';
import { hideAll, hideUnknown } from '../document/mask';
import { mergeNodes } from '../document/merge';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { checkPart } from '../schema/check-part';
import { toDiagnostic, withoutMeantKeys, type SchemaFinding } from '../schema/check-schema';
import { connectorTarget } from '../schema/connector-target';
import { CREDENTIAL_FILES_DIRECTORY } from '../model/credential-files';
import { targetOfRelease } from '../releases/target';
import { NEWEST_EXAMPLE } from '../releases/pachyderm';
import { derivedNode, placeOf, withValueAt } from './derived-nodes';
import { givenIn } from './given';
import { keycloakConnector, SECTION } from './keycloak-section';
import { asMeant, withTexts, type AsMeant } from './meant';
import { ofProvider } from './own-words';
import type { Provider } from './provider';
import { providerSchema } from './provider-schema';
import { providerNamed, allProviders } from './registry';

/** A document in which every connector is one of Dex. */
export interface ExpandedDocument {
  /** The same document when it names no provider. */
  readonly document: Document;
  /** What is wrong with the connectors that name a provider. */
  readonly diagnostics: readonly Diagnostic[];
}

const LIST = ['identity', 'connectors'];

/**
 * Puts Dex's connectors into the place of those that name a provider. What follows from a field is where the field is, and
 * everything else at the line that names the provider. Fields with errors have their example in the connector, so that the
 * rest of the document can be checked.
 */
export function expandProviders(document: Document): ExpandedDocument {
  const written = nodeAt(document.root, LIST);
  const own = keycloakConnector(document.root);
  // A list of another form has its own finding, and nothing is added to it.
  if (written !== undefined && written.items === undefined) return { document, diagnostics: [] };
  const items = [...(written?.items ?? []), ...(own ? [own] : [])];
  if (!items.some(namesProvider)) return { document, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const expanded = items.map((item, index) => {
    if (!namesProvider(item)) return item;
    const path = item === own ? SECTION : [...LIST, index];
    // What is wrong with the form of the section is found with that of the document.
    const { node, findings } = expandItem(document, withOrigin(item, path), path.map(String), item !== own);
    diagnostics.push(...findings.map((finding) => toDiagnostic(document, finding, 'error')));
    return node;
  });
  const place = placeOf(own ?? document.root);
  const root = withValueAt(document.root, LIST, place, (list) => ({ ...(list ?? place), items: expanded }));
  const named = new Map(
    items.flatMap((item, index) => {
      const name = item.entries?.get('provider')?.scalar;
      if (typeof name !== 'string') return [];
      const provider = providerNamed(name);
      return provider ? [[index, namedAs(provider, item !== own)] as const] : [];
    }),
  );
  return { document: { ...document, root, value: toValue(root), providers: named }, diagnostics };
}

/** What others have to know of a provider whose connectors they see. */
function namedAs(
  { name, knownAs, fields, words, groupsHint }: Provider,
  takesConfig: boolean,
): DocumentProvider {
  return {
    name,
    ...(knownAs === undefined ? {} : { knownAs }),
    fields: Object.keys(fields),
    words,
    ...(groupsHint === undefined ? {} : { groupsHint }),
    takesConfig,
  };
}

function namesProvider(item: SourceNode): boolean {
  return item.entries?.has('provider') === true;
}

/** The node with the path of its field in the document, and so for everything in it. A section is the provider that it names. */
function withOrigin(node: SourceNode, path: readonly PathStep[]): SourceNode {
  const { entries, items } = node;
  const inside = (child: SourceNode, step: PathStep): SourceNode =>
    withOrigin(child, child.isDerived && step === 'provider' ? path : [...path, step]);
  return {
    ...node,
    writtenAt: path,
    ...(entries && { entries: new Map([...entries].map(([key, child]) => [key, inside(child, key)])) }),
    ...(items && { items: items.map(inside) }),
  };
}

function expandItem(
  document: Document,
  item: SourceNode,
  path: readonly string[],
  isChecked: boolean,
): { readonly node: SourceNode; readonly findings: readonly SchemaFinding[] } {
  const named = item.entries?.get('provider');
  const provider = providerNamed(named?.scalar);
  if (!named || !provider) {
    // Which of its keys are known cannot be told, so each may be a secret under a misspelt name.
    for (const [key, child] of item.entries ?? []) if (key !== 'provider') hideAll(child);
    return { node: standIn(item), findings: [unknownProvider(named?.scalar, path)] };
  }
  const form = checkPart(item, providerSchema(provider), path);
  for (const { about, path: at, onKey } of form) {
    const node = about === 'unknown key' ? nodeAt(document.root, at) : undefined;
    if (node && onKey) hideUnknown(node, at.at(-1) ?? '', undefined);
  }
  const meant = asMeant(item, provider, form, path);
  const sound = soundFields(meant.item, provider, meant.left, path);
  const problems = problemsOf(provider, meant.item, sound, path);
  const target = connectorTarget(document) ?? anyTarget();
  const place = placeOf(named);
  const whole = problems.length === 0 ? sound : settledFields(meant, provider, problems, path);
  const derived = derivedNode({ ...provider.derive(givenIn(whole), target) }, place, whole) ?? place;
  const config = whole.entries?.get('config');
  return {
    node: connectorNode(provider, whole, place, config ? mergeNodes(derived, config) : derived),
    findings: together(
      isChecked
        ? withoutMeantKeys(meant.findings.map((finding) => ofProvider(finding, provider, item, path)))
        : [],
      problems,
    ),
  };
}

/** What is wrong with a field is said once, and not again of the settings that would follow from it. */
function settledFields(
  { item, left }: AsMeant,
  provider: Provider,
  problems: readonly SchemaFinding[],
  path: readonly string[],
): SourceNode {
  const texts = problems.flatMap(({ path: at, replaceWith }) =>
    replaceWith === undefined ? [] : [{ path: at.slice(path.length), text: replaceWith }],
  );
  // Without a list that restricts logins the connector would be open, which is not what is wrong.
  const broken = problems.filter(
    ({ path: at, replaceWith }) =>
      replaceWith === undefined &&
      (at.length === path.length + 1 || provider.required.includes(at[path.length] ?? '')),
  );
  return soundFields(withTexts(item, texts), provider, [...left, ...broken], path);
}

/** Of a value that has another form and is wrong as it is meant, too, only what to write instead is said. */
function together(form: readonly SchemaFinding[], problems: readonly SchemaFinding[]): SchemaFinding[] {
  const placeIn = ({ path }: SchemaFinding): string => path.join('/');
  const byPlace = new Map(problems.map((problem) => [placeIn(problem), problem]));
  const places = new Set(form.map(placeIn));
  return [
    ...form.map((finding) => {
      const { hint, replaceWith } = byPlace.get(placeIn(finding)) ?? {};
      if (hint === undefined) return finding;
      const { code, path, onKey, message } = finding;
      return { code, path, onKey, message, hint, ...(replaceWith === undefined ? {} : { replaceWith }) };
    }),
    ...problems.filter((problem) => !places.has(placeIn(problem))),
  ];
}

/** What is wrong with fields that have their form; of those that stand in for others nothing is said. */
function problemsOf(
  provider: Provider,
  item: SourceNode,
  sound: SourceNode,
  path: readonly string[],
): SchemaFinding[] {
  return (provider.check?.(givenIn(sound)) ?? [])
    .filter(({ field }) => item.entries?.get(field) === sound.entries?.get(field))
    .map(({ field, index, message, hint, replaceWith }): SchemaFinding => ({
      code: 'SCH005',
      path: [...path, field, ...(index === undefined ? [] : [String(index)])],
      onKey: !item.entries?.has(field),
      message,
      hint,
      ...(replaceWith === undefined ? {} : { replaceWith }),
    }));
}

/** A release that is not known has a finding of its own. */
function anyTarget(): NonNullable<ReturnType<typeof connectorTarget>> {
  const result = targetOfRelease(NEWEST_EXAMPLE);
  if (!result.ok) throw new Error('an example of a release is not supported');
  return result.target;
}

function connectorNode(
  { name, title, type }: Provider,
  item: SourceNode,
  place: SourceNode,
  config: SourceNode,
): SourceNode {
  const given = (key: string): SourceNode | undefined => item.entries?.get(key);
  const version = given('version');
  return {
    ...item,
    entries: new Map([
      ['type', { ...place, scalar: type }],
      ['id', given('id') ?? { ...place, scalar: name }],
      ['name', given('name') ?? { ...place, scalar: title }],
      ...(version ? [['version', version] as const] : []),
      ['config', config],
    ]),
  };
}

/** The item without what has errors; required fields have their example then, and so have those with one string. */
function soundFields(
  item: SourceNode,
  { fields, required, example }: Provider,
  findings: readonly SchemaFinding[],
  path: readonly string[],
): SourceNode {
  const broken = new Set(findings.map((finding) => finding.path[path.length]));
  const entries = new Map([...(item.entries ?? [])].filter(([key]) => !broken.has(key)));
  const named = item.entries?.get('provider') ?? item;
  for (const [key, { examples }] of Object.entries(fields)) {
    const one = broken.has(key) ? (examples as readonly unknown[] | undefined)?.[0] : undefined;
    const other = required.includes(key) ? example[key] : typeof one === 'string' ? one : undefined;
    const standsIn = typeof other === 'string' ? asMounted(other) : other;
    if (entries.has(key) || standsIn === undefined) continue;
    const place = placeOf(item.entries?.get(key) ?? named);
    const node = derivedNode(standsIn, place, item);
    if (node) entries.set(key, node);
  }
  return { ...item, entries };
}

/** A file that is there in every container, for one of which no one knows whether it is. */
function asMounted(text: string): string {
  return text.startsWith(CREDENTIAL_FILES_DIRECTORY) ? '/etc/ssl/certs/ca-certificates.crt' : text;
}

/** A connector without any effect on others, for one that names no known provider. */
function standIn(item: SourceNode): SourceNode {
  const place = placeOf(item.entries?.get('provider') ?? item);
  const id = item.entries?.get('id');
  return {
    ...item,
    entries: new Map([
      ['type', { ...place, scalar: 'oidc' }],
      ['id', typeof id?.scalar === 'string' ? id : { ...place, scalar: 'provider' }],
      [
        'config',
        derivedNode(
          {
            issuer: 'https://provider.example.com',
            clientID: 'client',
            clientSecret: { env: 'CLIENT_SECRET' },
            insecureEnableGroups: true,
          },
          place,
          item,
        ) ?? place,
      ],
    ]),
  };
}

function unknownProvider(name: unknown, path: readonly string[]): SchemaFinding {
  const names = allProviders().map((provider) => provider.name);
  const isText = typeof name === 'string';
  const meant = isText ? didYouMean(name, names) : undefined;
  return {
    code: 'SCH004',
    path: [...path, 'provider'],
    onKey: false,
    message: isText
      ? `No identity provider is called "${name.slice(0, 60)}"`
      : 'provider must be the name of an identity provider',
    hint: `${meant === undefined ? '' : `${meant} `}one of: ${names.join(', ')}; for any other write the type of the connector, such as type: oidc`,
  };
}
