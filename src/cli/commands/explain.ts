import { codes } from '../../diagnostics/codes';
import { didYouMean } from '../../diagnostics/suggest';
import { explanations } from '../../explanations/registry';
import { expandedExample } from '../../identity-providers/example';
import { providerNamed, providers } from '../../identity-providers/registry';
import { fieldsOfChartValue } from '../../schema/chart-fields';
import { colorsFor, type Colors } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { releasesText, runningClusterFactsOf } from '../../explanations/running-cluster';
import { describeField, fieldPaths } from '../field-description';
import type { Host } from '../host';
import { printWidth, wrap } from '../wrap';

/** `pachkit explain CODE|SLUG|FIELD`, `pachkit explain provider [NAME]` */
export async function explain(
  host: Host,
  [subject = '', name, ...more]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const colors = colorsFor(host, options.color, 'stdout');
  const width = printWidth(host.columns('stdout'));
  if (subject === 'provider' && more.length === 0) return explainProvider(host, name, colors, width);
  if (name !== undefined) {
    host.writeError('pachkit explain: name one code or field, or provider and the name of one\n');
    return ExitCode.usage;
  }
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

/** `pachkit explain provider [NAME]` */
function explainProvider(host: Host, name: string | undefined, colors: Colors, width: number): ExitCode {
  const provider = providerNamed(name);
  if (provider) {
    const keys = Object.entries(provider.fields).map(([key, field]) => ({
      name: key,
      description: `${provider.required.includes(key) ? 'Required. ' : ''}${String(field['description'])}`,
    }));
    const lines = [
      colors.bold(`provider: ${provider.name}`),
      '',
      wrap(provider.description, 0, width),
      ...keyLines(keys, colors, width, 'Fields'),
      ...expandedExample(provider).flatMap(({ title, text }) => [
        '',
        colors.green(title),
        '',
        text.trimEnd(),
      ]),
    ];
    host.writeOut(`${lines.join('\n')}\n`);
    return ExitCode.fine;
  }
  const names = providers.map((each) => each.name);
  if (name !== undefined) {
    const meant = didYouMean(name, names);
    host.writeError(
      `pachkit explain: unknown provider "${name}"; ${meant === undefined ? '' : `${meant} `}one of: ${names.join(', ')}\n`,
    );
    return ExitCode.usage;
  }
  const rows = providers.map((each) => ({ name: each.name, description: each.description }));
  host.writeOut(
    `${[colors.bold('identity.connectors[].provider'), ...keyLines(rows, colors, width, 'Providers')].join('\n')}\n`,
  );
  return ExitCode.fine;
}

function keyLines(
  keys: readonly { readonly name: string; readonly description: string }[],
  colors: Colors,
  width: number,
  title: string,
): string[] {
  if (keys.length === 0) return [];
  const nameWidth = Math.max(...keys.map(({ name }) => name.length));
  return [
    '',
    colors.green(title),
    '',
    ...keys.map(
      ({ name, description }) =>
        `  ${name.padEnd(nameWidth)}  ${wrap(description, nameWidth + 4, width).trimStart()}`,
    ),
  ];
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
  lines.push(...keyLines(field.keys, colors, width, 'Keys'));
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
