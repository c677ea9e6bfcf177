import fs from 'node:fs';
import path from 'node:path';
import { parseTarget } from '../src/releases/target';
import { validateFiles, type ValidateOptions } from '../src/pipeline/validate-files';

const FOLDER = path.join(__dirname, 'fixtures', 'sound-set-ups');

/** Whose version the end of a file's name is; documents name their release themselves. */
const PRODUCTS: Readonly<Record<string, 'pachyderm' | 'dex' | undefined>> = {
  connectors: 'pachyderm',
  dex: 'dex',
  documents: undefined,
  values: 'pachyderm',
};

const files = Object.keys(PRODUCTS).flatMap((folder) =>
  fs.readdirSync(path.join(FOLDER, folder)).map((file) => [folder, file] as const),
);

function optionsFor(folder: string, file: string): ValidateOptions {
  const product = PRODUCTS[folder];
  if (product === undefined) return {};
  const version = /-(\d+\.\d+)\.(ya?ml|json)$/.exec(file)?.[1];
  const parsed = parseTarget(`${product}@${version}`);
  if (!parsed.ok) throw new Error(`${file}: ${parsed.message}`);
  return { target: parsed.target };
}

test.each(files)('%s/%s, with which people log in, has no finding', (folder, file) => {
  const input = {
    directory: path.join(FOLDER, folder),
    readFile: (name: string) => fs.readFileSync(name),
    readStandardInput: () => Buffer.from(''),
  };
  const { diagnostics, documents, productFiles } = validateFiles([file], input, optionsFor(folder, file));
  expect(diagnostics.map(({ code, severity, message }) => `${severity} ${code}: ${message}`)).toEqual([]);
  // It was looked at: a file of no kind has no findings either.
  expect(documents.length + productFiles.length).toBe(1);
});

test('there are set-ups of every era of releases', () => {
  const releases = files
    .filter(([folder]) => folder === 'documents')
    .map(
      ([folder, file]) =>
        /^release: (2\.\d+)/m.exec(fs.readFileSync(path.join(FOLDER, folder, file), 'utf8'))?.[1],
    );
  expect(new Set(releases)).toEqual(new Set(['2.2', '2.11', '2.12']));
});
