import { didYouMean } from '../../diagnostics/suggest';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { packagedSchema, packagedSchemaNames } from '../packaged-schemas';

/** `pachkit schema [NAME]` */
export async function schema(
  host: Host,
  [name = 'cluster']: readonly string[],
  _options: CommandOptions,
): Promise<ExitCode> {
  const found = packagedSchema(name);
  if (found === undefined) {
    const names = packagedSchemaNames();
    host.writeError(
      `pachkit schema: there is no schema "${name}"; ${didYouMean(name, names) ?? `there are ${names.join(', ')}`}\n`,
    );
    return ExitCode.usage;
  }
  host.writeOut(`${JSON.stringify(found, null, 2)}\n`);
  return ExitCode.fine;
}
