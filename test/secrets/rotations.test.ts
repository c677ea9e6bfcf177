import { rotationOf } from '../../src/secrets/rotations';
import { clusterOf } from '../support/cluster-of';

const COMMANDS = { get: 'GET', deploy: 'DEPLOY' };
const stepsFor = (release: string, ...path: (string | number)[]): readonly string[] =>
  rotationOf(path, clusterOf({ release }), COMMANDS).steps;

test('the root token is replaced by pachctl where a Job logs in with it, and by a deploy later', () => {
  expect(stepsFor('2.2.8', 'auth', 'rootToken')).toEqual([
    expect.stringMatching(/^# /),
    'pachctl auth rotate-root-token --supply-token "$(GET)"',
    'DEPLOY',
  ]);
  expect(stepsFor('2.11.6', 'auth', 'rootToken')).toEqual(['DEPLOY']);
});

test('the database is told before the deploy, with the password that the pod has', () => {
  for (const field of ['password', 'rootPassword']) {
    const steps = stepsFor('2.11.6', 'database', 'internal', field);
    expect(steps.at(-1)).toBe('DEPLOY');
    expect(steps.at(-2)).toMatch(/^GET \| kubectl -n pachyderm exec -i postgres-0 -- sh -c /);
  }
});

test('the program of a client gets its secret after the deploy', () =>
  expect(stepsFor('2.11.6', 'identity', 'clients', 0, 'secret')).toEqual([
    'DEPLOY',
    expect.any(String),
    'GET',
  ]));

test('Keycloak, which imports users once, is told of the password of one', () =>
  expect(stepsFor('2.11.6', 'keycloak', 'users', 0, 'password')).toEqual([
    expect.stringMatching(/^# .*Keycloak/),
    'GET',
  ]));

test('a new encryption key changes files alone', () =>
  expect(stepsFor('2.11.6', 'secrets', 'encryptionKey').join()).not.toContain('DEPLOY'));

test('every field of every document has words', () => {
  for (const path of [
    ['auth', 'clientSecret'],
    ['console', 'clientSecret'],
    ['enterprise', 'secret'],
    ['auth0', 'users', 0, 'password'],
    ['auth0', 'application', 'clientSecret'],
    ['storage', 'azure', 'key'],
  ])
    expect(rotationOf(path, clusterOf(), COMMANDS)).toEqual({
      breaks: expect.stringMatching(/\w/) as string,
      steps: ['DEPLOY'],
    });
});
