import { presetNamed } from '../client-presets/registry';
import { redirectURIs, type ClientPreset } from '../client-presets/preset';
import type { Document } from '../document/document';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { checkPart } from '../schema/check-part';
import { schemaAt } from '../schema/schema-at';
import { placeOf, withValueAt } from './derived-nodes';

const LIST = ['identity', 'clients'];

/**
 * Fills in what follows from the preset of a client: id and name at the line that names the preset, redirect URIs at the URL.
 * What the document says itself stays; redirect URIs of its own come after those of the preset.
 */
export function expandClients(document: Document): Document {
  const items = nodeAt(document.root, LIST)?.items;
  if (!items?.some((item) => item.entries?.has('preset'))) return document;
  const root = withValueAt(document.root, LIST, document.root, (list) => ({
    ...(list ?? document.root),
    items: items.map((item, index) => expandClient(item, [...LIST, index])),
  }));
  return { ...document, root, value: toValue(root) };
}

function expandClient(item: SourceNode, path: readonly PathStep[]): SourceNode {
  const { entries } = item;
  const named = entries?.get('preset');
  if (!entries || !named) return item;
  const preset = presetNamed(named.scalar);
  const place = placeOf({ ...named, writtenAt: [...path, 'preset'] });
  // A preset that no one knows has a finding, and what would follow from it has none.
  if (!preset)
    return {
      ...item,
      entries: new Map<string, SourceNode>([
        ['id', { ...place, scalar: unknownID(named.scalar) }],
        ['redirectURIs', { ...place, items: [] }],
        ...(entries.get('public')?.scalar === true ? [] : [['secret', unknownSecret(place)] as const]),
        ...entries,
      ]),
    };
  const isPublic =
    preset.isProgram === true && !entries.has('secret') && entries.get('public')?.scalar !== false;
  return {
    ...item,
    entries: new Map<string, SourceNode>([
      ['id', { ...place, scalar: preset.name }],
      ['name', { ...place, scalar: preset.title }],
      ...(isPublic ? [['public', { ...place, scalar: true }] as const] : []),
      ...entries,
      ['redirectURIs', redirectList(entries, preset, isPublic, path, place)],
    ]),
  };
}

/** What a client is called whose preset no one knows: as that is written, so that two such clients are not taken for one. */
function unknownID(name: SourceNode['scalar']): string {
  return typeof name === 'string' && /^[\w.~-]+$/.test(name) ? name : 'preset';
}

/** Whether such a client has a secret depends on the product. */
function unknownSecret(place: SourceNode): SourceNode {
  return { ...place, entries: new Map([['env', { ...place, scalar: 'CLIENT_SECRET' }]]) };
}

/** The redirect URIs of the preset, and those of the document. What has another form, or is missing, has its own finding. */
function redirectList(
  entries: ReadonlyMap<string, SourceNode>,
  preset: ClientPreset,
  isPublic: boolean,
  path: readonly PathStep[],
  atPreset: SourceNode,
): SourceNode {
  const own = entries.get('redirectURIs');
  if (own !== undefined && own.items === undefined) return own;
  const url = preset.isProgram ? undefined : entries.get('url');
  const place = url ? placeOf({ ...url, writtenAt: [...path, 'url'] }) : atPreset;
  const address = url && hasItsForm(url) ? String(url.scalar) : undefined;
  const derived =
    preset.isProgram || address !== undefined ? redirectURIs(preset, address ?? '', isPublic) : [];
  return {
    ...(own ?? place),
    items: [
      ...derived.map((uri) => ({ ...place, scalar: uri })),
      // They have other positions now.
      ...(own?.items ?? []).map((item, index) => ({ ...item, writtenAt: [...path, 'redirectURIs', index] })),
    ],
  };
}

/** Whether the schema finds nothing in a URL. */
function hasItsForm(url: SourceNode): boolean {
  return checkPart(url, schemaAt([...LIST, '0', 'url']), []).length === 0;
}
