// Writes what is derived from the schemas and registries: validators, types, reference pages. Every file in
// scripts/generators exports `generate()`, which returns the files it is responsible for, by path.
//
//   node scripts/generate.mjs           writes them
//   node scripts/generate.mjs --check   says which differ from what is checked in, and exits 1
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const generators = path.join(root, 'scripts', 'generators');
const check = process.argv.includes('--check');

/** What these write, others read. */
const FIRST = ['dex-key-ranges.mjs', 'releases.mjs', 'kubernetes-fields.mjs', 'providers.mjs'];

let stale = 0;
let written = 0;
const others = fs.readdirSync(generators).filter((name) => name.endsWith('.mjs') && !FIRST.includes(name));
for (const file of [...FIRST, ...others.sort()]) {
  const { generate } = await import(pathToFileURL(path.join(generators, file)).href);
  for (const [name, content] of Object.entries(await generate(root))) {
    const target = path.join(root, name);
    const current = fs.existsSync(target) ? fs.readFileSync(target, 'utf8') : undefined;
    if (current === content) continue;
    if (check) {
      console.error(
        `${name} is not what ${path.posix.join('scripts/generators', file)} makes; run: npm run generate`,
      );
      stale++;
      continue;
    }
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
    console.log(`wrote ${name}`);
    written++;
  }
}
if (!check && written === 0) console.log('everything is up to date');
process.exitCode = stale > 0 ? 1 : 0;
