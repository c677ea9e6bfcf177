import { connectorKey } from '../connectors/availability';
import { commonSlips } from '../connectors/common-slips';
import { isSameWord } from '../diagnostics/suggest';
import { homesOfKey } from '../document/key-homes';
import type { SourceNode } from '../document/source-node';
import type { SchemaFinding } from '../schema/check-schema';
import type { Provider } from './provider';

/** A finding about a connector that names a provider: it has no type of Dex, and the provider has its fields explained. */
export function ofProvider(
  finding: SchemaFinding,
  provider: Provider,
  item: SourceNode,
  path: readonly string[],
): SchemaFinding {
  const { name, fields } = provider;
  const missing = finding.data?.['missingKey'];
  if (typeof missing === 'string' && finding.path.length === path.length && Object.hasOwn(fields, missing))
    return { ...finding, hint: `add it: pachkit explain provider ${name} says what it takes` };
  const isField = finding.about === 'unknown key' && finding.path.length === path.length + 1;
  return isField ? { ...finding, ...unknownField(finding, provider, item) } : finding;
}

/** What to do about a field that the provider does not have: one of its own stands for some settings of Dex. */
function unknownField(
  { path, means }: SchemaFinding,
  provider: Provider,
  item: SourceNode,
): Partial<SchemaFinding> {
  const { name, type, fields } = provider;
  const key = path.at(-1) ?? '';
  if (key === 'type') return { hint: `remove it: provider: ${name} makes it a connector of type ${type}` };
  if (means !== undefined) return {};
  const isSwitch = typeof item.entries?.get(key)?.scalar === 'boolean';
  if (isSwitch && key === 'groups' && provider.groupsHint === undefined)
    return { hint: 'remove it: groups always come along' };
  const field = fieldFor(key, provider);
  if (field !== undefined && !(isSwitch && fields[field]?.['type'] === 'array'))
    return { means: [field], hint: `did you mean "${field}"?` };
  if (homesOfKey(key)?.some((home) => /^identity\.[^.]+$/.test(home))) return {};
  return connectorKey(type, key) ? {} : { hint: `valid keys: ${Object.keys(fields).join(', ')}` };
}

/** The field that stands for a setting of Dex, also by a name that people give the setting. */
function fieldFor(key: string, { type, fields, words }: Provider): string | undefined {
  const slip = commonSlips.find(
    (candidate) => candidate.type === type && candidate.at === '' && isSameWord(candidate.written, key),
  );
  const setting = Object.keys(words).find((word) => isSameWord(word, slip?.meant ?? key));
  const field = setting === undefined ? undefined : words[setting];
  return field !== undefined && Object.hasOwn(fields, field) ? field : undefined;
}
