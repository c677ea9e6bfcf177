import { isMapping } from '../../../src/document/is-mapping';
/** The leaves of a JSON value by their paths, in the way in which `pachkit diff` writes paths. */
export function leavesOf(value: unknown, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(value, path, found);
  return found;
}

const NAMES = ['name', 'containerPort', 'mountPath', 'port', 'key', 'ip', 'host', 'path', 'type'];

function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (Array.isArray(value) && value.length > 0) {
    const name = NAMES.find((field) => {
      const names = value.map((item: unknown) => (isMapping(item) ? item[field] : undefined));
      return (
        names.every((each) => typeof each === 'string' || typeof each === 'number') &&
        new Set(names).size === value.length
      );
    });
    value.forEach((item: unknown, index) =>
      collect(
        item,
        `${path}[${name === undefined ? index : `${name}=${String((item as Record<string, unknown>)[name])}`}]`,
        found,
      ),
    );
  } else if (isMapping(value) && Object.keys(value).length > 0)
    for (const [key, inner] of Object.entries(value)) {
      const step = /^[\w-]+$/.test(key) ? `${path === '' ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`;
      collect(inner, path + step, found);
    }
  else found.set(path, JSON.stringify(value));
}

/** What API servers and deploys write into objects, which no document says. */
const OWN =
  /^(status|metadata\.(managedFields|resourceVersion|uid|generation|creationTimestamp|labels\["applyset\.kubernetes\.io\/part-of"\]|annotations\["deployment\.kubernetes\.io\/revision"\]))/;

/** Paths of the leaves that two states of an object do not agree about. */
export function changedLeaves(before: unknown, after: unknown): readonly string[] {
  const [old, wanted] = [leavesOf(before), leavesOf(after)];
  const changed = [...new Set([...old.keys(), ...wanted.keys()])]
    .filter((path) => !OWN.test(path) && old.get(path) !== wanted.get(path))
    .sort();
  // What is empty on one side is no leaf on the other.
  const isAbove = (path: string, other: string): boolean =>
    other.startsWith(`${path}.`) || other.startsWith(`${path}[`);
  return changed.filter((path) => !changed.some((other) => isAbove(path, other)));
}
