import type { SourceNode } from '../document/source-node';
import { checkPart } from '../schema/check-part';
import type { SchemaFinding } from '../schema/check-schema';
import { hostIn } from '../schema/describe-error';
import { rewritten } from '../schema/rewrite';
import type { SchemaPart } from '../schema/schema-at';
import { placeOf } from './derived-nodes';
import { isHostAndPort } from './fields';
import type { Provider } from './provider';
import { providerSchema } from './provider-schema';

/** A connector that names a provider, with what is meant in the place of what has another form. */
export interface AsMeant {
  readonly item: SourceNode;
  /** What is wrong with the form, with what to write where that is known. */
  readonly findings: readonly SchemaFinding[];
  /** What is still wrong with `item`. */
  readonly left: readonly SchemaFinding[];
}

/** A string for a field, or for an item of one, by where that is below the connector. */
interface NewText {
  readonly path: readonly string[];
  readonly text: string;
}

/** Reads values of another form than their fields take as what is meant by them: the host, the realm or the id in a URL. */
export function asMeant(
  item: SourceNode,
  provider: Provider,
  form: readonly SchemaFinding[],
  path: readonly string[],
): AsMeant {
  const meant = new Map<SchemaFinding, NewText & { readonly isCertain: boolean }>();
  for (const finding of form) {
    const below = finding.path.slice(path.length);
    const written = textAt(item, below);
    const found = written === undefined ? undefined : meantBy(provider, below[0] ?? '', written);
    if (found !== undefined && found.text !== written) meant.set(finding, { path: below, ...found });
  }
  if (meant.size === 0) return { item, findings: form, left: form };
  const changed = withTexts(item, [...meant.values()]);
  const left = checkPart(changed, providerSchema(provider), path);
  const isLeft = new Set(left.map((finding) => finding.path.join('/')));
  return {
    item: changed,
    left,
    findings: form.map((finding) => {
      const found = meant.get(finding);
      const port = /:(\d+)\/?$/.exec(textAt(item, finding.path.slice(path.length)) ?? '')?.[1];
      if (found?.isCertain === false && port !== undefined && Object.hasOwn(provider.fields, 'port'))
        return { ...finding, hint: `write only the host: ${found.text}, and port: ${port}` };
      return found?.isCertain !== true || isLeft.has(finding.path.join('/'))
        ? finding
        : { ...finding, hint: `write ${found.text}`, replaceWith: found.text };
    }),
  };
}

/** The connector with other strings. They are not written there, and no fix rewrites them. */
export function withTexts(item: SourceNode, texts: readonly NewText[]): SourceNode {
  return texts.reduce((node, { path, text }) => withText(node, path, text), item);
}

function withText(node: SourceNode, [step, ...rest]: readonly string[], text: string): SourceNode {
  if (step === undefined) return { ...placeOf(node), scalar: text };
  const { entries, items } = node;
  const child = entries?.get(step) ?? items?.[Number(step)];
  if (!child) return node;
  const changed = withText(child, rest, text);
  return entries
    ? { ...node, entries: new Map([...entries, [step, changed]]) }
    : { ...node, items: (items ?? []).map((each) => (each === child ? changed : each)) };
}

function textAt(item: SourceNode, [field = '', index]: readonly string[]): string | undefined {
  const node = item.entries?.get(field);
  const scalar = (index === undefined ? node : node?.items?.[Number(index)])?.scalar;
  return typeof scalar === 'string' ? scalar : undefined;
}

function meantBy(
  { fields, meant }: Provider,
  field: string,
  written: string,
): { readonly text: string; readonly isCertain: boolean } | undefined {
  const own = meant?.[field]?.(written);
  if (own !== undefined) return { text: own, isCertain: true };
  const part = fields[field];
  if (isHostAndPort(part)) {
    const fitting = part && rewritten(written, part);
    return fitting === undefined ? undefined : { text: fitting, isCertain: false };
  }
  const isHost = [part, part?.['items'] as SchemaPart | undefined].some((schema) =>
    String(schema?.['$ref']).endsWith('/hostName'),
  );
  // A port may be wanted, so that only the check of the provider sees it.
  const host = isHost ? hostIn(written) : undefined;
  return host === undefined ? undefined : { text: host, isCertain: false };
}
