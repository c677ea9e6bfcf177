import { CHECKSUM_ANNOTATION } from '../../constructs/support/checksum';
import { isMapping } from '../../document/is-mapping';
import type { ClusterObject } from '../objects';
import { HOST_VALUE, literalTemplate } from './template-strings';

/** A host that no one has: what differs between objects with it and objects with the document's follows from the host. */
export const OTHER_HOST = 'host-of-the-values.pachkit.example';

/**
 * Objects as values whose strings are templates, in which the host is a value; undefined where something follows from the host
 * that no template can make, such as a ciphertext. A checksum over what has the host in it is another one for another host.
 */
export function hostTemplates(
  objects: readonly ClusterObject[],
  others: readonly ClusterObject[],
  host: string,
): readonly object[] | undefined {
  if (objects.length !== others.length) return undefined;
  const templates = objects.map(({ manifest }, index) => merged(manifest, others[index]?.manifest, host));
  return templates.includes(IMPOSSIBLE) ? undefined : (templates as object[]);
}

/** Objects as values whose strings are templates that render as themselves. */
export function fixedTemplates(objects: readonly ClusterObject[]): readonly object[] {
  return objects.map(({ manifest }) => merged(manifest, manifest, '') as object);
}

const IMPOSSIBLE = Symbol('no template makes it');

function merged(value: unknown, other: unknown, host: string, key?: string): unknown {
  if (typeof value === 'string' && typeof other === 'string') return stringTemplate(value, other, host, key);
  if (Array.isArray(value) && Array.isArray(other)) {
    if (value.length !== other.length) return IMPOSSIBLE;
    const items = value.map((item, index) => merged(item, other[index], host));
    return items.includes(IMPOSSIBLE) ? IMPOSSIBLE : items;
  }
  if (isMapping(value) && isMapping(other)) {
    const keys = Object.keys(value);
    if (keys.length !== Object.keys(other).length) return IMPOSSIBLE;
    const entries = keys.map((each) => [
      literalTemplate(each),
      Object.hasOwn(other, each) ? merged(value[each], other[each], host, each) : IMPOSSIBLE,
    ]);
    return entries.some(([, inner]) => inner === IMPOSSIBLE) ? IMPOSSIBLE : Object.fromEntries(entries);
  }
  return value === other ? value : IMPOSSIBLE;
}

function stringTemplate(text: string, other: string, host: string, key: string | undefined): unknown {
  if (text === other) return literalTemplate(text);
  if (key === CHECKSUM_ANNOTATION)
    return `{{ if eq ${HOST_VALUE} ${JSON.stringify(host)} }}${text}{{ else }}{{ printf "${text}/%s" ${HOST_VALUE} | sha256sum }}{{ end }}`;
  if (other.replaceAll(OTHER_HOST, host) !== text) return IMPOSSIBLE;
  return other.split(OTHER_HOST).map(literalTemplate).join(`{{ ${HOST_VALUE} }}`);
}
