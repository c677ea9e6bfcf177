import { parseTarget, type Target } from '../../../src/releases/target';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic';
import { SourceFile } from '../../../src/document/source-file';
import { checkProductFile } from '../../../src/pipeline/check-product-files';
import type { ProductFileKindName } from '../../../src/product-files/product-file';
import { productFileKinds } from '../../../src/product-files/registry';

/** A finding as tables have it: code, line, column. Warnings have a question mark behind their code. */
export type Row = readonly [code: string, line: number, column: number];

/** Everything that is wrong with a string, in the order of the places. */
export function check(
  kindName: ProductFileKindName,
  text: string,
  target: string,
  name = 'file.yml',
): Diagnostic[] {
  const kind = productFileKinds.find((each) => each.name === kindName);
  const parsed = parseTarget(target);
  if (!kind || !parsed.ok) throw new Error(`no such kind or target: ${kindName}, ${target}`);
  const targetOf: Target = parsed.target;
  const diagnostics = checkProductFile(new SourceFile(name, text, '/work'), kind, targetOf);
  const at = ({ location }: Diagnostic): number =>
    (location.range?.line ?? 0) * 10_000 + (location.range?.column ?? 0);
  return [...diagnostics].sort((a, b) => at(a) - at(b));
}

export function rows(diagnostics: readonly Diagnostic[]): Row[] {
  return diagnostics.map(({ code, severity, location }) => [
    severity === 'warning' ? `${code}?` : code,
    location.range?.line ?? 0,
    location.range?.column ?? 0,
  ]);
}

/** The one finding of a string. */
export function only(kindName: ProductFileKindName, text: string, target: string): Diagnostic {
  const diagnostics = check(kindName, text, target);
  expect(rows(diagnostics)).toHaveLength(1);
  return diagnostics[0] as Diagnostic;
}
