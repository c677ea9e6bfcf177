import { chartFact, keysOfSection } from '../../src/helm-values/facts';
import { otherName, otherNameHint, OTHER_NAMES } from '../../src/product-files/other-chart-names';
import { rowsIn } from '../../src/schema/key-advice';

const advice = (path: string): string | undefined => {
  const steps = path.split('.');
  const said = otherName(steps.slice(0, -1), steps.at(-1) ?? '');
  return said && otherNameHint(said);
};

describe('names that other charts have for a value', () => {
  test.each(rowsIn(OTHER_NAMES))('in the section "%s" of no chart there are %s', (section, names, said) => {
    const keys = keysOfSection(section) ?? [];
    expect(keys).not.toEqual([]);
    expect(keys.filter((key) => names.test(key))).toEqual([]);
    if (typeof said !== 'string')
      expect(said.filter((path) => !chartFact(path) && !keysOfSection(path))).toEqual([]);
  });

  test.each([
    ['replicaCount', 'the chart has it in pachd.replicas'],
    ['tls', 'the chart has it in ingress.tls, proxy.tls or pachd.tls'],
    ['ingress.hosts', 'the chart has it in ingress.host'],
    ['proxy.type', 'the chart has it in proxy.service.type'],
    ['pachd.storage.amazon.accessKeyId', 'the chart has it in pachd.storage.amazon.id'],
    ['global.postgresql.sslmode', 'the chart has it in global.postgresql.postgresqlSSL'],
    ['oidc.connectors', 'the chart has it in oidc.upstreamIDPs'],
    [
      'ingress.ingressClassName',
      'the chart has no value for it: add kubernetes.io/ingress.class to ingress.annotations',
    ],
  ])('%s: %s', (path, said) => expect(advice(path)).toBe(said));

  test.each(['pachd.anything', 'pachd.labels.tag', 'constructor.name', 'toString'])(
    'of %s nothing is known',
    (path) => expect(advice(path)).toBeUndefined(),
  );
});
