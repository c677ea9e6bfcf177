import { adviceOnAbsentValue, ABSENT_VALUES } from '../../src/schema/absent-values';
import { rowsIn } from '../../src/schema/key-advice';
import { schemaAt } from '../../src/schema/schema-at';

describe('values that a field does not have', () => {
  test.each(rowsIn(ABSENT_VALUES))('%s takes none of %s', (field, names) => {
    const values = schemaAt(field.split('.'))['enum'] as readonly string[];
    expect(values.filter((value) => names.test(value))).toEqual([]);
  });

  test.each([
    ['access.via', 'LoadBalancer', /^write proxy, and access\.proxy\.service\.type: LoadBalancer$/],
    ['access.via', 'network-load-balancer', /LoadBalancer$/],
    ['access.via', 'traefik', /access\.ingress\.className$/],
    ['access.via', 'HTTPRoute', /pachyderm-proxy$/],
    ['profile', 'staging', /^write production /],
    ['security.hardening', 'true', /^write strict$/],
    ['secrets.output', 'vault', /secrets\.externalSecret\.store$/],
  ])('%s: %s', (field, value, said) => expect(adviceOnAbsentValue(field.split('.'), value)).toMatch(said));

  test('of others nothing is known', () => {
    expect(adviceOnAbsentValue(['access', 'via'], 'anything')).toBeUndefined();
    expect(adviceOnAbsentValue(['pachd', 'logLevel'], 'true')).toBeUndefined();
  });
});
