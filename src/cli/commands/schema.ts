import { deriveSchema, type JsonSchema } from '../../connectors/derive-schema';
import { usableTypes } from '../../connectors/connector-types';
import { describeTarget, parseTarget } from '../../releases/target';
import { didYouMean } from '../../diagnostics/suggest';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { packagedSchema, packagedSchemaNames } from '../packaged-schemas';

/** Where the schemas of connector types are; `oidc` is short for `connectors/oidc`. */
const CONNECTORS = 'connectors/';

/** `pachkit schema [NAME] [--target PRODUCT@VERSION] [--form FORM]` */
export async function schema(
  host: Host,
  [given = 'cluster']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const names = packagedSchemaNames();
  const name = [given, CONNECTORS + given].find((candidate) => names.includes(candidate));
  if (name === undefined) {
    const all = [...names, ...names.filter((each) => each.startsWith(CONNECTORS)).map(shortName)];
    return refuse(
      host,
      `there is no schema "${given}"; ${didYouMean(given, all) ?? `there are ${names.join(', ')}`}`,
    );
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

function shortName(name: string): string {
  return name.slice(CONNECTORS.length);
}

function print(host: Host, found: JsonSchema): ExitCode {
  host.writeOut(`${JSON.stringify(found, null, 2)}\n`);
  return ExitCode.fine;
}

function refuse(host: Host, problem: string): ExitCode {
  host.writeError(`pachkit schema: ${problem}\n`);
  return ExitCode.usage;
}
