import { refusalDiagnostic } from '../../src/cluster/refusal';
import { ApiRefusal } from '../../src/cluster/api/kubernetes-api';
import { ClusterFailure } from '../../src/cluster/failure';
import { refusal, startStandIn, type Answer, type Asked, type StandInApi } from './stand-in-api';

let standIn: StandInApi;
afterEach(() => standIn.close());

const start = async (...answers: readonly Answer[]): Promise<StandInApi> => {
  let next = 0;
  standIn = await startStandIn(() => answers[Math.min(next++, answers.length - 1)]);
  return standIn;
};

const failureOf = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'no failure',
    (error: unknown) => error,
  );

test('asks with the credentials, and answers in JSON', async () => {
  const { api, asked } = await start({ body: { items: [] } });
  expect(await api.request('/api/v1/pods', { query: { limit: '5', continue: undefined } })).toEqual({
    items: [],
  });
  expect(asked.map(({ method, path }: Asked) => [method, path])).toEqual([['GET', '/api/v1/pods?limit=5']]);
  expect(asked[0]?.headers.authorization).toBe('Bearer t0ken');
});

test('an answer 401 is tried once more with new credentials, and then told', async () => {
  const { api, asked } = await start(refusal(401, 'Unauthorized', 'Unauthorized'));
  expect(await failureOf(api.request('/api'))).toMatchObject({
    code: 'CLU004',
    message: 'The API server of the context test does not accept the credentials: Unauthorized',
  });
  expect(asked).toHaveLength(2);
});

test('a server that is overloaded, or falls over, is asked again', async () => {
  const { api, asked } = await start(
    refusal(429, 'TooManyRequests', 'slow down'),
    refusal(500, 'InternalError', 'etcdserver: leader changed'),
    { body: { kind: 'APIVersions' } },
  );
  expect(await api.request('/api')).toEqual({ kind: 'APIVersions' });
  expect(asked).toHaveLength(3);
});

test('a connection that breaks is made again, but nothing is created twice', async () => {
  const { api, asked } = await start(undefined);
  expect(await failureOf(api.request('/api/v1/secrets', { method: 'POST', body: {} }))).toMatchObject({
    code: 'CLU003',
  });
  expect(asked).toHaveLength(1);
  expect(await failureOf(api.request('/api'))).toBeInstanceOf(ClusterFailure);
  expect(asked).toHaveLength(4);
});

test('what a proxy answers in its place is said', async () => {
  const { api } = await start({ status: 502, body: '<html>Bad Gateway</html>' });
  expect(await failureOf(api.request('/api'))).toMatchObject({
    code: 'CLU003',
    message: expect.stringMatching(/cannot be asked: it answers with HTTP status 502$/) as string,
  });
});

test('a page instead of JSON is no API server', async () => {
  const { api } = await start({ body: '<html>Welcome</html>' });
  expect(await failureOf(api.request('/api'))).toMatchObject({
    code: 'CLU003',
    message: expect.stringMatching(/it does not answer in JSON: this is not an API server/) as string,
  });
});

const object = { kind: 'Deployment', metadata: { name: 'pachd' } };

test.each([
  [
    403,
    'Forbidden',
    'deployments.apps "pachd" is forbidden: User "ada" cannot patch resource "deployments"',
    'CLU005',
  ],
  [403, 'Forbidden', 'pods "pachd" is forbidden: exceeded quota: compute, requested: cpu=4', 'CLU007'],
  [403, 'Forbidden', 'admission webhook "policy.example" denied the request: no label team', 'CLU007'],
  [
    422,
    'Invalid',
    "deployments.apps \"pachd\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'owners' denied request: a Deployment needs an owner",
    'CLU007',
  ],
  [403, 'Forbidden', 'unable to create new content in namespace x because it is being terminated', 'CLU008'],
  [422, 'Invalid', 'Deployment.apps "pachd" is invalid: spec.replicas: Invalid value: -1', 'CLU006'],
])('a refusal %i %s, %s, is %s', async (status, reason, message, code) => {
  const { api } = await start(refusal(status, reason, message));
  const error = await failureOf(
    api.request('/apis/apps/v1/namespaces/x/deployments/pachd', { method: 'PATCH' }),
  );
  expect(error).toBeInstanceOf(ApiRefusal);
  expect(refusalDiagnostic(error as ApiRefusal, object, 'pachyderm.yaml')).toMatchObject({
    code,
    message: `The API server refuses Deployment/pachd: ${message}`,
    location: { file: 'pachyderm.yaml' },
  });
});
