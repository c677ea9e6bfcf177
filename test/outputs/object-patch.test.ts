import { JsonPatch } from 'cdk8s';
import fc from 'fast-check';
import { objectPatch } from '../../src/outputs/rollout/object-patch';

/** The library that applies patches here takes no `__proto__`, which no object of Kubernetes has. */
const value = fc
  .jsonValue({ maxDepth: 4 })
  .filter((json) => !JSON.stringify(json).includes('__proto__'))
  .map((json) => ({ root: json }));

test('a patch makes the one value of the other', () => {
  fc.assert(
    fc.property(value, value, (from, to) => {
      const operations = objectPatch(from, to).map(({ op, path, value: added }) =>
        op === 'remove'
          ? JsonPatch.remove(path)
          : op === 'add'
            ? JsonPatch.add(path, added)
            : JsonPatch.replace(path, added),
      );
      expect(JsonPatch.apply(structuredClone(from), ...operations)).toEqual(to);
    }),
  );
});

test.each([
  ['nothing', { a: [1] }, { a: [1] }, []],
  ['an item', { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, [{ op: 'replace', path: '/a/1/b', value: 3 }]],
  ['a longer list', { a: [1] }, { a: [1, 2] }, [{ op: 'replace', path: '/a', value: [1, 2] }]],
  ['a key with a slash', {}, { 'a/b~': 1 }, [{ op: 'add', path: '/a~1b~0', value: 1 }]],
  ['a key that is gone', { a: 1 }, {}, [{ op: 'remove', path: '/a' }]],
])('what differs is written and no more: %s', (_, from, to, patch) => {
  expect(objectPatch(from, to)).toEqual(patch);
});
