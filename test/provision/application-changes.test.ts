import { KnownSecrets } from '../../src/cluster/compare/known-secrets';
import {
  applicationChanges,
  removedCallbacks,
  type TerraformPlan,
} from '../../src/provision/application-changes';

const secrets = new KnownSecrets().learnTexts(['planted-secret']);

/** A plan that changes one resource, as `terraform show -json` prints it. */
const planOf = (change: object, type = 'auth0_client'): TerraformPlan =>
  ({
    resource_changes: [
      { address: `${type}.application`, mode: 'managed', type, name: 'application', change },
    ],
  }) as TerraformPlan;

const fieldsOf = (change: object) =>
  applicationChanges(planOf({ actions: ['update'], ...change }), secrets)[0]?.fields;

test.each([
  [['create'], {}, 'create'],
  [['delete'], {}, 'delete'],
  [['update'], {}, 'update'],
  [['delete', 'create'], {}, 'replace'],
  [['create', 'delete'], {}, 'replace'],
  [['update'], { importing: { id: 'x' } }, 'import'],
  [['no-op'], { importing: { id: 'x' } }, 'import'],
])('%s %j is told as %s', (actions, more, action) =>
  expect(applicationChanges(planOf({ actions, before: null, after: null, ...more }), secrets)).toMatchObject([
    { action, type: 'auth0_client', name: 'application' },
  ]),
);

test('what stays and what is only read is not told', () => {
  expect(applicationChanges(planOf({ actions: ['no-op'], before: {}, after: {} }), secrets)).toEqual([]);
  expect(applicationChanges(planOf({ actions: ['read'], before: null, after: {} }), secrets)).toEqual([]);
  expect(applicationChanges({}, secrets)).toEqual([]);
});

test('fields that change are told with both values', () =>
  expect(
    fieldsOf({
      before: { name: 'a', description: null, jwt: [{ alg: 'HS256', lifetime: 1 }] },
      after: { name: 'a', description: 'new', jwt: [{ alg: 'RS256', lifetime: 1 }] },
    }),
  ).toEqual([
    { path: 'description', after: 'new' },
    { path: 'jwt[0].alg', before: 'HS256', after: 'RS256' },
  ]));

test('what Auth0 makes is known after apply', () =>
  expect(
    fieldsOf({ before: { id: '1' }, after: {}, after_unknown: { id: true, list: [false] } }),
  ).toContainEqual({ path: 'id', before: '1', after: '(known after apply)' }));

test('what is sensitive is told without its values', () => {
  expect(
    fieldsOf({
      before: { client_secret: 'one-secret', nested: [{ token: 'two-secret', name: 'a' }] },
      after: { client_secret: 'three-secret', nested: [{ token: 'four-secret', name: 'b' }] },
      before_sensitive: { client_secret: true, nested: [{ token: true }] },
      after_sensitive: {},
    }),
  ).toEqual([
    { path: 'client_secret', secret: 'changed' },
    { path: 'nested[name=a]', secret: 'changed' },
    { path: 'nested[name=b]', secret: 'added' },
  ]);
});

test('a known secret that is in another value is hidden', () =>
  expect(
    JSON.stringify(fieldsOf({ before: { code: 'a' }, after: { code: 'x planted-secret y' } })),
  ).not.toContain('planted-secret'));

test('callback URLs that go are those of an application that stays', () => {
  const change = { before: { callbacks: ['a', 'b'] }, after: { callbacks: ['b', 'c'] } };
  expect(removedCallbacks(planOf({ actions: ['update'], ...change }))).toEqual(['a']);
  expect(removedCallbacks(planOf({ actions: ['delete', 'create'], ...change }))).toEqual([]);
  expect(removedCallbacks(planOf({ actions: ['update'], ...change }, 'auth0_role'))).toEqual([]);
});
