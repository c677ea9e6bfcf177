import type { VaryingValues } from './varying';

/**
 * Names in DNS whose URLs pachkit derives as it derives those of any other: with a label of letters at the end, so that no reader
 * of YAML takes one for a number, and none that means this machine.
 */
const HOST = '^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$';
const THIS_MACHINE = '\\.localhost$';
const LONGEST_HOST = 253;

/** Whether a host is one of those. */
export function isOrdinaryHost(host: string): boolean {
  return new RegExp(HOST).test(host) && !new RegExp(THIS_MACHINE).test(host) && host.length <= LONGEST_HOST;
}

/** The schema of a chart's values, which takes no others. */
export function valuesSchema(
  values: Partial<VaryingValues> & { host?: string },
  hostVaries: boolean,
): object {
  const { host, images = {}, replicas = {}, resources = {}, storageClass = {}, secrets = {} } = values;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    // Helm takes away what someone sets to null, and templates would render nothing in its place.
    required: [
      ...(host === undefined ? [] : ['host']),
      'images',
      'replicas',
      'resources',
      'storageClass',
      'secrets',
    ],
    ...closed({
      ...(host === undefined
        ? {}
        : {
            host: hostVaries
              ? { type: 'string', maxLength: LONGEST_HOST, pattern: HOST, not: { pattern: THIS_MACHINE } }
              : { type: 'string' },
          }),
      images: all(images, { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._:@/-]*$' }),
      replicas: all(replicas, { type: 'integer', minimum: 0 }),
      resources: each(resources, RESOURCES),
      storageClass: each(storageClass, { type: 'string', pattern: '^([a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$' }),
      secrets: all(secrets, { type: 'string', pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' }),
      // Helm gives it to every chart.
      global: { type: 'object' },
    }),
  };
}

const QUANTITIES = { type: 'object', additionalProperties: { type: ['string', 'number'] } };

const RESOURCES = {
  type: 'object',
  additionalProperties: false,
  properties: { requests: QUANTITIES, limits: QUANTITIES },
};

/** A map of values each of which has to be there. */
function all(values: Readonly<Record<string, unknown>>, schema: object): object {
  return { ...each(values, schema), required: Object.keys(values) };
}

/** A map of values any of which may be left out. */
function each(values: Readonly<Record<string, unknown>>, schema: object): object {
  return { type: 'object', ...closed(Object.fromEntries(Object.keys(values).map((key) => [key, schema]))) };
}

function closed(properties: Readonly<Record<string, object>>): object {
  return { additionalProperties: false, properties };
}
