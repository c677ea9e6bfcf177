import { changedFields, pathText } from '../../src/cluster/compare/fields';
import { KnownSecrets } from '../../src/cluster/compare/known-secrets';
import { shownFields } from '../../src/cluster/compare/shown-fields';

const changed = (before: unknown, after: unknown): unknown[] =>
  changedFields(before, after).map(({ path, ...values }) => [pathText(path), values]);

test('mappings are compared key by key', () => {
  expect(changed({ a: 1, b: { c: 'x' } }, { a: 2, b: { c: 'x' }, d: [] })).toEqual([
    ['a', { before: 1, after: 2 }],
    ['d', { after: [] }],
  ]);
});

test('keys that are no words are in quotes', () => {
  expect(changed({ m: { 'a.b/c': '1' } }, { m: {} })).toEqual([['m["a.b/c"]', { before: '1' }]]);
});

test('items of lists are told by their names, so that one more is one change', () => {
  const container = (name: string, image: string): object => ({ name, image });
  expect(
    changed(
      { containers: [container('a', '1'), container('b', '1')] },
      { containers: [container('sidecar', '1'), container('a', '1'), container('b', '2')] },
    ),
  ).toEqual([
    ['containers[name=b].image', { before: '1', after: '2' }],
    ['containers[name=sidecar]', { after: { name: 'sidecar', image: '1' } }],
  ]);
});

test('another order of variables is a change: later ones expand earlier ones', () => {
  const variables = ['A', 'B'].map((name) => ({ name, value: '1' }));
  expect(changed({ env: variables }, { env: [...variables].reverse() })).toEqual([
    ['env[order]', { before: '[name=A] [name=B]', after: '[name=B] [name=A]' }],
  ]);
});

test('lists without names are compared by position', () => {
  expect(changed({ args: ['a', 'b'] }, { args: ['a', 'c', 'd'] })).toEqual([
    ['args[1]', { before: 'b', after: 'c' }],
    ['args[2]', { after: 'd' }],
  ]);
});

describe('what is shown of', () => {
  const secrets = new KnownSecrets().learn([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'one' },
      data: {
        token: Buffer.from('planted-token').toString('base64'),
        idps: Buffer.from(
          '- id: corp\n  config:\n    bindPW: planted-bind\n    host: ldap.acme.com\n',
        ).toString('base64'),
      },
    },
  ]);
  const shown = (kind: string, before: object, after: object): unknown[] =>
    shownFields({ kind }, changedFields(before, after), secrets);

  test('a Secret is what happens to each key, and no value', () => {
    expect(shown('Secret', { data: { a: 'eA==', b: 'eA==' } }, { data: { a: 'eQ==', c: 'eA==' } })).toEqual([
      { path: 'data.a', secret: 'changed' },
      { path: 'data.b', secret: 'removed' },
      { path: 'data.c', secret: 'added' },
    ]);
    expect(shown('Secret', {}, { data: { a: 'eA==' } })).toEqual([{ path: 'data.a', secret: 'added' }]);
  });

  test('a variable whose name says secret is no value', () => {
    const env = (value: string): object => ({ env: [{ name: 'ADMIN_PASSWORD', value }] });
    expect(shown('Deployment', env('hunter2'), env('hunter3'))).toEqual([
      { path: 'env[name=ADMIN_PASSWORD].value', secret: 'changed' },
    ]);
    expect(JSON.stringify(shown('Deployment', { env: [] }, env('hunter3')))).not.toContain('hunter3');
  });

  test('text is lines, with what changes and two around it', () => {
    const text = (four: string): object => ({ data: { 'x.yaml': `1\n2\n3\n${four}\n5\n6\n7\n` } });
    expect(shown('ConfigMap', text('4'), text('four'))).toEqual([
      { path: 'data["x.yaml"]', lines: [' 2', ' 3', '-4', '+four', ' 5', ' 6'] },
    ]);
  });

  test('any other field has asterisks for what is in a Secret', () => {
    const args = (value: string): object => ({ args: [value] });
    expect(
      shown('Deployment', args('--token=planted-token'), args('--bind=planted-bind --host=ldap.acme.com')),
    ).toEqual([
      {
        path: 'args[0]',
        before: '--token=*************',
        after: '--bind=************ --host=ldap.acme.com',
      },
    ]);
  });
});
