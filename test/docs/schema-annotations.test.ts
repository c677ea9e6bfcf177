import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

function annotationsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/["`](x-[a-z-]+)["`]/g)].map(([, name]) => name ?? ''));
}

function schemaFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => path.join(folder, name));
}

test('every annotation of the schemas is documented, and no other', () => {
  const used = schemaFiles(path.join(root, 'schemas')).map((file) => fs.readFileSync(file, 'utf8'));
  const page = fs.readFileSync(path.join(root, 'docs', 'contributing', 'schema-annotations.md'), 'utf8');
  expect([...annotationsOf(page)].sort()).toEqual([...annotationsOf(used.join('\n'))].sort());
});
