import type { Code } from '../diagnostics/codes';
import type { Diagnostic, Fix, Severity, SourceLocation } from '../diagnostics/diagnostic';
import { maskMessage } from '../document/mask';
import type { RuleFinding } from '../rules/registry';
import { locate, toPointer, type PathStep, type SourceNode } from '../document/source-node';

/** What a finding may have beside its code, place and message. */
export interface FindingDetails {
  readonly hint?: string | undefined;
  /** Point to the key instead of the value. */
  readonly onKey?: boolean;
  /** @default 'error' */
  readonly severity?: Severity;
  readonly fix?: Fix | undefined;
  /** Where to point instead of the place of the value. */
  readonly location?: SourceLocation | undefined;
  /** Parts of the message, for other code; see {@link Diagnostic.data}. */
  readonly data?: Diagnostic['data'];
}

/** Collects findings about a tree, or about a part of one. */
export class Report {
  readonly diagnostics: Diagnostic[];

  constructor(
    readonly root: SourceNode,
    /** The path of `root` in its document. */
    private readonly base: readonly PathStep[] = [],
    /** The path as the document has it, where the tree was rearranged. */
    private readonly asWritten: (path: readonly PathStep[]) => readonly PathStep[] = (path) => path,
    collected: Diagnostic[] = [],
  ) {
    this.diagnostics = collected;
  }

  /** Passwords in URLs that the message or the hint quotes are hidden. */
  add(code: Code, path: readonly PathStep[], message: string, details: FindingDetails = {}): void {
    this.diagnostics.push({
      code,
      severity: details.severity ?? 'error',
      message: maskMessage(message),
      location: details.location ?? locate(this.root, path, details.onKey),
      path: this.pointer(path),
      ...(details.hint === undefined ? {} : { hint: maskMessage(details.hint) }),
      ...(details.fix === undefined ? {} : { fix: details.fix }),
      ...(details.data === undefined ? {} : { data: details.data }),
    });
  }

  hasFindingAt(path: readonly PathStep[]): boolean {
    const pointer = this.pointer(path);
    return this.diagnostics.some((each) => each.path === pointer);
  }

  /** Adds what rules say about the tree. */
  addAll(findings: Iterable<RuleFinding>): void {
    for (const { code, path, message, ...details } of findings) this.add(code, path, message, details);
  }

  /** The same report on another tree in place of this one. */
  over(root: SourceNode): Report {
    return new Report(root, this.base, this.asWritten, this.diagnostics);
  }

  pointer(path: readonly PathStep[]): string {
    return toPointer([...this.base, ...this.asWritten(path)]);
  }
}
