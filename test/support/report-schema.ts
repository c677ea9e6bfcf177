import Ajv from 'ajv';
import fs from 'node:fs';
import path from 'node:path';

const schema = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../../schemas/report.schema.json'), 'utf8'),
) as { definitions: { report: Readonly<Record<string, object>> } };
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(schema, 'report');

/** The commands that have a report, and `crash` and `line`. */
export const reportNames = Object.keys(schema.definitions.report);

/** What the schema says against a value, as the report of a command. */
export function reportFaults(name: string, value: unknown): readonly string[] {
  const check = ajv.getSchema(`report#/definitions/report/${name}`);
  if (!check) throw new Error(`the schema has no report ${name}`);
  void check(value);
  return (check.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}
