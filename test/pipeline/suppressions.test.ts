import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { checkFiles } from '../../src/pipeline/check-files';
import { objectFindingsOf } from '../../src/plan/object-findings';
import { validateFiles } from '../../src/pipeline/validate-files';
import { inputOf, inShort, type Files } from '../support/input-of';

const TODAY = '2026-11-29';
const HEAD = 'apiVersion: pachkit/v1\nrelease: 2.11.6\nprofile: dev\nstorage: { local: {} }\n';
/** A line of a document that has a warning, STO006. */
const EVEN = 'etcd: { replicas: 2 }';

/** Findings but for those of a whole document, which are on its first line. */
const found = (files: Files, names: readonly string[]): Diagnostic[] =>
  checkFiles(names, { ...inputOf(files), today: TODAY }).diagnostics.filter(
    ({ location }) => location.file !== 'a.yaml' || location.range?.line !== 1,
  );
const findingsOf = (files: Files, names = Object.keys(files).slice(0, 1)): string[] =>
  found(files, names).map(inShort);
const hintsOf = (text: string): (string | undefined)[] =>
  found({ 'a.yaml': HEAD + text }, ['a.yaml']).map(({ hint }) => hint);

test('the line that these tests are about has a warning', () =>
  expect(findingsOf({ 'a.yaml': `${HEAD}${EVEN}\n` })).toEqual([
    expect.stringMatching(/^a.yaml:5:19 STO006 /),
  ]));

describe('a comment with a reason suppresses a warning', () => {
  test.each([
    ['on its line', `${EVEN} # pachkit-ignore STO006: a test of two members\n`],
    ['on the line above', `# pachkit-ignore STO006: a test of two members\n${EVEN}\n`],
    [
      'above other comments and empty lines',
      `# pachkit-ignore STO006: two members\n\n# more words\n${EVEN}\n`,
    ],
    ['until today', `${EVEN} # pachkit-ignore STO006 until 2026-11-29: two members\n`],
    ['without spaces', `${EVEN} #pachkit-ignore STO006:two members\n`],
    ['with CRLF', `${EVEN} # pachkit-ignore STO006: two members\r\n`],
    ['with a colon in its reason', `${EVEN} # pachkit-ignore STO006: see https://wiki.acme.com/etcd\n`],
  ])('%s', (_title, text) => expect(findingsOf({ 'a.yaml': HEAD + text })).toEqual([]));

  test('in a base, for every document that extends it', () => {
    const files = {
      'a.yaml': 'extends: base.yaml\n',
      'b.yaml': '# The other one.\nextends: base.yaml\n',
      'base.yaml': `${HEAD}${EVEN} # pachkit-ignore STO006: two members\n`,
    };
    const ofBase = findingsOf(files, ['a.yaml', 'b.yaml']).filter((each) => /STO|SUP/.test(each));
    expect(ofBase).toEqual([]);
  });

  test('in a file that Dex reads', () => {
    const config = (comment: string): string =>
      `issuer: https://dex.acme.com/dex\nStorage: { type: memory }${comment}\nweb: { http: 0.0.0.0:5556 }\nenablePasswordDB: true\n`;
    const codesOf = (comment: string): string[] =>
      validateFiles(['dex.yaml'], { ...inputOf({ 'dex.yaml': config(comment) }), today: TODAY })
        .diagnostics.filter(({ location }) => location.range?.line === 2)
        .map(({ code, severity }) => `${severity} ${code}`);
    const [found = ''] = codesOf('');
    expect(found).toMatch(/^warning /);
    expect(codesOf(` # pachkit-ignore ${found.slice(-6)}: a test`)).toEqual([]);
  });
});

describe('it suppresses nothing', () => {
  const COMMENT = 'SUP001 The comment suppresses nothing: ';
  const EXAMPLE = 'write: pachkit-ignore AUT006 until 2027-01-31: why it is right here';
  test.each([
    ['', 'it names no code', EXAMPLE],
    [': two members', 'it names no code', EXAMPLE],
    [' STO006', 'it gives no reason', EXAMPLE],
    [' STO006:', 'it gives no reason', EXAMPLE],
    [' STO006 until 2027-01-31', 'it gives no reason', EXAMPLE],
    [' STO060: two members', 'unknown code STO060', 'did you mean "STO010"?'],
    [' hunter2: two members', 'it names something that is not a code', EXAMPLE],
    [' STO006 until: two members', 'there is no such day', EXAMPLE],
    [' STO006 until 2027: two members', 'there is no such day', EXAMPLE],
    [' STO006 until 2027-02-30: two members', 'there is no such day', EXAMPLE],
    [' STO006 until tomorrow: two members', 'there is no such day', EXAMPLE],
  ])('with "%s": %s', (comment, problem, hint) => {
    const text = `${EVEN} # pachkit-ignore${comment}\n`;
    expect(findingsOf({ 'a.yaml': HEAD + text })).toEqual([
      expect.stringContaining('STO006'),
      `a.yaml:5:23 ${COMMENT}${problem}`,
    ]);
    expect(hintsOf(text)[1]).toBe(hint);
  });

  test.each([
    ['when its last day is over', `${EVEN} # pachkit-ignore STO006 until 2026-11-28: two members\n`, 5],
  ])('%s', (_title, text, line) => {
    expect(findingsOf({ 'a.yaml': HEAD + text })).toEqual([
      expect.stringContaining('STO006'),
      `a.yaml:${line}:23 SUP003 STO006 was suppressed until 2026-11-28, and is shown again`,
    ]);
    expect(hintsOf(text)[1]).toBe('fix it, or name a later day with the reason why');
  });

  test.each([
    [
      'where there is no finding',
      `etcd: { replicas: 3 } # pachkit-ignore STO006: two members\n`,
      'a.yaml:5:23',
    ],
    ['two lines above', `# pachkit-ignore STO006: two\npachd: {}\netcd: { replicas: 3 }\n`, 'a.yaml:5:1'],
    ['at the end of a file', `# pachkit-ignore STO006: two\n`, 'a.yaml:5:1'],
  ])('%s', (_title, text, place) => {
    expect(findingsOf({ 'a.yaml': HEAD + text })).toEqual([
      `${place} SUP002 STO006 is not found here, and the comment suppresses nothing`,
    ]);
    expect(hintsOf(text)).toEqual(['remove it']);
  });

  test('of other codes on its line', () =>
    expect(findingsOf({ 'a.yaml': `${HEAD}${EVEN} # pachkit-ignore STO006, AUT006: two members\n` })).toEqual(
      ['a.yaml:5:23 SUP002 AUT006 is not found here, and the comment suppresses nothing'],
    ));

  test('that is an error', () => {
    const text = `access: { hosst: acme.com } # pachkit-ignore SCH001: we like it so\n`;
    expect(findingsOf({ 'a.yaml': HEAD + text })).toEqual([
      expect.stringContaining('SCH001'),
      'a.yaml:5:29 SUP002 SCH001 is an error here, and errors are not suppressed',
    ]);
    expect(hintsOf(text)[1]).toBe('fix it, and remove SCH001 from the comment');
  });

  test('without the mark', () =>
    expect(findingsOf({ 'a.yaml': `${HEAD}${EVEN} # pachkit-ignored STO006: x\n` })).toHaveLength(1));
});

test('without a day of its own an input counts on today', () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const text = (day: string): string => `${HEAD}${EVEN} # pachkit-ignore STO006 until ${day}: two members\n`;
  const codesOf = (day: string): string[] =>
    checkFiles(['a.yaml'], inputOf({ 'a.yaml': text(day) }))
      .diagnostics.map(({ code }) => code)
      .filter((code) => /STO|SUP/.test(code));
  expect(codesOf(tomorrow)).toEqual([]);
  expect(codesOf(yesterday)).toEqual(['STO006', 'SUP003']);
});

describe('a comment about what only objects tell', () => {
  const OLD = 'pachd: { placement: { nodeSelector: { beta.kubernetes.io/os: linux } } }';
  const findingsOfObjects = async (text: string, today = TODAY): Promise<string[]> => {
    const { documents, diagnostics } = checkFiles(
      ['a.yaml'],
      inputOf({ 'a.yaml': `${HEAD}auth: { enabled: false }\n${text}` }),
    );
    expect(diagnostics.filter(({ code }) => code.startsWith('SUP'))).toEqual([]);
    return (await objectFindingsOf(documents, today)).map(({ code }) => code);
  };

  test.each([
    ['is waited for', `${OLD} # pachkit-ignore OVR008: nodes have both labels\n`, []],
    ['may be over', `${OLD} # pachkit-ignore OVR008 until 2026-11-28: soon\n`, ['OVR008', 'SUP003']],
    ['may be about nothing', `${EVEN} # pachkit-ignore OVR008: nodes have both labels\n`, ['SUP002']],
    ['is judged once', `${EVEN} # pachkit-ignore STO006, OVR008: both\n${OLD}\n`, ['OVR008', 'SUP002']],
    ['is not needed', `${OLD}\n`, ['OVR008']],
  ])('%s', async (_title, text, expected) => expect(await findingsOfObjects(text)).toEqual(expected));
});
