// From src/releases/: what schemas and documentation that are written by hand say of supported releases. Only those places
// are replaced; the rest of each file stays as it is.
import fs from 'node:fs';
import path from 'node:path';
import { loadSources } from '../support/load-sources.mjs';

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];

export async function generate(root) {
  const facts = await loadSources(
    root,
    [
      "export * from './src/releases/dex';",
      "export * from './src/releases/pachyderm';",
      "export * from './src/releases/roles';",
      "export * from './src/releases/supported';",
      "export { minorSpan } from './src/releases/target';",
    ].join('\n'),
  );
  const places = { ...schemaPlaces(facts), ...documentationPlaces(facts) };
  return Object.fromEntries(
    Object.entries(places).map(([file, replacements]) => [file, replaced(root, file, replacements)]),
  );
}

function schemaPlaces({
  DEX_LINES,
  DEFAULT_DEX_VERSION,
  EXAMPLE_RELEASES,
  allRoles,
  minorSpan,
  supportedReleases,
}) {
  const { oldest, newest } = minorSpan('dex');
  const minors = DEX_LINES.map(({ minor }) => minor).join('|');
  return {
    'schemas/cluster.schema.json': [
      [/(?<=The Pachyderm release that runs: )[^"]*?(?=\. It decides)/, inWords(supportedReleases(), 'or')],
      [/(?<=a release such as )[^"]*?(?=, without a leading v",\s*"examples": \[)/, EXAMPLE_RELEASES[0]],
      [/(?<="a release such as [^"]*",\s*"examples": )\[[^\]]*\]/, list(EXAMPLE_RELEASES)],
      [
        /(?<="role": \{[^{}]*"enum": \[\n)[^\]]*(?=\n *\])/,
        allRoles()
          .map((role) => `        ${JSON.stringify(role)}`)
          .join(',\n'),
      ],
      [
        /(?<="pattern": "\^2\\\\\.\()[0-9|]*(?=\)\\\\\.\[0-9\]\+\$",\s*"x-expected": "a release of Dex)/,
        minors,
      ],
      [/(?<="a release of Dex from )[^",]*/, `2.${oldest}.0 to 2.${newest}`],
      [
        /(?<="a release of Dex from [^"]*",\s*"default": )"[^"]*"(?=,\s*"examples")/,
        JSON.stringify(DEFAULT_DEX_VERSION),
      ],
      [
        /(?<="a release of Dex from [^"]*",\s*"default": "[^"]*",\s*"examples": )\[[^\]]*\]/,
        list([DEFAULT_DEX_VERSION, `2.${newest - 1}.0`]),
      ],
    ],
  };
}

function documentationPlaces({ generations, minorSpan }) {
  const { oldest, newest } = minorSpan('dex');
  const lines = generations().map(({ first, last }) =>
    first === last ? `2.${first}` : `2.${first} to 2.${last}`,
  );
  return {
    'README.md': [
      [/(?<=the )\w+(?= generations of Pachyderm's bootstrap \()/, COUNTS[lines.length]],
      [/(?<=generations of Pachyderm's bootstrap \()[^)]*/, lines.join(', ')],
    ],
    'docs/guide/dex.md': [[/(?<=any release from )2\.\d+ to 2\.\d+/, `2.${oldest} to 2.${newest}`]],
  };
}

function replaced(root, file, replacements) {
  return replacements.reduce(
    (text, [place, value]) => {
      if (!place.test(text)) throw new Error(`${file} has no place for ${value}: ${place}`);
      return text.replace(place, () => value);
    },
    fs.readFileSync(path.join(root, file), 'utf8'),
  );
}

function inWords(words, conjunction) {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

function list(texts) {
  return `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;
}
