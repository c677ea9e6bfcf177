import { Resources } from '../../src/cluster/api/resources';
import { reviewRights } from '../../src/cluster/rights/review';
import { refusal, startStandIn, type Answer, type Asked, type StandInApi } from './stand-in-api';
import type { ResourceRule } from '../../src/cluster/rights/right';

let standIn: StandInApi;
afterEach(() => standIn.close());

const REVIEWS = '/apis/authorization.k8s.io/v1';
const KINDS = { resources: [{ name: 'secrets', kind: 'Secret', namespaced: true }] };

/** What an API server knows of someone. */
interface Known {
  /** What its rules say. */
  readonly rules?: readonly ResourceRule[];
  /** What it allows, as `verb resource`, whatever its rules say. */
  readonly allowed?: readonly string[];
  /** Whether it knows its users by name. */
  readonly user?: string;
}

async function review({ rules = [], allowed = [], user }: Known) {
  standIn = await startStandIn(({ path, body }: Asked): Answer => {
    if (path === '/api/v1') return { body: KINDS };
    if (path === `${REVIEWS}/selfsubjectrulesreviews`) return { body: { status: { resourceRules: rules } } };
    if (path === `${REVIEWS}/selfsubjectaccessreviews`) {
      const { spec } = JSON.parse(body) as { spec: { resourceAttributes: Record<string, string> } };
      const { verb = '', resource = '' } = spec.resourceAttributes;
      return { body: { status: { allowed: allowed.includes(`${verb} ${resource}`) } } };
    }
    if (path.endsWith('/selfsubjectreviews') && user !== undefined)
      return { body: { status: { userInfo: { username: user } } } };
    return refusal(404, 'NotFound', 'not there');
  });
  const wanted = {
    cluster: { name: 'prod', namespace: 'pach', release: '2.12.0-rc.3' },
    objects: [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'pachyderm-auth', namespace: 'pach' } }],
    referredSecrets: {},
    file: 'pachyderm.yaml',
  };
  return reviewRights(new Resources(standIn.api), wanted, 'compare');
}

const accessReviews = () => standIn.asked.filter(({ path }) => path.endsWith('/selfsubjectaccessreviews'));

test('who may do everything is asked about once', async () => {
  const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  expect(await review({ rules: [everything] })).toEqual([]);
  expect(accessReviews()).toEqual([]);
});

test('what no rule gives, because another authorizer decides, is asked one by one', async () => {
  const allowed = ['get configmaps', 'list secrets', 'patch secrets', 'create secrets'];
  expect(await review({ allowed })).toEqual([]);
  expect(accessReviews()).toHaveLength(4);
});

test('a rule for objects of certain names gives no right to the others', async () => {
  const named = { verbs: ['*'], apiGroups: [''], resources: ['*'], resourceNames: ['pachyderm-auth'] };
  expect(await review({ rules: [named] })).toHaveLength(1);
});

test('what is missing is one finding, with the commands for a Role', async () => {
  const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['configmaps'] }];
  expect(await review({ rules, user: "ada o'hara" })).toEqual([
    {
      code: 'CLU005',
      severity: 'error',
      location: { file: 'pachyderm.yaml' },
      path: '',
      message:
        "ada o'hara (context test) may not do what comparing with it needs for prod in the namespace pach: create, list, patch on secrets. Nothing is changed",
      hint: "have someone who may give rights run: kubectl -n pach create role pachkit-compare --verb=get,list,create,patch --resource=configmaps,secrets --dry-run=client -o yaml | kubectl auth reconcile -f - && kubectl -n pach create rolebinding pachkit-compare --role=pachkit-compare --user='ada o'\\''hara' --dry-run=client -o yaml | kubectl auth reconcile -f -",
    },
  ]);
});

test('an API server that does not say who asks leaves the name to be filled in', async () => {
  const [found] = await review({});
  expect(found?.message).toContain('The user of the context test may not do what');
  expect(found?.hint).toContain('--user=USER ');
});
