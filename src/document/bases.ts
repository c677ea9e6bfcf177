import path from 'node:path';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from './input';
import { kindName } from '../forms/kinds';
import { hideAll } from './mask';
import { mergeNodes } from './merge';
import { readFile } from './read-nodes';
import { isTypeScript, type FilePlace } from './read-source';
import { nodeAt, toValue, type SourceNode } from './source-node';

/** How far `extends` may reach: a base of a base of a base … */
const DEPTH_LIMIT = 20;

/** The most files that one document may be made of; folders that link to each other give a file endless names. */
const FILES_LIMIT = 1000;

/** A document laid over those of its bases that can be had. */
interface Resolved {
  /** Missing when the document itself cannot be had. */
  readonly node?: SourceNode;
  /** Whether a base of it is missing. */
  readonly lacksBase?: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** How many levels of bases are below it. */
  readonly height: number;
  /** Absolute paths of its bases, and of theirs. */
  readonly bases?: readonly string[];
}

/** The files on the way from a document to one of its bases, the document first. */
type Chain = readonly string[];

/** The bases of documents. Each is read and resolved once, however many documents and ways lead to it. */
export class Bases {
  readonly #resolved = new Map<string, Resolved>();
  #filesLeft = FILES_LIMIT;

  constructor(private readonly input: DocumentInput) {}

  /** The document in `place` laid over everything that it extends. */
  resolve(node: SourceNode, place: FilePlace): Resolved & { readonly node: SourceNode } {
    this.#filesLeft = FILES_LIMIT;
    return { node, ...this.#overBases(node, place, [place.absolute]) };
  }

  #overBases(node: SourceNode, place: FilePlace, chain: Chain): Resolved {
    const extending = nodeAt(node, ['extends']);
    const names = extending?.items ?? (extending ? [extending] : []);
    // An empty list extends nothing; the schema says that it must not be empty.
    if (!node.entries || names.length === 0) return { node, diagnostics: [], height: 0 };
    // Several ways may lead to one base; what is wrong with it is said once.
    const found = new Set<Diagnostic>();
    const bases = new Set<string>();
    let base: SourceNode | undefined;
    let height = 0;
    let lacksBase = false;
    for (const name of names) {
      const resolved = this.#base(name, place, chain);
      for (const diagnostic of resolved.diagnostics) found.add(diagnostic);
      for (const file of resolved.bases ?? []) bases.add(file);
      height = Math.max(height, resolved.height + 1);
      lacksBase ||= !resolved.node || resolved.lacksBase === true;
      if (resolved.node) base = base ? mergeNodes(base, resolved.node) : resolved.node;
    }
    // A base says what its own files are relative to with its own extends; the extending document keeps only its own.
    const merged = base ? mergeNodes(withoutName(base), node) : node;
    return { node: merged, lacksBase, diagnostics: [...found], height, bases: [...bases] };
  }

  /** The document in the file that an item of `extends` names. */
  #base(item: SourceNode, from: FilePlace, chain: Chain): Resolved {
    const location = item.source.locate(item.start, item.end);
    const fail = (message: string, hint: string, code: Code = 'DOC011'): Resolved => ({
      diagnostics: [{ code, severity: 'error', message, location, path: '/extends', hint }],
      height: 0,
    });
    const name = item.scalar;
    if (typeof name !== 'string')
      return fail('extends takes the path of a document, or a list of paths', 'write: extends: ./base.yaml');
    if (isTypeScript(name) && item.source.language !== 'typescript')
      return fail(
        `${name} is a program, and a document in YAML or JSON runs none: it is data, safe to check no matter who wrote it`,
        'write the base in YAML or JSON, or this document in TypeScript',
        'DOC013',
      );
    const absolute = path.resolve(from.absolute, '..', name);
    const names = [...chain, absolute].map((file) => path.basename(file)).join(' → ');
    if (chain.includes(absolute))
      return fail(`The document extends itself: ${names}`, 'remove one extends of the circle');
    // Shown the way the extending document was named, so that nothing absolute appears that the user did not write.
    const shownName =
      from.isStandardInput || path.isAbsolute(name) ? name : path.join(path.dirname(from.shownName), name);
    const place = { absolute, shownName, isStandardInput: false };
    const tooDeep = (): Resolved =>
      fail(
        `The document extends more than ${DEPTH_LIMIT} levels of bases: ${names}`,
        'merge some of the bases into one',
      );
    if (chain.length > DEPTH_LIMIT) return tooDeep();
    const key = JSON.stringify([absolute, shownName]);
    const known = this.#resolved.get(key);
    // How deep it goes was only measured from where it was named first.
    if (known) return chain.length + known.height > DEPTH_LIMIT ? tooDeep() : known;
    if (this.#filesLeft === 0)
      return fail(
        `The document extends more than ${FILES_LIMIT} files`,
        'merge some of them; links between folders may give one file many names',
      );
    this.#filesLeft -= 1;
    const { nodes, diagnostics } = readFile(place, this.input, location);
    const [first] = nodes;
    if (!first) return this.#keep(key, { diagnostics, height: 0 });
    if (nodes.length > 1)
      return fail(
        `${name} holds ${nodes.length} documents; only a file with one can be extended`,
        'move the base into a file of its own',
      );
    if (!first.entries) return this.#keep(key, noMapping(first));
    const resolved = this.#overBases(first, place, [...chain, absolute]);
    return this.#keep(key, {
      ...resolved,
      diagnostics: [...diagnostics, ...resolved.diagnostics],
      bases: [absolute, ...(resolved.bases ?? [])],
    });
  }

  #keep(key: string, resolved: Resolved): Resolved {
    this.#resolved.set(key, resolved);
    return resolved;
  }
}

/** A base that is anything else would vanish under the document that is laid over it, with all that it was to say. */
function noMapping(node: SourceNode): Resolved {
  hideAll(node);
  return {
    diagnostics: [
      {
        code: 'SCH003',
        severity: 'error',
        message: `The document must be a mapping, not ${kindName(toValue(node))}`,
        location: node.source.locate(node.start, node.end),
        path: '',
        hint: 'write keys and values, with a colon and a space between them, or name the right file',
      },
    ],
    height: 0,
  };
}

/** A name is never inherited: two clusters that extend one base must not end up with one name. */
function withoutName(node: SourceNode): SourceNode {
  if (!node.entries) return node;
  const entries = new Map(node.entries);
  entries.delete('name');
  entries.delete('extends');
  return { ...node, entries };
}
