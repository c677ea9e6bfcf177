import fs from 'node:fs';
import path from 'node:path';

/** Beside the built program: each schema as one file without references to others, written by the build. */
const FOLDER = path.join(__dirname, '..', 'schemas');

/** Schemas of the official chart's values, one for each line of releases; published as they are generated. */
const VALUES_FOLDER = path.join(__dirname, '..', '..', 'schemas', 'helm-values');

const SUFFIX = '.schema.json';

/** A schema by the name that `pachkit schema` takes, such as `cluster` or `connectors/oidc`; undefined when there is none. */
export function packagedSchema(name: string): unknown {
  if (!packagedSchemaNames().includes(name)) return undefined;
  return JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}${SUFFIX}`), 'utf8'));
}

/** The names of all schemas. */
export function packagedSchemaNames(): string[] {
  return fs
    .readdirSync(FOLDER, { recursive: true })
    .map((file) => String(file).split(path.sep).join('/'))
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
}

/** The schema of the values that the official chart of a line of releases such as `2.11` reads. */
export function valuesSchema(line: string): unknown {
  return JSON.parse(fs.readFileSync(path.join(VALUES_FOLDER, `${line}${SUFFIX}`), 'utf8'));
}
