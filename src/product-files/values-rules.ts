import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceNode } from '../document/source-node';
import type { PachydermTarget } from '../releases/target';

/**
 * What rules of documents say of values of the official chart. It is given by those who can make a document of values, which comes
 * after this stage.
 *
 * @param found what was found in the values already
 */
export type ValuesRules = (
  root: SourceNode,
  target: PachydermTarget,
  found: readonly Diagnostic[],
) => readonly Diagnostic[];
