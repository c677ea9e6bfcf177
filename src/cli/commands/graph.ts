import { printable } from '../../diagnostics/code-frame';
import { codesOf } from '../../graph/attach';
import { pictureFormats, type PictureFormat } from '../../graph/formats';
import { madeByPachkit } from '../../graph/made-by-pachkit';
import type { Picture } from '../../graph/picture';
import { checkFiles } from '../../pipeline/check-files';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { refusing } from '../refuse';
import type { DataOf } from '../report-types';
import { report } from '../reporters';
import { writeOutput } from '../write-output';

const refuse = refusing('graph');

/** `pachkit graph FILE` */
export async function graph(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const output = options['output'] as string | undefined;
  const asked = options['format'] as string | undefined;
  const format = formatOf(asked, output);
  if (asked === 'json' && output !== undefined) return refuse(host, '--format json goes to standard output');
  if (format === undefined)
    return refuse(
      host,
      `${printable(output ?? '')} says no format; name one with --format, or a file that ends with ${pictureFormats.flatMap(({ extensions }) => extensions[0] ?? []).join(', ')}`,
    );
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  const { picturesOf } = await import('../../graph/graph');
  const pictures = picturesOf(documents, diagnostics);
  if (asked === 'json')
    return report(
      host,
      options,
      { diagnostics, checked: [file], data: { pictures: pictures.map(asData) } satisfies DataOf<'graph'> },
      { findings: 'stdout', result: 'stdout' },
    );
  // What is not a document at all has no picture, and replaces none.
  const text = documents.length === 0 ? '' : (await format.load())(pictures);
  const failure =
    text === '' || output === undefined
      ? undefined
      : writeOutput(host, {
          name: output,
          text,
          hasSecrets: false,
          force: options['force'] === true,
          isOurs: madeByPachkit,
        });
  if (output === undefined) host.writeOut(text);
  const code = await report(
    host,
    { ...options, format: 'pretty' },
    { diagnostics: failure ? [...diagnostics, failure] : diagnostics },
    { findings: 'stderr', result: 'stdout' },
  );
  if (output !== undefined && !failure && text !== '' && !options.quiet)
    host.writeOut(`wrote ${printable(output)}\n`);
  return code;
}

/** The form that is asked for, or that the name of the file says; undefined where the name says none. */
function formatOf(asked: string | undefined, output: string | undefined): PictureFormat | undefined {
  if (asked !== undefined) return pictureFormats.find(({ name }) => name === asked) ?? pictureFormats[0];
  if (output === undefined) return pictureFormats[0];
  return pictureFormats.find(({ extensions }) =>
    extensions.some((extension) => output.toLowerCase().endsWith(extension)),
  );
}

function asData({ name, parts, arrows }: Picture): DataOf<'graph'>['pictures'][number] {
  return {
    name,
    parts: parts.map(({ flaws, ...part }) => ({
      ...part,
      codes: codesOf({ flaws }),
    })),
    arrows: arrows.map(({ flaws, ...arrow }) => ({
      ...arrow,
      codes: codesOf({ flaws }),
    })),
  };
}
