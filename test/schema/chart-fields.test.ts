import { chartValues, fieldsOfChartValue } from '../../src/schema/chart-fields';
import { schemaAt } from '../../src/schema/schema-at';

const isField = (path: string): boolean => Object.keys(schemaAt(path.split('.'))).length > 0;

describe('values of the official chart', () => {
  test.each(chartValues())('%s is no field of a document, and leads to fields', (value) => {
    expect(isField(value)).toBe(false);
    const fields = fieldsOfChartValue(value) ?? [];
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => !isField(field))).toEqual([]);
  });

  test.each([
    ['pgbouncer.image.tag', 'database.pgBouncer.image.tag'],
    ['proxy.service.loadBalancerIP', 'access.proxy.service.loadBalancerIP'],
    ['pachd.storage.amazon.bucket', 'storage.s3.bucket'],
    ['pachd.rootTokenSecretName', 'auth.rootToken.existing.name'],
  ])('%s is %s', (value, field) => expect(fieldsOfChartValue(value)).toEqual([field]));

  test('no other path leads anywhere', () => {
    for (const path of ['pachd.anything', 'toString', 'constructor.name', 'anything.podLabels'])
      expect(fieldsOfChartValue(path)).toBeUndefined();
  });
});
