import { unmark } from '../../support/check-document';
import { check } from './check';

/** One configuration and what a rule says about it. */
export interface ServerRuleCase {
  /** What the configuration shows, as the name of the test. */
  readonly shows: string;
  /**
   * Sections that are added to the smallest sound configuration, or stand in place of its own; undefined takes one away.
   * A `▸` stands before every place of a finding.
   */
  readonly sections?: Readonly<Record<string, string | undefined>>;
  /** Strings that the messages hold, one for each mark or one for all; missing where there is no mark. */
  readonly says?: readonly string[];
  readonly severity?: 'error' | 'warning';
  /** A string that the hint holds. */
  readonly hint?: string;
  /** @default 'dex@2.45' */
  readonly target?: string;
  /** @default 'config.yml' */
  readonly name?: string;
}

const SMALLEST: Readonly<Record<string, string>> = {
  issuer: 'https://dex.example.com/dex',
  storage: '{ type: memory }',
  web: '{ http: 0.0.0.0:5556 }',
  enablePasswordDB: 'true',
};

/** Tests of one rule: each configuration yields findings of this code at its marks and nowhere else. */
export function describeServerRule(code: string, cases: readonly ServerRuleCase[]): void {
  describe(code, () => {
    test.each(cases.map((each) => [each.shows, each] as const))('%s', (_shows, each) => {
      const { text, places } = unmark(textOf(each));
      const { says = [], severity, hint, target = 'dex@2.45', name = 'config.yml' } = each;
      const found = check('dex-config', text, target, name).filter((finding) => finding.code === code);
      expect(found.map(({ location: { range } }) => [range?.line, range?.column])).toEqual(places);
      if (places.length > 0 && says.length === 0) throw new Error('the case does not say what the rule says');
      found.forEach((finding, index) => {
        expect(finding.message).toContain(says[Math.min(index, says.length - 1)]);
        expect(finding.hint).toContain(hint ?? '');
        if (severity !== undefined) expect(finding.severity).toBe(severity);
      });
    });

    test('is shown with and without a finding', () => {
      const marked = cases.filter((each) => unmark(textOf(each)).places.length > 0);
      expect(marked.length).toBeGreaterThan(0);
      expect(cases.length).toBeGreaterThan(marked.length);
    });
  });
}

/** A mark in the name of a section is one in the text too. */
function textOf({ sections = {} }: ServerRuleCase): string {
  const marked = new Map(Object.keys(sections).map((name) => [name.replace('▸', ''), name]));
  const names = [...new Set([...Object.keys(SMALLEST), ...marked.keys()])];
  return names
    .map((name) => {
      const written = marked.get(name) ?? name;
      const value = written in sections ? sections[written] : SMALLEST[name];
      return value === undefined ? '' : `${written}: ${value}\n`;
    })
    .join('');
}
