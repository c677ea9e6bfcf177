import { codes } from '../../diagnostics/codes';
import { didYouMean } from '../../diagnostics/suggest';
import { explanations } from '../../explanations/registry';
import { fieldsOfChartValue } from '../../schema/chart-fields';
import { colorsFor, type Colors } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { releasesText, runningClusterFactsOf } from '../../explanations/running-cluster';
import { describeField, fieldPaths } from '../field-description';
import type { Host } from '../host';
import { printWidth, wrap } from '../wrap';

/** `pachkit explain CODE|SLUG|FIELD` */
export async function explain(
  host: Host,
  [subject = '']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const colors = colorsFor(host, options.color, 'stdout');
  const width = printWidth(host.columns('stdout'));
  const page = explanations.find(
    ({ code }) => code === subject.toUpperCase() || codes[code].slug === subject.toLowerCase(),
  );
  if (page) {
    host.writeOut(
      `${colors.bold(`${page.code} (${codes[page.code].slug}): ${page.title}`)}\n\n${wrap(page.reason, 0, width)}\n\n${colors.green('Remedy')}\n\n${wrap(page.remedy, 0, width)}\n`,
    );
    return ExitCode.fine;
  }
  const field = describeField(subject);
  if (field) {
    host.writeOut(fieldText(field, colors, width));
    return ExitCode.fine;
  }
  const fields = fieldsOfChartValue(subject);
  if (fields) {
    host.writeError(
      `pachkit explain: ${subject} is a value of the official chart; in a document it is ${fields.join(', ')}\n`,
    );
    return ExitCode.usage;
  }
  const known = [...explanations.flatMap(({ code }) => [code, codes[code].slug]), ...fieldPaths()];
  host.writeError(
    `pachkit explain: unknown code or field "${subject}"${suffix(didYouMean(subject, known))}\n`,
  );
  return ExitCode.usage;
}

function suffix(suggestion: string | undefined): string {
  return suggestion === undefined
    ? '; pachkit validate prints codes, pachkit schema lists fields'
    : `; ${suggestion}`;
}

function fieldText(
  field: NonNullable<ReturnType<typeof describeField>>,
  colors: Colors,
  width: number,
): string {
  const lines = [colors.bold(field.path || 'The document'), '', wrap(field.description, 0, width)];
  const facts: [string, string | undefined][] = [
    ['takes', field.takes],
    ['read by', field.readBy],
    ['default', field.default],
    ['example', field.example],
  ];
  const given = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  if (given.length > 0)
    lines.push('', ...given.map(([label, text]) => `  ${colors.dim(label.padEnd(8))} ${text}`));
  if (field.keys.length > 0) {
    const nameWidth = Math.max(...field.keys.map(({ name }) => name.length));
    lines.push('', colors.green('Keys'), '');
    for (const key of field.keys) {
      const text = wrap(key.description, nameWidth + 4, width).trimStart();
      lines.push(`  ${key.name.padEnd(nameWidth)}  ${text}`);
    }
  }
  lines.push(...inRunningCluster(field.path, colors));
  return `${lines.join('\n')}\n`;
}

/** What happens in a cluster that runs already when the field is emptied, removed or renamed. */
function inRunningCluster(path: string, colors: Colors): string[] {
  const facts = runningClusterFactsOf(path);
  if (facts.length === 0) return [];
  const texts = facts.map((fact) => {
    const releases = releasesText(fact);
    return `${releases === '' ? '' : `Releases ${releases}: `}${fact.effect}${fact.command === undefined ? '' : ` Command: ${fact.command}`}`;
  });
  return [
    '',
    colors.green('Emptied, removed or renamed in a running cluster'),
    ...texts.flatMap((text) => ['', wrap(text)]),
  ];
}
