import { inReadingOrder } from '../../src/outputs/key-order';

/** Keys on all levels, as they come in a file. */
const keysOf = (value: unknown): string =>
  JSON.stringify(inReadingOrder(value))
    .match(/"[\w.-]+":/g)
    ?.join('') ?? '';

describe('the keys of a manifest', () => {
  test('begin with what the object is, and end with what is long', () =>
    expect(
      keysOf({
        data: { x: 1 },
        kind: 'ConfigMap',
        metadata: { labels: {}, namespace: 'n', name: 'a' },
        apiVersion: 'v1',
      }),
    ).toBe('"apiVersion":"kind":"metadata":"name":"namespace":"labels":"data":"x":'));

  test('of a container begin with its name and what it runs', () =>
    expect(
      keysOf([
        {
          args: [],
          env: [{ value: 'b', name: 'a' }],
          image: 'i',
          livenessProbe: {},
          name: 'pachd',
          command: [],
        },
      ]),
    ).toBe('"name":"image":"command":"args":"env":"name":"value":"livenessProbe":'));

  test('of a pod end with containers and volumes', () =>
    expect(
      keysOf({ volumes: [], containers: [], affinity: {}, tolerations: [], serviceAccountName: 'a' }),
    ).toBe('"affinity":"serviceAccountName":"tolerations":"containers":"volumes":'));

  test('are in alphabetical order where they are names', () =>
    expect(keysOf({ labels: { name: 'a', app: 'b', data: 'c' } })).toBe('"labels":"app":"data":"name":'));

  test('do not depend on the order that they come in', () =>
    expect(keysOf({ b: 1, spec: 2, a: 3, kind: 4 })).toBe(keysOf({ kind: 4, a: 3, spec: 2, b: 1 })));
});
