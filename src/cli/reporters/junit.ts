import { factsOf } from '../../diagnostics/codes';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { Judged } from './reporter';

/**
 * Findings as JUnit XML, as Jenkins, GitLab, Azure DevOps and CircleCI read it: a file is a suite and a finding in it a test
 * that failed; a file without findings is a test that passed. Warnings fail only where --fail-on says so; elsewhere they are
 * tests that passed with output.
 */
export function junit({ diagnostics, checked = [], fails }: Judged): string {
  const files = [...new Set([...checked, ...diagnostics.map(({ location }) => location.file)])];
  const suites = files.map((file) => {
    const found = diagnostics.filter(({ location }) => location.file === file);
    const failures = found.filter(fails).length;
    const cases =
      found.length === 0
        ? [`    <testcase classname="${attribute(file)}" name="valid" time="0"/>`]
        : found.map((diagnostic) => testCase(diagnostic, fails(diagnostic)));
    return [
      `  <testsuite name="${attribute(file)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="0" time="0">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  const failures = diagnostics.filter(fails).length;
  const tests = files.reduce(
    (sum, file) => sum + Math.max(1, diagnostics.filter(({ location }) => location.file === file).length),
    0,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="pachkit" tests="${tests}" failures="${failures}" errors="0" time="0">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(diagnostic: Diagnostic, isFailure: boolean): string {
  const { code, message, location, severity } = diagnostic;
  const { file, range } = location;
  const place = range ? `:${range.line}:${range.column}` : '';
  const name = `${code} ${factsOf(code).slug}${place === '' ? '' : ` at ${place.slice(1)}`}`;
  const body = content(
    `${file}${place}\n${message}${diagnostic.hint === undefined ? '' : `\nhelp: ${diagnostic.hint}`}`,
  );
  const inside = isFailure
    ? `<failure type="${severity}" message="${attribute(message)}">${body}</failure>`
    : `<system-out>${body}</system-out>`;
  return `    <testcase classname="${attribute(file)}" name="${attribute(name)}" time="0">${inside}</testcase>`;
}

function attribute(text: string): string {
  return content(text)
    .replaceAll('"', '&quot;')
    .replace(/[\n\t\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** XML 1.0 has no place for other control characters and lone surrogates, escaped or not. */
function content(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
