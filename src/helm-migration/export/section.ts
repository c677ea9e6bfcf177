import type { ExportContext } from './export-context';

/** Fields of a document that values of the chart say together, or in another way. */
export interface ExportSection {
  /** Reads fields, and sets values. */
  restore(context: ExportContext): void;
}
