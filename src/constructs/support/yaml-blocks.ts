/** Writes values as YAML as js-yaml does. */
export type Dump = (value: unknown) => string;

type Scalar = string | number | boolean | null;

/** Scalars that are kept for other values: the keys of Kubernetes and a few hundred values recur all the time. */
const KEPT = 10_000;

/** js-yaml writes a longer key otherwise. */
const LONGEST_KEY = 1000;

/**
 * Words of six or more characters that begin with a letter, URLs and paths among them. Everything that YAML takes for something
 * else than a string begins with another character or is shorter (`false`), so these are written as they are.
 */
const WORD = /^[A-Za-z](?:[\w./-]|:(?=[\w./-])){5,}$/;

/** A checksum or an id in hexadecimal digits; a, c, d and f are in no number that is written with those. */
const DIGEST = /^(?=.*[acdf])[\da-f]{6,}$/;

/** Lines of ASCII that are written as a literal block without an indicator of their indentation. */
const LINES = /^[!-~][ -~\n]*$/;

/**
 * A writer of block collections that asks `dump` for each scalar once. Deciding how a scalar is written takes js-yaml a dozen
 * regular expressions, and four of five scalars of manifests are repeated; it is not asked for those of which the form is
 * certain. Undefined for what has to be left to `dump` as a whole.
 */
export function blockWriter(dump: Dump): (value: unknown) => string | undefined {
  const known = new Map<Scalar, string>();

  /** Whether all of a value can be written here. Adds the scalars that are not known yet. */
  const gather = (value: unknown, fresh: Set<Scalar>): boolean => {
    if (typeof value === 'string' && known.has(value)) return true;
    if (Array.isArray(value)) return value.every((item) => gather(item ?? null, fresh));
    if (isPlainObject(value))
      return Object.keys(value).every(
        (key) =>
          key.length <= LONGEST_KEY &&
          (known.has(key) || (!key.includes('\n') && gather(key, fresh))) &&
          (value[key] === undefined || gather(value[key], fresh)),
      );
    if (!isScalar(value)) return false;
    if (isText(value)) return !LEAVES_DOCUMENT_OPEN.test(value);
    if (known.has(value)) return true;
    if (isCertain(value)) known.set(value, String(value));
    else fresh.add(value);
    return true;
  };

  const learn = (fresh: readonly Scalar[]): boolean => {
    if (fresh.length === 0) return true;
    const lines = dump(fresh).split('\n');
    fresh.forEach((scalar, index) => known.set(scalar, lines[index]?.slice('- '.length) ?? ''));
    return lines.length === fresh.length + 1;
  };

  const block = (collection: object, indent: string): string => {
    const inner = `${indent}  `;
    let lines = '';
    const add = (line: string): void => {
      lines += lines === '' ? line : `\n${indent}${line}`;
    };
    if (Array.isArray(collection))
      for (const item of collection as unknown[]) {
        if (isText(item)) add(literal('-', item, inner) ?? indented(dump([item]), indent));
        else add(`- ${isBlock(item) ? block(item, inner) : flow(item)}`);
      }
    else
      for (const [key, child] of Object.entries(collection)) {
        if (child === undefined) continue;
        const name = `${known.get(key)}:`;
        if (isText(child)) add(literal(name, child, inner) ?? indented(dump({ [key]: child }), indent));
        else add(`${name}${isBlock(child) ? `\n${inner}${block(child, inner)}` : ` ${flow(child)}`}`);
      }
    return lines;
  };

  const flow = (value: unknown): string =>
    Array.isArray(value) ? '[]' : isPlainObject(value) ? '{}' : (known.get((value ?? null) as Scalar) ?? '');

  return (value) => {
    if (known.size > KEPT) known.clear();
    const fresh = new Set<Scalar>();
    if (!isBlock(value) || !gather(value, fresh) || !learn([...fresh])) return undefined;
    // Joined, because V8 keeps what is concatenated as a tree, and what clusters have in common is written for each.
    return [block(value, ''), ''].join('\n');
  };
}

/** Whether a scalar is written as the text that it is. */
function isCertain(value: Scalar): boolean {
  if (typeof value === 'string') return WORD.test(value) || DIGEST.test(value);
  return typeof value !== 'number' || (Number.isSafeInteger(value) && value >= 0);
}

/** Several lines as a literal block behind `name`; undefined where another form may be needed. */
function literal(name: string, lines: string, indent: string): string | undefined {
  if (!LINES.test(lines)) return undefined;
  const [header, content] = lines.endsWith('\n') ? ['|', lines.slice(0, -1)] : ['|-', lines];
  return `${name} ${header}\n${indent}${content.replaceAll(/\n(?!\n|$)/g, `\n${indent}`)}`;
}

/** A string that YAML leaves a document open after. */
const LEAVES_DOCUMENT_OPEN = /^\n$|\n\n$/;

/** Several lines: how they are written depends on the place that they are in. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return !Object.is(value, -0);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether a value is written below its key. */
function isBlock(value: unknown): value is object {
  if (Array.isArray(value)) return value.length > 0;
  return isPlainObject(value) && Object.values(value).some((child) => child !== undefined);
}

/** A part of a document, without its last line break, moved to the right. Empty lines stay empty. */
function indented(text: string, indent: string): string {
  return text.slice(0, -1).replaceAll(/\n(?!\n|$)/g, `\n${indent}`);
}
