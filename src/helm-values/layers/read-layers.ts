import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic';
import type { DocumentInput } from '../../document/input';
import { isSecretName, showExceptSecrets } from '../../document/mask';
import { placeOf, readSource } from '../../document/read-source';
import { readYaml } from '../../document/read-yaml';
import { SourceFile } from '../../document/source-file';
import type { SourceNode } from '../../document/source-node';
import { asHelmReads, asHelmTakes, type Inconvertible } from './helm-yaml';
import { readJsonValue } from './json-value';
import { laidOver } from './lay-over';
import { mayBeTemplate, templateAround, templateOfYtt } from './template-around';
import { SET_FLAGS, type SetFlag } from './set-flags';
import { applySet, type SetSyntax } from './set-parser';
import { SetProblem } from './set-problem';

/** Values as helm install is given them. */
export interface ValueLayers {
  /** Files, each laid over those before it; `-` is standard input. */
  readonly files: readonly string[];
  /** Arguments of options that set single values, in their order. */
  readonly sets: readonly SetArgument[];
  /** The key that the values of the chart stand under, in those of a chart that depends on it. @default what the values tell */
  readonly key?: string | undefined;
}

/** An argument such as `pachd.replicas=2` of `--set`. */
export interface SetArgument {
  readonly flag: SetFlag['name'];
  readonly text: string;
}

/** One file of values as it was read. */
export interface FileLayer {
  readonly source: SourceFile;
  /** One for each YAML document; none for an empty file. */
  readonly nodes: readonly SourceNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lays files of values and single values over each other as Helm does: mappings merge, everything else replaces, and null stays,
 * for it takes a default of the chart away. Every value keeps the place where it was written, in a file or in an argument.
 *
 * @param check what is to be found in each file; a file with an error is not part of the values
 * @returns no root when nothing could be read; whether it is all that the layers say
 */
export function readLayers(
  layers: ValueLayers,
  input: DocumentInput,
  check: (layer: FileLayer) => readonly Diagnostic[],
): { readonly root?: SourceNode; readonly diagnostics: Diagnostic[]; readonly isWhole: boolean } {
  const diagnostics: Diagnostic[] = [];
  let root: SourceNode | undefined;
  let isWhole = true;
  for (const file of layers.files) {
    const layer = readFileLayer(file, input, diagnostics);
    const found = layer ? [...layer.diagnostics, ...check(layer)] : [];
    diagnostics.push(...found);
    // Of duplicate keys Helm takes the last.
    if (!layer || found.some(({ code, severity }) => severity === 'error' && code !== 'DOC004')) {
      isWhole = false;
      continue;
    }
    const [node] = layer.nodes;
    if (!node?.entries) continue;
    const read = asHelmReads(node, (problem) => {
      isWhole = false;
      diagnostics.push(inconvertible(problem));
    });
    root = root ? laidOver(root, read) : read;
  }
  const before = diagnostics.length;
  root = withArguments(root, layers.sets, input, diagnostics);
  return { ...(root ? { root } : {}), diagnostics, isWhole: isWhole && diagnostics.length === before };
}

function readFileLayer(file: string, input: DocumentInput, diagnostics: Diagnostic[]): FileLayer | undefined {
  const place = placeOf(file, input);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(file)) {
    diagnostics.push({
      code: 'DOC001',
      severity: 'error',
      message: `${place.shownName}: values are not downloaded`,
      location: { file: place.shownName },
      path: '',
      hint: 'download the file, and name it',
    });
    return undefined;
  }
  const { source, diagnostics: found } = readSource(place, input, { file: place.shownName });
  diagnostics.push(...found);
  if (!source) return undefined;
  const { nodes, diagnostics: reading } = readYaml(source);
  const template = templateOfYtt(source) ?? (mayBeTemplate(reading) ? templateAround(source) : undefined);
  if (template) return { source, nodes: [], diagnostics: [template] };
  return { source, nodes, diagnostics: reading.flatMap((each) => asHelmTakes(each) ?? []) };
}

function withArguments(
  root: SourceNode | undefined,
  sets: readonly SetArgument[],
  input: DocumentInput,
  diagnostics: Diagnostic[],
): SourceNode | undefined {
  let result = root;
  for (const flag of SET_FLAGS) {
    const own = sets.filter((argument) => argument.flag === flag.name);
    for (const [index, { text }] of own.entries()) {
      const name = own.length > 1 ? `--${flag.name} #${index + 1}` : `--${flag.name}`;
      const source = new SourceFile(name, text, input.directory, 'argument');
      const base = result ?? { source, start: 0, end: 0, entries: new Map() };
      try {
        result = withArgument(base, source, flag, input, diagnostics);
        showExceptSecrets(source, [result]);
      } catch (error) {
        if (!(error instanceof SetProblem)) throw error;
        diagnostics.push(refused(error, source, flag));
      }
    }
  }
  return result;
}

function withArgument(
  base: SourceNode,
  source: SourceFile,
  flag: SetFlag,
  input: DocumentInput,
  diagnostics: Diagnostic[],
): SourceNode {
  // Helm 4 reads an object as a whole.
  const start = source.text.search(/\S/);
  if (flag.reads === 'json' && source.text[start] === '{')
    return laidOver(base, readJsonValue(source, start).node);
  const syntax: SetSyntax = {
    isLiteral: flag.isLiteral === true,
    convert: (text, from, to) => {
      if (flag.reads === 'typed') return typedValue(text);
      return flag.reads === 'file' ? fileText(text, source.locate(from, to), input, diagnostics) : text;
    },
    readValue: flag.reads === 'json' ? readJsonValue : undefined,
  };
  return applySet(base, source, syntax);
}

/** What --set makes of a value: true, false, null and whole numbers of 64 bits in any case; everything else is a string. */
function typedValue(text: string): string | number | boolean | null {
  if (/^true$/iu.test(text)) return true;
  if (/^false$/iu.test(text)) return false;
  if (/^null$/iu.test(text)) return null;
  if (text === '0') return 0;
  if (text.startsWith('0') || !/^[-+]?\d+$/.test(text)) return text;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -LARGEST - 1n && value <= LARGEST ? Number(value) : text;
}

const LARGEST = 2n ** 63n - 1n;

function fileText(
  name: string,
  location: SourceLocation,
  input: DocumentInput,
  diagnostics: Diagnostic[],
): string {
  const { source, diagnostics: found } = readSource(
    placeOf(name.trim() === '-' ? '-' : name, input),
    input,
    location,
  );
  diagnostics.push(...found);
  return source?.text ?? '';
}

function inconvertible({ node, says, hint, isKey }: Inconvertible): Diagnostic {
  const { source, keyStart, keyEnd, start, end } = node;
  return {
    code: 'FIL028',
    severity: 'error',
    message: `Helm cannot read the values: \`error converting YAML to JSON: ${says}\``,
    location: isKey === true ? source.locate(keyStart ?? start, keyEnd ?? end) : source.locate(start, end),
    path: '',
    hint,
  };
}

function refused(
  { reason, says, start, end, hint }: SetProblem,
  source: SourceFile,
  flag: SetFlag,
): Diagnostic {
  const isSecret = hidesSecret(source);
  // Where a comma was meant as a part of a secret, the name of the key is a part of it.
  const shown = (text: string): string =>
    isSecret ? text.replace(/`[^`]*`/g, 'a key').replace(/"(?:[^"\\]|\\.)*"?/g, '"…"') : text;
  // Of JSON Helm does not tell what is wrong.
  const printed = says === undefined || flag.reads === 'json' ? '' : `: ${shown(says)}`;
  return {
    code: 'FIL028',
    severity: 'error',
    message: `Helm cannot read \`--${flag.name}\`, for ${shown(reason)}: \`${flag.says}${printed}\``,
    location: source.locate(start, Math.max(end, start + 1)),
    path: '',
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Shows an argument that cannot be parsed, but for what may be a secret in it; whether there is any. */
function hidesSecret(source: SourceFile): boolean {
  const { text } = source;
  source.markRead();
  const names = [...text.matchAll(/(?<![\w-])([\w-]+)(?:\[[^[\]]*\])*\s*[=:]|"([\w-]+)"\s*:/g)];
  const first = names.find(([, name = '', quoted = '']) => isSecretName(name) || isSecretName(quoted));
  if (!first) return false;
  source.hide(first.index + first[0].length, text.length);
  return true;
}
