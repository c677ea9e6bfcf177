// From src/cli/report-types.ts: the schema of what commands print with --format json.
import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const ABOUT =
  'What a command of pachkit prints with --format json. deploy, destroy and dev print one such value a line.';

export function generate(root) {
  const { definitions } = createGenerator({
    path: path.join(root, 'src/cli/report-types.ts'),
    tsconfig: path.join(root, 'tsconfig.json'),
    type: 'Reports',
    additionalProperties: false,
    skipTypeCheck: true,
    sortProps: false,
  }).createSchema('Reports');
  const { Reports, Code, ...others } = definitions;
  const reports = Object.keys(Reports.properties);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Report of pachkit',
    description: ABOUT,
    anyOf: reports.map((name) => ({ $ref: `#/definitions/report/${name}` })),
    definitions: {
      report: Reports.properties,
      // New codes come with every version; a list of them would make each of its reports invalid to users of an older schema.
      Code: {
        type: 'string',
        pattern: '^[A-Z]{3}\\d{3}$',
        description: 'A code such as SCH003; `pachkit explain CODE` prints its page.',
      },
      ...others,
    },
  };
  return { 'schemas/report.schema.json': `${JSON.stringify(schema, null, 2)}\n` };
}
