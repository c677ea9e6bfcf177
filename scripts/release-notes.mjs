// Prints the section of CHANGELOG.md about one version.
//
//   node scripts/release-notes.mjs v0.2.0

import fs from 'node:fs';

const version = (process.argv[2] ?? '').replace(/^v/, '');
const changelog = fs.readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const section = changelog.split(/^## /m).find((text) => text.split('\n', 1)[0].trim() === version);
if (!section) {
  console.error(`CHANGELOG.md has no section "## ${version}"`);
  process.exitCode = 1;
} else {
  console.log(section.slice(section.indexOf('\n') + 1).trim());
}
