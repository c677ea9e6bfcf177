import { toValue } from '../../src/document/source-node';
import { readLayers, type SetArgument } from '../../src/helm-values/layers/read-layers';
import { inputOf, inShort, type Files } from '../support/input-of';

/** Values as they are together, of files in their order and of arguments such as `--set a=1`. */
function layersOf(files: Files, args: readonly string[]) {
  const sets = args.map((arg) => {
    const [flag = '', ...rest] = arg.split(' ');
    return { flag: flag.slice(2), text: rest.join(' ') } as SetArgument;
  });
  return readLayers({ files: Object.keys(files), sets }, inputOf({ ...files, ...MORE }), () => []);
}

const MORE: Files = { 'license.txt': 'key of acme\n', 'a,b.txt': 'comma' };

/** The same as JSON, without anything found. */
function values(files: Files | string, ...args: readonly string[]): unknown {
  const all = typeof files === 'string' ? { 'values.yaml': files } : files;
  const { root, diagnostics } = layersOf(all, args);
  expect(diagnostics.map(inShort)).toEqual([]);
  return root && toValue(root);
}

function problems(files: Files | string, ...args: readonly string[]): string[] {
  return layersOf(typeof files === 'string' ? { 'values.yaml': files } : files, args).diagnostics.map(
    inShort,
  );
}

describe('files', () => {
  test('are laid over those before them: mappings merge, all else replaces, null stays', () =>
    expect(
      values({
        'a.yaml': 'm: { a: 1, b: { c: 2 } }\nl: [1, 2]\ns: { t: 1 }\nx: { o: 1 }\n',
        'b.yaml': 'm: { b: { d: 3 } }\nl: [3]\ns: text\nx: null\n',
      }),
    ).toEqual({ m: { a: 1, b: { c: 2, d: 3 } }, l: [3], s: 'text', x: null }));

  test('that are empty change nothing', () =>
    expect(values({ 'a.yaml': 'a: 1\n', 'b.yaml': '# nothing\n', 'c.yaml': '' })).toEqual({ a: 1 }));

  test.each<[string, unknown]>([
    ['a: yes\nb: off\nc: y\nd: "yes"', { a: true, b: false, c: true, d: 'yes' }],
    ['a: 0123\nb: 0o17\nc: 0b11\nd: 1_000', { a: 83, b: 15, c: 3, d: 1000 }],
    ['a: 1:30\nb: 2022-11-16\nc: 1e3', { a: '1:30', b: '2022-11-16', c: 1000 }],
    ['yes: 1\n1.0: a\n0x10: b\n"y": c\n.5: d', { true: 1, '1': 'a', '16': 'b', y: 'c', '0.5': 'd' }],
    ['1000000.0: a\n1000000: b', { '1e+06': 'a', '1000000': 'b' }],
    ['a: 12345678901234567890', { a: 12345678901234567000 }],
  ])('are read as Helm reads YAML: %j', (text, expected) => expect(values(text)).toEqual(expected));

  test.each([
    [
      '~: a',
      'values.yaml:1:1 FIL028 Helm cannot read the values: `error converting YAML to JSON: unsupported map key of type: %!s(<nil>)`',
    ],
    [
      'a: .inf',
      'values.yaml:1:4 FIL028 Helm cannot read the values: `error converting YAML to JSON: json: unsupported value: +Inf`',
    ],
    [
      'a: [-.inf]',
      'values.yaml:1:5 FIL028 Helm cannot read the values: `error converting YAML to JSON: json: unsupported value: -Inf`',
    ],
  ])('with what JSON has not are refused: %j', (text, problem) => expect(problems(text)).toEqual([problem]));

  test.each<[string, unknown]>([
    ['a: 1\n<<: { a: 2 }', { a: 2 }],
    ['<<: { a: 2 }\na: 1', { a: 1 }],
    ['<<: [{ a: 2 }, { a: 3, b: 4 }]', { a: 2, b: 4 }],
    ['<<: { a: 2 }\n<<: { a: 3 }', { a: 3 }],
    ['m: { a: { b: 1 }, <<: { a: { c: 2 } } }', { m: { a: { c: 2 } } }],
    [
      'd: &d { k: 1, l: 2 }\nx:\n  k: 3\n  <<: *d\nz: { <<: *d, k: 3 }',
      {
        d: { k: 1, l: 2 },
        x: { k: 1, l: 2 },
        z: { k: 3, l: 2 },
      },
    ],
    ['d: &d { k: 1, <<: { k: 2 } }\nx: *d', { d: { k: 2 }, x: { k: 2 } }],
    ['l: [{ k: 1, <<: { k: 2 } }]', { l: [{ k: 2 }] }],
    ['"<<": { a: 2 }', { '<<': { a: 2 } }],
    ['a: !env bar\nb: !x 5', { a: 'bar', b: '5' }],
  ])('are merged in the order in which they are written: %j', (text, expected) =>
    expect(values(text)).toEqual(expected),
  );

  test('of a key that is there twice the last counts, as with Helm, which does not say so', () => {
    const { root, diagnostics, isWhole } = layersOf(
      { 'values.yaml': 'a: { b: 1 }\nc: 1\na: { d: 2 }\nc: 1' },
      [],
    );
    expect(root && toValue(root)).toEqual({ a: { d: 2 }, c: 1 });
    expect(isWhole).toBe(true);
    expect(diagnostics.map((each) => `${each.severity} ${inShort(each)}`)).toEqual([
      'error values.yaml:3:1 DOC004 Duplicate key "a": Helm takes this one, and the first, on line 1, has no effect',
      'warning values.yaml:4:1 DOC004 Duplicate key "c": the first, on line 2, says the same',
    ]);
  });

  test('are not downloaded', () =>
    expect(problems({ 'https://example.com/values.yaml': '' })).toEqual([
      'https://example.com/values.yaml DOC001 https://example.com/values.yaml: values are not downloaded',
    ]));
});

describe('--set', () => {
  test.each<[argument: string, expected: unknown]>([
    ['a=1,b=x', { a: 1, b: 'x' }],
    ['a.b.c=1', { a: { b: { c: 1 } } }],
    ['a=true,b=FALSE,c=Null,d=0', { a: true, b: false, c: null, d: 0 }],
    ['a=007,b=1.5,c=1e3,d=+5,e=-2', { a: '007', b: '1.5', c: '1e3', d: 5, e: -2 }],
    ['a=9223372036854775808', { a: '9223372036854775808' }],
    ['a=', { a: '' }],
    ['a=,b=1', { a: '', b: 1 }],
    ['a=x y', { a: 'x y' }],
    ['a=x=y', { a: 'x=y' }],
    ['a=b\\,c', { a: 'b,c' }],
    ['a=b\\\\c', { a: 'b\\c' }],
    ['a\\.b=1', { 'a.b': 1 }],
    ['a\\=b=1', { 'a=b': 1 }],
    ['n.kubernetes\\.io/os=linux', { n: { 'kubernetes.io/os': 'linux' } }],
    ['a={x,y,1}', { a: ['x', 'y', 1] }],
    ['a={x},b={y}', { a: ['x'], b: ['y'] }],
    ['a={}', { a: [''] }],
    ['a={x\\,y,z}', { a: ['x,y', 'z'] }],
    ['a[0]=x,a[1]=y', { a: ['x', 'y'] }],
    ['a[2]=x', { a: [null, null, 'x'] }],
    ['a[0].b=1,a[0].c=2', { a: [{ b: 1, c: 2 }] }],
    ['a[0][1]=x', { a: [[null, 'x']] }],
    ['a[0]={x,y}', { a: [['x', 'y']] }],
    ['a.b[1].c[0]=x', { a: { b: [null, { c: ['x'] }] } }],
    // Where something is missing at the very end, Helm says nothing.
    ['a[0].b=', { a: [] }],
    ['a[0]', { a: [] }],
    ['a.', {}],
    ['.a=1', {}],
  ])('%s', (argument, expected) => expect(values({}, `--set ${argument}`)).toEqual(expected));

  test('goes over the files, in mappings and lists of theirs', () =>
    expect(
      values('a: { b: 1, l: [{ x: 1 }, 2] }\n', '--set a.c=2,a.l[0].y=3', '--set a.l[2]=z', '--set a.b=null'),
    ).toEqual({ a: { b: null, c: 2, l: [{ x: 1, y: 3 }, 2, 'z'] } }));

  test.each([
    ['a', 'key "a" has no value', 3],
    ['a=1,b', 'key "b" has no value', 7],
    ['a,b=1', 'key "a" has no value (cannot end with ,)', 3],
    ['a.=x', 'key map "a" has no value', 3],
    ['a={x,y', "list must terminate with '}'", 5],
    ['a[x]=1', 'error parsing index: strconv.Atoi: parsing "x": invalid syntax', 5],
    ['a[-1]=1', 'negative -1 index not allowed', 5],
    ['a[0=1', 'error parsing index: EOF', 5],
    ['a[0]b=1', 'unexpected data at end of array index: "b"', 7],
    ['a[65537]=1', 'index of 65537 is greater than maximum supported index of 65536', 5],
    [
      's.x=1',
      'unable to parse key: interface conversion: interface {} is string, not map[string]interface {}',
      3,
    ],
    [
      'm[0]=1',
      'unable to parse key: interface conversion: interface {} is map[string]interface {}, not []interface {}',
      3,
    ],
    [
      'l.x=1',
      'unable to parse key: interface conversion: interface {} is []interface {}, not map[string]interface {}',
      3,
    ],
    [
      'f.x=1',
      'unable to parse key: interface conversion: interface {} is float64, not map[string]interface {}',
      3,
    ],
    [
      'x.x=1',
      'unable to parse key: interface conversion: interface {} is nil, not map[string]interface {}',
      3,
    ],
    [
      'z=1,z.x=1',
      'unable to parse key: interface conversion: interface {} is int64, not map[string]interface {}',
      7,
    ],
    [
      `${'a.'.repeat(31)}a=1`,
      'value name nested level is greater than maximum supported nested level of 30',
      63,
    ],
  ])('refuses %s', (argument, says, column) => {
    const [problem, ...others] = problems('s: x\nm: { a: 1 }\nl: [1]\nf: 5\nx: null\n', `--set ${argument}`);
    expect(others).toEqual([]);
    expect(problem).toContain(`--set:1:${column - 2} FIL028`);
    expect(problem).toContain(`\`failed parsing --set data: ${says}\``);
  });

  test('says of several arguments which one it is', () =>
    expect(problems({}, '--set a=1', '--set b').map((problem) => problem.slice(0, 18))).toEqual([
      '--set #2:1:1 FIL02',
    ]));
});

describe('its like', () => {
  test.each<[argument: string, expected: unknown]>([
    ['--set-string a=1,b=true,c=null,d={1,2}', { a: '1', b: 'true', c: 'null', d: ['1', '2'] }],
    ['--set-string a=yes', { a: 'yes' }],
    ['--set-literal a.b=x,y=\\z', { a: { b: 'x,y=\\z' } }],
    ['--set-literal a[1]={x}', { a: [null, '{x}'] }],
    ['--set-file a=license.txt', { a: 'key of acme\n' }],
    ['--set-file a=a\\,b.txt,c={license.txt}', { a: 'comma', c: ['key of acme\n'] }],
    ['--set-json a={"b":[1,{"c":null}]},d="x,y"', { a: { b: [1, { c: null }] }, d: 'x,y' }],
    ['--set-json a=1.5e3 , b=true', { a: 1500, ' b': true }],
    ['--set-json a[1]={"b":"\\u00e9"}', { a: [null, { b: 'é' }] }],
    ['--set-json a=,b= ,c=1', { a: null, b: null, c: 1 }],
    ['--set-json a=1b=2', { a: 1, b: 2 }],
    ['--set-json { "a": { "b": 1 } }', { a: { b: 1 } }],
  ])('%s', (argument, expected) => expect(values({}, argument)).toEqual(expected));

  test.each([
    '--set-json a={"b":1',
    '--set-json a=x',
    '--set-json a=tru',
    '--set-json a="x',
    '--set-json a=1.',
    '--set-json a=1e999',
    '--set-json a=[1e999]',
    '--set-json a={b:1}',
    '--set-json a',
  ])('refuses %s', (argument) => {
    expect(problems({}, argument)).toEqual([
      expect.stringMatching(/^--set-json:1:\d FIL028 .*`failed parsing --set-json data/),
    ]);
  });

  test('a file that does not exist is pointed at in the argument', () =>
    expect(problems({}, '--set-file a=nope.txt')).toEqual([
      '--set-file:1:3 DOC001 nope.txt: there is no such file',
    ]));

  test('their order is that of Helm, whatever it is on the command line', () =>
    expect(
      values(
        'a: file\nb: file\nc: file\nd: file\ne: file\nf: file\n',
        '--set-literal f=literal',
        '--set-file e=license.txt,f=license.txt',
        '--set-string d=string,e=string,f=string',
        '--set c=set,d=set,e=set,f=set',
        '--set-json b="json",c="json",d="json",e="json",f="json"',
      ),
    ).toEqual({ a: 'file', b: 'json', c: 'set', d: 'string', e: 'key of acme\n', f: 'literal' }));
});

test('every value keeps its place', () => {
  const { root } = layersOf({ 'a.yaml': 'm:\n  a: 1\n', 'b.yaml': 'm:\n  b: 2\n' }, ['--set m.c=3,m.d=4']);
  const mapping = root?.entries?.get('m')?.entries;
  const places = [...(mapping ?? [])].map(([, { source, start, end }]) => {
    const { file, range } = source.locate(start, end);
    return `${file}:${range?.line}:${range?.column}`;
  });
  expect(places).toEqual(['a.yaml:2:6', 'b.yaml:2:6', '--set:1:5', '--set:1:11']);
});

test.each([
  'pachd.rootToken=hunter2,hunter3',
  'pachd.rootToken={hunter2,hunter3',
  'a=1,pachd.rootToken=x,hunter2',
])('what may be a part of a secret is not shown: --set %s', (argument) => {
  const { diagnostics } = layersOf({}, [`--set ${argument}`]);
  expect(diagnostics).toHaveLength(1);
  for (const { message, location } of diagnostics) {
    expect(message).not.toMatch(/hunter/);
    expect(location.source?.shownLine(1)).not.toMatch(/hunter/);
  }
});
