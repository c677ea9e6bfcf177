import fs from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import YAML from 'yaml';
import { pachkit, temporaryFolder } from '../support/pachkit';
import { root } from './pages';

interface Entry {
  readonly name: string;
  readonly fileMatch: readonly string[];
  readonly url: string;
}

/** The form of an entry in SchemaStore's catalog, after its schema-catalog.json, with nothing left empty. */
const ENTRY = {
  type: 'object',
  required: ['name', 'description', 'url'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1 },
    description: { type: 'string', minLength: 1, pattern: '[^.]$' },
    fileMatch: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
    url: { type: 'string', pattern: '^https://' },
    versions: { type: 'object', additionalProperties: { type: 'string' } },
  },
};

const json = (file: string): unknown => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
const entry = json('docs/contributing/schemastore.json') as Entry;

test('has the form of the catalog', () => {
  const validate = new Ajv().compile(ENTRY);
  validate(entry);
  expect(validate.errors).toBeNull();
});

test('leads to a file of the package, by which the document that init writes is valid and a slip is not', () => {
  const { name, files } = json('package.json') as {
    readonly name: string;
    readonly files: readonly string[];
  };
  const file = entry.url.replace(`https://unpkg.com/${name}/`, '');
  expect(files.some((published) => file.startsWith(`${published}/`))).toBe(true);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(json(file) as object);
  const folder = temporaryFolder();
  try {
    expect(pachkit(['init', 'a', '--provider', 'okta'], { folder }).exitCode).toBe(0);
    const [written = ''] = fs.readdirSync(path.join(folder, 'a')).filter((file) => file.endsWith('.yaml'));
    expect(entry.fileMatch).toContain(written);
    const document = YAML.parse(fs.readFileSync(path.join(folder, 'a', written), 'utf8')) as object;
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(validate({ ...document, acess: {} })).toBe(false);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
