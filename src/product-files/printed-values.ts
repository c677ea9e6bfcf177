import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import { nodeAt, type SourceNode } from '../document/source-node';
import { asHelmReads } from '../helm-values/layers/helm-yaml';
import { isUnfilled } from '../model/url-text';
import type { Report } from './report';

/** Strings that templates write into YAML without quotes. */
const UNQUOTED = [
  'pachd.enterpriseLicenseKey',
  'pachd.enterpriseSecret',
  'pachd.oauthClientID',
  'pachd.oauthClientSecret',
  'pachd.rootToken',
];

/** Numbers that templates write as they come, into what takes whole numbers alone. */
const PRINTED_NUMBERS = /^(pachd\.storage|pgbouncer)\./;

/** Says which strings are others once templates have written them. */
export function reportUnquoted(root: SourceNode, report: Report): void {
  for (const at of UNQUOTED) {
    const value = nodeAt(root, at.split('.'))?.scalar;
    if (typeof value !== 'string' || value === '' || isUnfilled(value) || isSameUnquoted(value)) continue;
    if (report.hasFindingAt(at.split('.'))) continue;
    report.add(
      'FIL029',
      at.split('.'),
      `The chart writes \`${at}\` into YAML without quotes, where it is another value or none`,
      {
        hint: 'choose one of letters and digits that does not look like a number, or name a Secret that has it',
      },
    );
  }
}

function isSameUnquoted(value: string): boolean {
  const { nodes, diagnostics } = readYaml(new SourceFile('', `a: ${value}\n`, ''));
  const [node] = nodes;
  if (!node || diagnostics.length > 0) return false;
  // YAML leaves out the line break at the end of a file that --set-file reads.
  return asHelmReads(node, () => undefined).entries?.get('a')?.scalar === value.trimEnd();
}

/** Says which numbers are none any more once templates have written them. */
export function reportExponents(node: SourceNode, path: readonly string[], report: Report): void {
  node.entries?.forEach((value, key) => {
    const { entries, scalar, source } = value;
    if (entries) reportExponents(value, [...path, key], report);
    if (typeof scalar !== 'number' || isPrintedWhole(scalar, source.name)) return;
    const steps = [...path, key];
    const name = steps.join('.');
    // Helm refuses a number in the place of a string before it writes anything.
    if (!PRINTED_NUMBERS.test(name) || report.hasFindingAt(steps)) return;
    report.add(
      'FIL029',
      steps,
      `Helm writes \`${name}\` as ${goNumber(scalar)}, as numbers of files are floating point to it, and what reads it takes whole numbers only`,
      { hint: `set it with --set ${name}=${scalar}, where a number stays whole` },
    );
  });
}

function isPrintedWhole(value: number, source: string): boolean {
  // Go prints the exponent of what is a million or more.
  return Math.abs(value) < 1e6 || /^--set(?!-)/.test(source);
}

/** As Go prints a 64-bit floating point number: 1.073741824e+09. */
function goNumber(value: number): string {
  return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
}
