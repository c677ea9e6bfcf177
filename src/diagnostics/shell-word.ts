/**
 * A string as one word of a POSIX shell: in quotes when the shell would read it in another way. Control characters, which would
 * reach the terminal of anyone who sees the command, are written as escapes, which bash, zsh and ksh read.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `$'${escaped}'`;
}

const CONTROL = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
