import { applyFixes, diagnosticsOf, findingsOf, unmark } from './check-document';

/** What every document of a table begins with; `release` and `profile` may be given instead. */
function withHead(body: string): string {
  const head = ['apiVersion: pachkit/v1'];
  if (!/^release:/m.test(body)) head.push('release: 2.12.0-rc.3');
  return [...head, body.replace(/^\n/, '')].join('\n');
}

/** One document and what a rule says about it. */
export interface RuleCase {
  /** What the document shows, as the name of the test. */
  readonly shows: string;
  /** The document without apiVersion and, unless it matters, release. A `▸` stands before every place of a finding. */
  readonly document: string;
  /** Strings that the messages hold, one for each mark or one for all; missing where there is no mark. */
  readonly says?: readonly (string | RegExp)[];
  /** What the hints are, one for each mark. */
  readonly hints?: readonly string[];
  readonly severity?: 'error' | 'warning';
  /** The document after its fixes. The rule must then be silent. */
  readonly fixed?: string;
  /** That there is something to find, but nothing is safe to fix. */
  readonly unfixed?: boolean;
}

/** Tests of one rule: each document yields findings of this code at its marks and nowhere else. */
export function describeRule(code: string, cases: readonly RuleCase[]): void {
  describe(code, () => {
    test.each(cases.map((ruleCase) => [ruleCase.shows, ruleCase] as const))('%s', (_shows, ruleCase) => {
      const { text, places } = unmark(withHead(ruleCase.document));
      const found = findingsOf(text).filter(([foundCode]) => foundCode === code);
      expect(found.map(([foundCode, line, column]) => [foundCode, line, column])).toEqual(
        places.map(([line, column]) => [code, line, column]),
      );

      const { says = [], hints, severity, fixed, unfixed } = ruleCase;
      if (places.length > 0 && says.length === 0) throw new Error('the case does not say what the rule says');
      found.forEach(([, , , message], index) => {
        const expected = says[Math.min(index, says.length - 1)];
        if (typeof expected === 'string') expect(message).toContain(expected);
        else expect(message).toMatch(expected ?? '');
      });
      if (hints !== undefined)
        expect(diagnosticsOf(text).flatMap(({ code: of, hint }) => (of === code ? [hint] : []))).toEqual(
          hints,
        );
      if (severity !== undefined)
        for (const diagnostic of diagnosticsOf(text))
          if (diagnostic.code === code) expect(diagnostic.severity).toBe(severity);
      if (unfixed === true) expect(applyFixes(text, code)).toBe(text);
      if (fixed !== undefined) {
        const after = applyFixes(text, code);
        expect(after).toBe(withHead(fixed));
        expect(findingsOf(after).filter(([foundCode]) => foundCode === code)).toEqual([]);
      }
    });

    test('is shown with and without a finding', () => {
      const marked = cases.filter(({ document }) => unmark(document).places.length > 0);
      expect(marked.length).toBeGreaterThan(0);
      expect(cases.length).toBeGreaterThan(marked.length);
    });
  });
}
