import type { Fix } from '../../diagnostics/diagnostic';

export { replaceText } from '../../document/replace-text';

/** `{ fix }` for a finding, or nothing where there is no fix. */
export function withFix(fix: Fix | undefined): { fix?: Fix } {
  return fix === undefined ? {} : { fix };
}
