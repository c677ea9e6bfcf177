import fs from 'node:fs';
import path from 'node:path';

const SOURCES = path.resolve(__dirname, '../../src');

/** What a comparison of versions looks like, and the constants that it would need. */
const COMPARISONS = [
  /\b[A-Z_]*(_SINCE|_MINOR)\b(?! *[,}]? *from)/,
  /\bminorOf\b/,
  /\bversion\.(minor|patch)\b/,
  /\b(since|before): '2\.\d/,
];

const files = fs
  .readdirSync(SOURCES, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !/^(releases|generated)\//.test(file));

test('only src/releases compares versions; everything else asks for a trait', () => {
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    fs
      .readFileSync(path.join(SOURCES, file), 'utf8')
      .split('\n')
      .filter((line) => COMPARISONS.some((comparison) => comparison.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  // The name of an annotation of the schemas.
  expect(found.filter((line) => !line.includes('OPTIONAL_SINCE'))).toEqual([]);
});
