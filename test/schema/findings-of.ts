import { checkSchema } from '../../src/schema/check-schema';
import { documentOf } from '../support/input-of';

/** What the schema says about a document that has the lines that every document needs in front. */
export function findingsOf(
  text: string,
): [code: string, line: number, column: number, message: string, hint?: string][] {
  const document = documentOf(`apiVersion: pachkit/v1\nrelease: 2.11.6\n${text}`);
  return checkSchema(document)
    .map(
      ({ code, location, message, hint }) =>
        [code, location.range?.line ?? 0, location.range?.column ?? 0, message, hint] as const,
    )
    .sort((a, b) => a[1] - b[1] || a[2] - b[2])
    .map(([...finding]) => finding as [string, number, number, string, string?]);
}
