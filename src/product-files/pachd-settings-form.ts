import type { PathStep, SourceNode } from '../document/source-node';
import { parseGoDuration } from '../model/go-duration';
import { isUnfilled } from '../model/url-text';
import { stringAt } from '../subjects/scalars';
import { issuerError } from './dex-config/form-errors';
import type { Report } from './report';

/** Says what is wrong with the form of an issuer that pachd hands to Dex. */
export function reportIssuerForm(issuer: string, path: readonly PathStep[], report: Report): void {
  const error = isUnfilled(issuer) ? undefined : issuerError(issuer);
  if (error)
    report.add(
      'SCH005',
      path,
      `\`${path.join('.')}\` cannot be ${JSON.stringify(issuer)}: ${error.effect}`,
      error.hint === undefined ? {} : { hint: error.hint },
    );
}

/** Says what is wrong with the form of the lifetimes that pachd hands to Dex. */
export function reportLifetimeForms(
  root: SourceNode,
  paths: readonly (readonly PathStep[])[],
  report: Report,
): void {
  for (const path of paths) {
    const text = stringAt(root, path);
    const duration = text === undefined ? undefined : parseGoDuration(text);
    if (duration && 'error' in duration)
      report.add(
        'SCH005',
        path,
        `\`${path.join('.')}\` cannot be ${JSON.stringify(text)}: Dex does not start, and no one logs in: \`${duration.error}\``,
        {
          hint: 'write a duration of Go: numbers with ns, us, ms, s, m or h, such as 24h; days are not a unit',
        },
      );
  }
}
