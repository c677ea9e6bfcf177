import { execFileSync } from 'node:child_process';
import path from 'node:path';
import vm from 'node:vm';

const MODULE = path.resolve(__dirname, '..', '..', 'scripts', 'support', 'cold-functions.mjs');

/** Shorter functions stay; `~` in a body makes a function long enough. */
const PADDING = `/*${'-'.repeat(150)}*/`;

interface Separated {
  readonly text: string;
  readonly cold?: string;
}

/** What the build makes of a file; of `executed` it knows that they are executed. Jest loads no ES modules, so Node does. */
function separated(body: string, executed: readonly string[] = []): Separated {
  const text = `(function (exports, require, module, __filename, __dirname) {${body.replaceAll('~', PADDING)}})`;
  const ranges = executed.map((each) => {
    const start = text.indexOf(each.replaceAll('~', PADDING));
    return `${start}:${start + each.replaceAll('~', PADDING).length}`;
  });
  const script = `
    const { withoutColdFunctions } = await import(process.argv[1]);
    const [text, executed] = JSON.parse(process.argv[2]);
    process.stdout.write(JSON.stringify(withoutColdFunctions(text, new Set(executed), 'cold.js')));`;
  return JSON.parse(
    execFileSync(
      process.execPath,
      ['--input-type=module', '-e', script, MODULE, JSON.stringify([text, ranges])],
      {
        encoding: 'utf8',
        cwd: path.dirname(MODULE),
      },
    ),
  ) as Separated;
}

type File = (exports: object, require: (name: string) => unknown, module: { exports: unknown }) => void;

/** What a file puts into `exports.result`, and whether the other one was loaded for it. */
function run({ text, cold }: Separated): { result: unknown; loaded: boolean } {
  const exports: { result?: unknown } = {};
  let loaded = false;
  const require = (): unknown => {
    loaded = true;
    const module = { exports: {} as unknown };
    (vm.runInThisContext(cold ?? '') as File)({}, require, module);
    return module.exports;
  };
  (vm.runInThisContext(text) as File)(exports, require, { exports });
  return { result: exports.result, loaded };
}

describe('a function that goes does what it did', () => {
  test.each([
    ['a declaration', 'function f(a,b){~return a+b}exports.result=f(1,2);', 3],
    ['a method', 'var o={f(a){~return a}};exports.result=o.f(1);', 1],
    ['a method with this', 'var o={a:1,f(){~return this.a}};exports.result=o.f();', 1],
    [
      'a property that is a function',
      'var o={f:function(){~return arguments.length}};exports.result=o.f(1,2);',
      2,
    ],
    ['an arrow function', 'var o={f:a=>{~return a}};exports.result=o.f(1);', 1],
    ['a name in quotes', 'var o={"a-b"(){~return 1}};exports.result=o["a-b"]();', 1],
    ['a generator', 'function*f(){~yield 1;yield 2}exports.result=[...f()].join();', '1,2'],
    ['a method that is a generator', 'var o={*f(){~yield 1}};exports.result=[...o.f()].join();', '1'],
    ['a variable that changes', 'var a=1;function f(){~return a}var b=f();a=2;exports.result=b+f();', 3],
    ['a variable that comes later', 'function f(){~return a}var a=1;exports.result=f();', 1],
    ['a call of another', 'function f(){~return g(1)}function g(a){~return a+1}exports.result=f();', 2],
    ['a call of itself', 'function f(a){~return a?f(a-1)+1:0}exports.result=f(3);', 3],
    [
      'no this for what it calls',
      '"use strict";function g(){return this}function f(){~return g()}exports.result=f();',
      undefined,
    ],
    [
      'a tag',
      '"use strict";function g(){return this}function f(){~return g`a`}exports.result=f();',
      undefined,
    ],
    [
      'a constructor',
      'class A{a=1}var n={A};function f(){~return new A().a+new n.A().a}exports.result=f();',
      2,
    ],
    ['called by new', 'function F(){~this.a=1}F.prototype.b=1;var x=new F();exports.result=x.a+x.b;', 2],
    ['a shorthand', 'var a=1;function f(){~return{a}}exports.result=f().a;', 1],
    ['a name of its own', 'var a=1;function f(a){~var b=2;return a+b}var b=9;exports.result=f(5);', 7],
    ['a default', 'var a=1;function f(b=a){~return b}exports.result=f();', 1],
    [
      'a class with super',
      'class A{m(){return 1}}function f(){~return class extends A{m(){return super.m()}}}exports.result=new(f())().m();',
      1,
    ],
    ['its length', 'function f(a,b,c=1){~}exports.result=f.length;', 2],
    ['its own directive', 'function f(){"use strict";~return this}exports.result=f();', undefined],
    ['the directive of the file', '"use strict";function f(){~return this}exports.result=f();', undefined],
  ])('%s', (_name, body, expected) => {
    const files = separated(body);
    expect(files.cold).toBeDefined();
    expect(files.text).not.toContain(PADDING);
    expect(run(files).result).toEqual(expected);
  });
});

test('the other file is loaded when the first of its functions is called', () => {
  const files = separated('function f(){~return 1}exports.result=exports.result===undefined?0:f();');
  expect(run(files)).toEqual({ result: 0, loaded: false });
  expect(run(separated('function f(){~return 1}exports.result=f();'))).toEqual({ result: 1, loaded: true });
});

test.each([
  ['what is executed', 'function f(){~}', ['function f(){~}']],
  ['a short one', 'function f(){return 1}', []],
  [
    'one in another that is executed',
    'function g(){function f(){~}f()}',
    ['function g(){function f(){~}f()}'],
  ],
  ['one that assigns a variable of the file', 'var a;function f(){~a=1}', []],
  ['one that counts a variable of the file', 'var a=0;function f(){~a++}', []],
  ['a method with super', 'var o={f(){~super.f()}};', []],
  ['an arrow function with this', 'var o={f:()=>{~return this}};', []],
  ['an arrow function with arguments', 'var o={f:()=>{~return arguments}};', []],
  ['one that asks for new.target', 'function f(){~return new.target}', []],
  ['one with a variable of a block', '{let a=1;var o={f(){~return a}};}', []],
  ['a computed name', 'var o={["f"](){~}};', []],
  ['accessors', 'var o={get f(){~return 1},set f(a){~}};', []],
  ['methods of classes', 'class A{f(){~}}', []],
])('%s stays', (_name, body, executed) => {
  const { text, cold } = separated(body, executed);
  expect(cold).toBeUndefined();
  expect(text).toContain(body.replaceAll('~', PADDING));
});
