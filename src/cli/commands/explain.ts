import { factsOf } from '../../diagnostics/codes';
import { didYouMean } from '../../diagnostics/suggest';
import { explanations } from '../../explanations/registry';
import { allProviders } from '../../identity-providers/registry';
import { fieldsOfChartValue } from '../../schema/chart-fields';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { explained, explainedProvider, type Explained } from '../explained';
import { explainText } from '../explain-text';
import { fieldPaths } from '../field-description';
import type { Host } from '../host';
import { refusing } from '../refuse';
import { report } from '../reporters';
import type { DataOf } from '../report-types';
import { printWidth } from '../wrap';

const refuse = refusing('explain');

/** `pachkit explain CODE|SLUG|FIELD`, `pachkit explain provider [NAME]` */
export async function explain(
  host: Host,
  [subject = '', name, ...more]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (subject === 'provider' && more.length === 0) {
    const found = explainedProvider(name);
    return found ? say(host, options, found) : refuse(host, unknownProvider(name ?? ''));
  }
  if (name !== undefined) return refuse(host, 'name one code or field, or provider and the name of one');
  const found = explained(subject);
  return found ? say(host, options, found) : refuse(host, unknownSubject(subject));
}

function say(host: Host, options: CommandOptions, found: Explained): Promise<ExitCode> {
  return report(
    host,
    // The page is what was asked for, not talk about it: --quiet leaves it.
    { ...options, quiet: false },
    {
      diagnostics: [],
      data: { ...found } satisfies DataOf<'explain'>,
      after: ({ colors, columns }) => explainText(found, { colors, width: printWidth(columns) }),
    },
    { findings: 'stderr', result: 'stdout' },
  );
}

function unknownSubject(subject: string): string {
  const fields = fieldsOfChartValue(subject);
  if (fields) return `${subject} is a value of the official chart; in a document it is ${fields.join(', ')}`;
  const known = [...explanations.flatMap(({ code }) => [code, factsOf(code).slug]), ...fieldPaths()];
  return `unknown code or field "${subject}"; ${didYouMean(subject, known) ?? 'pachkit validate prints codes, pachkit schema lists fields'}`;
}

function unknownProvider(name: string): string {
  const names = allProviders().map((each) => each.name);
  const meant = didYouMean(name, names);
  return `unknown provider "${name}"; ${meant === undefined ? '' : `${meant} `}one of: ${names.join(', ')}`;
}
