import { factsOf } from '../../diagnostics/codes';
import { findingText } from './finding-text';
import { fingerprints } from './fingerprint';
import type { Judged } from './reporter';

/** Findings as a report of GitLab's Code Quality, which merge requests show as a widget and at their lines. */
export function gitlab({ diagnostics }: Judged): string {
  const marks = fingerprints(diagnostics);
  const issues = diagnostics.map((diagnostic, index) => {
    const {
      code,
      severity,
      location: { file, range },
    } = diagnostic;
    return {
      description: `${code}: ${findingText(diagnostic)}`,
      check_name: `${code}-${factsOf(code).slug}`,
      fingerprint: marks[index],
      severity: severity === 'error' ? 'major' : 'minor',
      location: {
        path: file.replace(/^(?:\.\/)+/, ''),
        lines: { begin: range?.line ?? 1, end: range?.endLine ?? 1 },
      },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
