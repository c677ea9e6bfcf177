import { execFileSync } from 'node:child_process';
import path from 'node:path';
import vm from 'node:vm';

const MODULE = path.resolve(__dirname, '..', '..', 'scripts', 'support', 'eager-functions.mjs');

/** What the build makes of a file of which every function is executed; Jest loads no ES modules, so Node does. */
function eager(body: string): string {
  const text = `(function (exports, require) {"use strict";${body}})`;
  const script = `
    import { parse } from 'acorn';
    import { full } from 'acorn-walk';
    const { withEagerFunctions } = await import(process.argv[1]);
    const text = process.argv[2];
    const executed = new Set();
    full(parse(text, { ecmaVersion: 'latest' }), (node) => {
      if (/Function/.test(node.type)) executed.add(node.start + ':' + node.end);
    });
    process.stdout.write(withEagerFunctions(text, executed));`;
  const whole = execFileSync(process.execPath, ['--input-type=module', '-e', script, MODULE, text], {
    encoding: 'utf8',
    cwd: path.dirname(MODULE),
  });
  // The function around it is one of those, and has parentheses already.
  return /^\(+function \(exports, require\) \{"use strict";(.*)\}\)+$/s.exec(whole)?.[1] ?? whole;
}

test.each([
  ['a declaration goes to the top', 'a();function a(){return 1}', 'var a=(function(){return 1});a();'],
  [
    'two of them',
    'b(1);function b(){a()}function a(){}',
    'var b=(function(){a()});var a=(function(){});b(1);',
  ],
  ['a generator', 'function*a(){yield 1}', 'var a=(function*(){yield 1});'],
  ['an asynchronous function', 'async function a(){}', 'var a=(async function(){});'],
  ['one within another stays', 'x=function(){function b(){}};', 'x=(function(){function b(){}});'],
  ['an expression', 'x=function(){};', 'x=(function(){});'],
  ['a method', 'x={a(b){return b}};', 'x={a:(function(b){return b})};'],
  [
    'a method that is a generator',
    'x={*a(){},async b(){}};',
    'x={a:(function*(){}),b:(async function(){})};',
  ],
  ['a method with a name in quotes', 'x={"a-b"(){}};', 'x={"a-b":(function(){})};'],
  ['a computed name stays', 'x={[a](){}};', 'x={[a](){}};'],
  ['a method with super stays', 'x={a(){super.a()}};', 'x={a(){super.a()}};'],
  ['accessors stay', 'x={get a(){return 1},set a(b){}};', 'x={get a(){return 1},set a(b){}};'],
  ['methods of a class stay', 'x=class{a(){}static b(){}};', 'x=class{a(){}static b(){}};'],
  ['an arrow function', 'x=(a,b)=>{a(b)};', 'x=(function(a,b){a(b)});'],
  ['one of an expression', 'x=a=>a+1;', 'x=(function(a){return a+1});'],
  ['one of an object', 'x=()=>({a:1});', 'x=(function(){return ({a:1})});'],
  ['one in another', 'x=a=>b=>a+b;', 'x=(function(a){return (function(b){return a+b})});'],
  ['one with a function as default', 'x=(a=()=>1)=>a;', 'x=(function(a=(function(){return 1})){return a});'],
  ['an arrow function with this stays', 'x=()=>this.a;', 'x=()=>this.a;'],
  ['an arrow function with arguments stays', 'x=()=>arguments[0];', 'x=()=>arguments[0];'],
  ['an asynchronous arrow function stays', 'x=async()=>{};', 'x=async()=>{};'],
])('%s', (_name, body, expected) => {
  expect(eager(body)).toBe(expected);
});

test('what a file does stays the same', () => {
  const text = `
    const rows = [{ check(n) { return n + 1; } }, { check: (n) => ({ n }).n * 3 }];
    class Box { constructor(n) { this.n = n; } twice() { return [1, 2].map((by) => this.n * by); } }
    exports.results = [add(1, 2), [...count(3)], rows.map((row) => row.check(2)), pick({ a: 5 }), new Box(4).twice()];
    function add(a, b) { return a + b; }
    function* count(to) { for (let at = 0; at < to; at++) yield at; }
    function pick({ a, b = () => a * 2 }) { return b(); }`;
  const resultsOf = (source: string): unknown => {
    const exports: { results?: unknown } = {};
    (vm.runInThisContext(`(function (exports) {"use strict";${source}})`) as (to: object) => void)(exports);
    return exports.results;
  };
  expect(resultsOf(eager(text))).toEqual(resultsOf(text));
  expect(resultsOf(text)).toEqual([3, [0, 1, 2], [3, 6], 10, [4, 8]]);
});
