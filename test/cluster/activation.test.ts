import { activationOf, activatesItself, licenseOf } from '../../src/cluster/activation/activation';
import { bootstrapFailure } from '../../src/cluster/activation/bootstrap-failures';
import type { KubernetesObject } from '../../src/cluster/api/objects';
import { compareObjects } from '../../src/cluster/compare/plan-changes';
import { Settings } from '../../src/cluster/meaning/settings';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { wantedOf } from './wanted-of';

test.each([
  [
    'bootstrap license service from the environment: activate the license service: error validating activation code: the activation code has expired',
    'license expired',
  ],
  ['error validating activation code: invalid signature in activation code', 'license refused'],
  [
    'License server failed to bootstrap via environment; Either both or neither of LICENSE_KEY and ENTERPRISE_SECRET must be set.',
    'license half given',
  ],
  [
    'activate auth via environment: activate auth everywhere ([PFS PPS]): activate auth: Pachyderm Enterprise is not active in this cluster',
    'no license',
  ],
  [
    'create connector with ID: "kc": unable to open connector: failed to get provider: connection refused',
    'identity not set up',
  ],
  [
    'configure the auth server via environment: modify cluster role bindings: unknown role "x"',
    'half activated',
  ],
  ['configure the auth server via environment: create oidc client "cli"', 'half activated'],
  ['error syncing cluster state: provided auth token is corrupted or has expired', 'another root token'],
])('%s: %s', (log, state) => {
  expect(bootstrapFailure(`starting\n${log}\n`)).toMatchObject({
    state,
    todo: expect.stringMatching(/\w/) as string,
  });
});

test('what pachd names is said, and other logs say nothing', () => {
  expect(bootstrapFailure('update connector with ID: "auth0": unable to open connector')?.text).toMatch(
    /: auth0$/,
  );
  expect(bootstrapFailure('panic: runtime error')).toBeUndefined();
});

const NOW = new Date('2026-11-28T00:00:00Z');
const key = (expiry: string): string =>
  Buffer.from(JSON.stringify({ token: JSON.stringify({ expiry }), signature: 'AA==' })).toString('base64');

test('a license key says when it ends', () => {
  expect(licenseOf(key('2027-01-01T00:00:00Z'), NOW)).toEqual({
    expires: '2027-01-01T00:00:00.000Z',
    isExpired: false,
  });
  expect(licenseOf(key('2026-01-01T00:00:00Z'), NOW)?.isExpired).toBe(true);
  expect(licenseOf('example-license-key', NOW)).toBeUndefined();
  expect(licenseOf(undefined, NOW)).toBeUndefined();
});

type Document = Partial<ClusterDocument>;

/** What runs, as controllers have marked it. */
const running = (document: Document, isReady = true): KubernetesObject[] =>
  wantedOf(document).objects.map((object) =>
    object.kind === 'Deployment'
      ? {
          ...object,
          metadata: { ...object.metadata, generation: 1 },
          status: isReady
            ? { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
            : {},
        }
      : object,
  );

const activation = (before: readonly KubernetesObject[], after: Document): unknown =>
  activationOf(new Settings(compareObjects(before, wantedOf(after).objects, 'default')), before).state;

describe('the activation of a cluster', () => {
  test('that is not there', () => expect(activation([], {})).toBe('not installed'));
  test('that activates itself', () => {
    expect(activation(running({}), {})).toBe('activated');
    expect(activation(running({}, false), {})).toBe('starting');
  });
  test('without it in the environment is off, or done by hand', () => {
    const before = running({ auth: { enabled: false } });
    expect(activation(before, {})).toBe('not by the environment');
    expect(
      activatesItself(
        before.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'pachd'),
      ),
    ).toBe(false);
  });

  const old: Document = { release: '2.2.8', enterprise: { licenseKey: 'example-license-key' } };
  const job = (type: string): KubernetesObject[] =>
    running(old).map((object) =>
      object.kind === 'Job' ? { ...object, status: { conditions: [{ type, status: 'True' }] } } : object,
    );
  test('up to 2.2 is what has become of the Job', () => {
    expect(activation(job('Complete'), old)).toBe('activated');
    expect(activation(job('Failed'), old)).toBe('half activated');
    expect(activation(running(old), old)).toBe('not activated');
  });
});
