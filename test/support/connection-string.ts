const BLANKS = '\t\n\v\f\r ';

/**
 * The settings of a connection string of key=value words, as pgconn 1.14 reads it, which pachd's driver of PostgreSQL is
 * made of. Throws pgconn's error for a string that it cannot read.
 */
export function readConnectionString(text: string): Record<string, string> {
  const settings: Record<string, string> = {};
  let rest = text;
  while (rest.length > 0) {
    const equals = rest.indexOf('=');
    if (equals < 0) throw new Error('invalid keyword/value');
    const key = trim(rest.slice(0, equals));
    if (key === '') throw new Error('invalid keyword/value');
    rest = rest.slice(equals + 1).replace(/^[\t-\r ]+/, '');
    const isQuoted = rest.startsWith("'");
    if (isQuoted) rest = rest.slice(1);
    let end = 0;
    for (; end < rest.length; end++) {
      const character = rest[end] ?? '';
      if (isQuoted ? character === "'" : BLANKS.includes(character)) break;
      if (character !== '\\') continue;
      end++;
      if (!isQuoted && end === rest.length) throw new Error('invalid backslash');
    }
    if (isQuoted && end >= rest.length)
      throw new Error('unterminated quoted string in connection info string');
    settings[key] = rest.slice(0, end).replaceAll('\\\\', '\\').replaceAll("\\'", "'");
    rest = rest.slice(end + 1);
  }
  return settings;
}

function trim(text: string): string {
  return text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
}
