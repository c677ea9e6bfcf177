/** A path that begins as one, with an ending that files with secrets have. */
const FILE = /^(\.{1,2}|~)?\/[\w./-]{1,200}\.(txt|key|pem|crt|json|token|secret|lic)$/i;

/** What a string in the place of a secret was meant as, that can hardly be the secret itself; undefined for all others. */
export function meantAs(text: string): 'variable' | 'file' | undefined {
  if (/^\$(\{[A-Z_][A-Z0-9_]*\}|[A-Z_][A-Z0-9_]*)$/.test(text)) return 'variable';
  return FILE.test(text) ? 'file' : undefined;
}
