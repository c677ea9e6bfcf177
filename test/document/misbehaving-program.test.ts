import { ProgramFolder } from '../support/program-folder';

const programs = new ProgramFolder();
const problemsOf = (text: string): string[] => programs.problemsOf(text);
const valuesOf = (text: string): unknown[] => programs.valuesOf(text);

describe('a program that does more than yield a document', () => {
  const DOCUMENT = 'export default { a: 1 };';

  test.each([
    ['ends the process', 'process.exit(0);', 'a.ts:1:1 DOC009 The document ends the process'],
    [
      'ends the process in the way that process.exit does',
      '(process as any).reallyExit(0);',
      'a.ts:1:1 DOC009 The document ends the process',
    ],
    [
      'ends the process a moment later',
      'Promise.resolve().then(() => process.exit(0));',
      'a.ts:1:1 DOC009 The document ends the process',
    ],
    [
      'ends the process when a timer is over',
      'setTimeout(() => process.exit(0), 1);',
      'a.ts:1:1 DOC009 The document ends the process',
    ],
    [
      'writes where its values are handed over',
      "require('node:fs').writeSync(3, 'no');",
      'a.ts:1:1 DOC009 The document writes into what it hands its values over with',
    ],
    ['aborts', 'process.abort();', 'a.ts:1:1 DOC009 The document ends the process'],
    [
      'kills the process',
      "process.kill(process.pid, 'SIGKILL');",
      'a.ts:1:1 DOC009 The document ends the process (SIGKILL)',
    ],
    [
      'rejects a promise that no one waits for',
      "Promise.reject(new Error('no'));",
      'a.ts:1:1 DOC009 The document throws when it is run, after it has yielded its value: Error: no',
    ],
    [
      'throws when a timer is over',
      "\nsetTimeout(() => {\n  throw new Error('no');\n}, 1);",
      'a.ts:3:1 DOC009 The document throws when it is run, after it has yielded its value: Error: no',
    ],
    [
      'throws an object without prototype',
      'throw Object.create(null);',
      'a.ts:1:1 DOC009 The document throws when it is run: a value that cannot be turned into text',
    ],
    [
      'throws what throws when it is turned into text',
      "throw { toString() { throw new Error('no'); } };",
      'a.ts:1:1 DOC009 The document throws when it is run: a value that cannot be turned into text',
    ],
    ...(['message', 'name', 'stack'] as const).map((property): [string, string, RegExp] => [
      `throws an error whose ${property} cannot be read`,
      `const e = new Error('x'); Object.defineProperty(e, '${property}', { get() { throw new Error('no'); } }); throw e;`,
      /^a\.ts:1:1 DOC009 The document throws when it is run: (a value that cannot be turned into text|Error: x)$/,
    ]),
    [
      'throws an error whose message is no string',
      "const e = new Error('x'); (e as any).message = 12; (e as any).name = {}; throw e;",
      'a.ts:1:1 DOC009 The document throws when it is run: [object Object]: 12',
    ],
    ['throws undefined', 'throw undefined;', 'a.ts:1:1 DOC009 The document throws when it is run: undefined'],
    [
      'throws what pretends to be everything',
      'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });',
      'a.ts:1:1 DOC009 The document throws when it is run: a value that cannot be turned into text',
    ],
  ])('%s', (_name, text, expected) => {
    const problems = problemsOf(`${text} ${DOCUMENT}`);
    expect(problems).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });

  test.each([
    ['sets the exit code', 'process.exitCode = 7; process.on("exit", () => { process.exitCode = 0; });'],
    [
      'changes what is built in',
      'Array.prototype.map = Array.prototype.filter = JSON.stringify = Object.entries = (() => { throw 1; }) as any; Array.prototype.push = () => 0;',
    ],
    ['pollutes every object', '(Object.prototype as any).polluted = 1; (Array.prototype as any)[7] = 1;'],
    ['goes on for ever', 'setInterval(() => 0, 1);'],
    ['removes its listeners', 'process.removeAllListeners();'],
    ['prints', 'console.error(""); process.stdout.write("");'],
  ])('%s, and no harm is done', (_name, text) => {
    const before = [Array.prototype.map, JSON.stringify, process.exitCode];
    expect(valuesOf(`${text} ${DOCUMENT}`)).toEqual([{ a: 1 }]);
    expect([Array.prototype.map, JSON.stringify, process.exitCode]).toEqual(before);
    expect('polluted' in {}).toBe(false);
  });

  test(
    'that never ends is stopped',
    () =>
      expect(problemsOf(`for (;;); ${DOCUMENT}`)).toEqual([
        'a.ts:1:1 DOC009 The document is not done after 10 seconds, and was stopped',
      ]),
    60_000,
  );
});
