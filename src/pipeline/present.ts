import { compare, sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import { maskMessage, maskUrlPasswords } from '../document/mask';

/** Longest value that a message quotes, and longest message, in characters. */
const VALUE_LIMIT = 200;
const MESSAGE_LIMIT = 1500;

/** Findings as they are handed out: in order, each once, and fit to be printed. */
export function present(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return sortDiagnostics(once(diagnostics.map(presentable)));
}

/** A base has as many findings as documents extend it. Those that say the same of the same place are one, of several clusters. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const found = new Map<string, { readonly first: Diagnostic; readonly clusters: Set<string> }>();
  for (const diagnostic of diagnostics) {
    const { code, severity, message, hint, path, location } = diagnostic;
    const key = JSON.stringify([code, severity, message, hint, path, location.file, location.range]);
    const same = found.get(key) ?? { first: diagnostic, clusters: new Set() };
    for (const cluster of diagnostic.clusters ?? []) same.clusters.add(cluster);
    found.set(key, same);
  }
  return [...found.values()].map(({ first, clusters }) => {
    if (clusters.size > 1) return { ...first, clusters: [...clusters].sort(compare) };
    const { clusters: one, ...diagnostic } = first;
    return one ? diagnostic : first;
  });
}

/** A finding without passwords of URLs, and without values that no one wants to read to their end. */
export function presentable(diagnostic: Diagnostic): Diagnostic {
  const { message, hint, location } = diagnostic;
  return {
    ...diagnostic,
    message: inShort(message),
    location: { ...location, file: maskUrlPasswords(location.file) },
    ...(hint === undefined ? {} : { hint: inShort(hint) }),
  };
}

function inShort(text: string): string {
  const shown = maskMessage(text);
  if (shown.length <= VALUE_LIMIT) return shown;
  const shorter = shown.replace(QUOTED, cut).replace(WORD, cut);
  return shorter.length > MESSAGE_LIMIT ? `${shorter.slice(0, MESSAGE_LIMIT)}…` : shorter;
}

/** What is in quotes, and what has no space in it. */
const QUOTED = new RegExp(`(["\`])(?:(?!\\1)[^]){${VALUE_LIMIT},}\\1`, 'g');
const WORD = new RegExp(`\\S{${VALUE_LIMIT},}`, 'g');

function cut(value: string): string {
  const last = /["`]$/.exec(value)?.[0] ?? '';
  return `${value.slice(0, VALUE_LIMIT / 2)}…${last}`;
}
