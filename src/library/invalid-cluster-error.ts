import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';

/** Thrown by a construct whose props are no cluster that works. Its message lists every error. */
export class InvalidClusterError extends Error {
  /** `InvalidClusterError`. */
  override readonly name = 'InvalidClusterError';

  constructor(
    /** Path of the construct in its tree, such as `infrastructure/pachyderm`. */
    readonly constructPath: string,
    /** Everything that was found, warnings included. `path` leads to the prop, as a JSON pointer. */
    readonly diagnostics: readonly Diagnostic[],
  ) {
    super(messageOf(constructPath, diagnostics));
  }
}

/** Throws when there is an error among the diagnostics; returns the rest. */
export function withoutErrors(
  constructPath: string,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (hasErrors(diagnostics)) throw new InvalidClusterError(constructPath, diagnostics);
  return diagnostics;
}

function messageOf(constructPath: string, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lines = errors.map(
    ({ code, message, path, hint }) =>
      `  ${code} ${path === '' ? '' : `${path} `}${message}${hint === undefined ? '' : `\n    help: ${hint}`}`,
  );
  const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
  return [`the props of ${constructPath} have ${count}:`, ...lines].join('\n');
}
