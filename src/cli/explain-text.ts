import type { Colors } from './colors';
import type { Explained, Named } from './explained';
import { wrap } from './wrap';

interface Style {
  readonly colors: Colors;
  /** Width of the page, in characters. */
  readonly width: number;
}

/** What is known, for people. */
export function explainText({ page, field, provider, providers }: Explained, style: Style): string {
  const { colors, width } = style;
  const lines: string[] = [];
  if (page) {
    lines.push(colors.bold(`${page.code} (${page.slug}): ${page.title}`), '', wrap(page.reason, 0, width));
    lines.push('', colors.green('Remedy'), '', wrap(page.remedy, 0, width));
  }
  if (field) lines.push(...fieldLines(field, style));
  if (provider) lines.push(...providerLines(provider, style));
  if (providers)
    lines.push(colors.bold('identity.connectors[].provider'), ...keyLines(providers, style, 'Providers'));
  return `${lines.join('\n')}\n`;
}

function fieldLines(field: NonNullable<Explained['field']>, style: Style): string[] {
  const { colors, width } = style;
  const facts: [string, string | undefined][] = [
    ['takes', field.takes],
    ['read by', field.readBy],
    ['default', field.default],
    ['example', field.example],
  ];
  const given = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  const texts = field.inRunningCluster.map(
    ({ releases, effect, command }) =>
      `${releases === undefined ? '' : `Releases ${releases}: `}${effect}${command === undefined ? '' : ` Command: ${command}`}`,
  );
  return [
    colors.bold(field.path || 'The document'),
    '',
    wrap(field.description, 0, width),
    ...(given.length > 0 ? [''] : []),
    ...given.map(([label, text]) => `  ${colors.dim(label.padEnd(8))} ${text}`),
    ...keyLines(field.keys, style, 'Keys'),
    ...(texts.length > 0 ? ['', colors.green('Emptied, removed or renamed in a running cluster')] : []),
    ...texts.flatMap((text) => ['', wrap(text, 0, width)]),
  ];
}

function providerLines(provider: NonNullable<Explained['provider']>, style: Style): string[] {
  const { colors, width } = style;
  const keys = provider.fields.map(({ name, description, isRequired }) => ({
    name,
    description: `${isRequired ? 'Required. ' : ''}${description}`,
  }));
  return [
    colors.bold(`provider: ${provider.name}`),
    '',
    wrap(provider.description, 0, width),
    ...keyLines(keys, style, 'Fields'),
    ...['', colors.green('This'), '', provider.example.trimEnd()],
    ...['', colors.green('becomes'), '', provider.becomes.trimEnd()],
  ];
}

function keyLines(keys: readonly Named[], { colors, width }: Style, title: string): string[] {
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
