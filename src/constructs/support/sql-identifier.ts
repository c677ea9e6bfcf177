/**
 * Whether SQL takes a name as it is. Any other needs double quotes: PostgreSQL would turn capitals into lowercase letters and
 * take the key words below for syntax.
 */
export function isPlainIdentifier(name: string): boolean {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name);
}

/** A name as SQL takes it: as it is where that is the name, else in double quotes. */
export function sqlIdentifier(name: string): string {
  return isPlainIdentifier(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** Key words of PostgreSQL 13 that are no names of databases without quotes (its manual, appendix C). */
const RESERVED = new Set(
  `all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
  column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
  from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
  localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
  returning right select session_user similar some symmetric table tablesample then to trailing true union unique user
  using variadic verbose when where window with`.split(/\s+/),
);
