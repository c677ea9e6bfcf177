import type { Product, Target } from '../releases/target';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';
import type { ValuesRules } from './values-rules';

/** A file that a product reads itself, as it was read here. */
export interface ProductFile {
  readonly source: SourceFile;
  /** One for each document in it; at least one. */
  readonly roots: readonly SourceNode[];
}

/** What can be made out of a string that is not well-formed. */
export interface RecoveredFile extends ProductFile {
  /** What is wrong with the text, beside what its parser says. */
  readonly diagnostics: readonly Diagnostic[];
  /** What to do about the parser's error, knowing what the file is; undefined where what the parser says is beside the point. */
  readonly hint?: string;
}

export type ProductFileKindName = 'connector' | 'dex-config' | 'helm-values' | 'upstream-idps';

/** A kind of file that people have without pachkit: how it is told from others, and how it is checked. */
export interface ProductFileKind {
  readonly name: ProductFileKindName;
  /** What a file of the kind is called in a sentence: `a connector file`. */
  readonly title: string;
  /** Whose files they are; the first one's newest version is the target unless the user names one. */
  readonly products: readonly Product[];
  /** Whether a document can be nothing but a file of this kind. */
  recognizes(root: SourceNode): boolean;
  /** Whether it is read by a reader that wants no indentation inside of brackets and quotes. */
  readonly readsLoosely?: true;
  /** Whether a rule of its own looks for escapes that the reader refuses. */
  readonly checksEscapes?: true;
  /** The file behind a string that is not well-formed, when it is of this kind and can be made out. */
  recover?(source: SourceFile): RecoveredFile | undefined;
  /** Says what the product makes of something that was found when the text was read; undefined when it reads that. */
  explainReading?(diagnostic: Diagnostic): Diagnostic | undefined;
  /** The target that a file is for by what it says; the newest one where it has no way to say it. */
  targetIn?(roots: readonly SourceNode[]): Target | undefined;
  check(file: ProductFile, target: Target, rules?: ValuesRules): Diagnostic[];
  /** What was checked and what was not, for a file without errors. */
  summary?(file: ProductFile): string | undefined;
}
