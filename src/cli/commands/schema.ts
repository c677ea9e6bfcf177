import { deriveSchema, type JsonSchema } from '../../connectors/derive-schema';
import { usableTypes } from '../../connectors/connector-types';
import { describeTarget, isPachyderm, newestTarget, parseTarget } from '../../releases/target';
import { unknownOf } from '../../diagnostics/suggest';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { packagedSchema, packagedSchemaNames, valuesSchema } from '../packaged-schemas';
import { refusing } from '../refuse';

const refuse = refusing('schema');

/** Where the schemas of connector types are; `oidc` is short for `connectors/oidc`. */
const CONNECTORS = 'connectors/';

/** Values of the official chart, which have a schema for each release. */
const HELM_VALUES = 'helm-values';

/** `pachkit schema [NAME] [--target PRODUCT@VERSION] [--form FORM] [--release VERSION]` */
export async function schema(
  host: Host,
  [given = 'cluster']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (given === HELM_VALUES) return schemaOfValues(host, options as { release?: string; target?: string });
  if (options['release'] !== undefined)
    return refuse(host, `--release goes with ${HELM_VALUES}; other schemas have --target`);
  const names = packagedSchemaNames();
  const name = [given, CONNECTORS + given].find((candidate) => names.includes(candidate));
  if (name === undefined) {
    const all = [
      ...names,
      ...names.filter((each) => each.startsWith(CONNECTORS)).map(shortName),
      HELM_VALUES,
    ];
    return refuse(host, unknownOf('schema', given, all, [...names, HELM_VALUES]));
  }
  const found = packagedSchema(name) as JsonSchema;
  const { target, form = 'file' } = options as { target?: string; form?: 'document' | 'file' };
  if (target === undefined)
    return options['form'] === undefined
      ? print(host, found)
      : refuse(host, '--form says what the schema of --target is for; give both');
  const parsed = parseTarget(target);
  if (!parsed.ok) return refuse(host, `${parsed.message}; ${parsed.hint}`);
  const isForTargets = name === 'connector' || name === 'dex' || name.startsWith(CONNECTORS);
  if (!isForTargets)
    return refuse(
      host,
      `the schema ${name} is the same for all versions; --target goes with connector, dex and the types of connectors`,
    );
  if (name.startsWith(CONNECTORS) && !usableTypes(parsed.target).some((type) => type === shortName(name)))
    return refuse(
      host,
      `${describeTarget(parsed.target)} has no use for connectors of type ${shortName(name)}`,
    );
  return print(host, deriveSchema(found, parsed.target, [], { form }));
}

function schemaOfValues(host: Host, { release, target }: { release?: string; target?: string }): ExitCode {
  const parsed = parseTarget(
    target ?? (release === undefined ? newestTarget('pachyderm') : `pachyderm@${release}`),
  );
  if (!parsed.ok) return refuse(host, `${parsed.message}; ${parsed.hint}`);
  if (!isPachyderm(parsed.target))
    return refuse(host, `${HELM_VALUES} are read by the chart of Pachyderm; name a release of it`);
  return print(host, valuesSchema(parsed.target.slice(parsed.target.indexOf('@') + 1)) as JsonSchema);
}

function shortName(name: string): string {
  return name.slice(CONNECTORS.length);
}

function print(host: Host, found: JsonSchema): ExitCode {
  host.writeOut(`${JSON.stringify(found, null, 2)}\n`);
  return ExitCode.fine;
}
