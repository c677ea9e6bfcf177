import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ProductFileKind } from '../product-files/product-file';
import { defaultTarget } from '../product-files/registry';
import { describeTarget, type Target } from '../releases/target';

/** That a product does not read files of a kind. */
export function unsuitedTarget(file: string, kind: ProductFileKind, target: Target): Diagnostic {
  return {
    code: 'FIL013',
    severity: 'error',
    message: `${file} is ${kind.title}, which ${describeTarget(target)} does not read`,
    location: { file },
    path: '',
    hint: `name a version of what reads it, such as --target ${defaultTarget(kind)}`,
  };
}
