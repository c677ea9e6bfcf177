import { presetNamed } from '../client-presets/registry';
import { redirectURIs, type ClientPreset } from '../client-presets/preset';
import type { Document } from '../document/document';
import { nodeAt, toValue, type SourceNode } from '../document/source-node';
import { derivedNode, placeOf, withValueAt } from './derived-nodes';

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
    items: items.map(expandClient),
  }));
  return { ...document, root, value: toValue(root) };
}

function expandClient(item: SourceNode): SourceNode {
  const { entries } = item;
  const named = entries?.get('preset');
  const preset = presetNamed(named?.scalar);
  if (!entries || !named) return item;
  const place = placeOf(named);
  // A preset that no one knows has a finding, and what would follow from it has none.
  if (!preset)
    return {
      ...item,
      entries: new Map([
        ['id', { ...place, scalar: 'preset' }],
        ['redirectURIs', { ...place, items: [] }],
        ...entries,
      ]),
    };
  const isPublic = preset.isProgram === true && !entries.has('secret');
  return {
    ...item,
    entries: new Map<string, SourceNode>([
      ['id', { ...place, scalar: preset.name }],
      ['name', { ...place, scalar: preset.title }],
      ...(isPublic ? [['public', { ...place, scalar: true }] as const] : []),
      ...entries,
      ['redirectURIs', redirectList(item, entries, preset, isPublic)],
    ]),
  };
}

/** The redirect URIs of the preset, and those of the document. What has another form, or is missing, has its own finding. */
function redirectList(
  item: SourceNode,
  entries: ReadonlyMap<string, SourceNode>,
  preset: ClientPreset,
  isPublic: boolean,
): SourceNode {
  const own = entries.get('redirectURIs');
  if (own !== undefined && own.items === undefined) return own;
  const url = entries.get('url');
  const address = typeof url?.scalar === 'string' && /^https?:/.test(url.scalar) ? url.scalar : undefined;
  const place = placeOf((preset.isProgram ? undefined : url) ?? entries.get('preset') ?? item);
  const derived =
    preset.isProgram || address !== undefined
      ? derivedNode(redirectURIs(preset, address ?? '', isPublic), place, item)
      : undefined;
  return { ...(own ?? place), items: [...(derived?.items ?? []), ...(own?.items ?? [])] };
}
