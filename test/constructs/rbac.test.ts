import { Rbac } from '../../src/constructs/rbac';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type Objects } from '../support/objects-of';

const rights = (document: Partial<ClusterDocument> = {}): Objects =>
  objectsOf((chart) => new Rbac(chart, 'rbac', clusterOf(document)));

describe('Rbac', () => {
  it('gives each service account its role', () => {
    const objects = rights({ namespace: 'data' });
    expect([...objects.names].sort()).toEqual([
      'Role/pachyderm',
      'Role/pachyderm-worker',
      'RoleBinding/pachyderm',
      'RoleBinding/pachyderm-worker',
    ]);
    for (const name of ['pachyderm', 'pachyderm-worker'])
      expect(objects.get(`RoleBinding/${name}`)).toMatchObject({
        metadata: { name, namespace: 'data' },
        roleRef: { kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace: 'data' }],
      });
  });

  it('binds the service accounts that the document names', () => {
    const objects = rights({
      pachd: { serviceAccount: { name: 'mine' }, worker: { serviceAccount: { name: 'theirs' } } },
    });
    const subject = (name: string) => objects.get(`RoleBinding/${name}`).subjects[0].name;
    expect(subject('pachyderm')).toBe('mine');
    expect(subject('pachyderm-worker')).toBe('theirs');
  });

  it('lets pachd make the Secret with the token of pachw', () => {
    const { rules } = rights({ release: '2.12.0-rc.3' }).get('Role/pachyderm');
    const secrets = rules.find(({ resources }) => resources.includes('secrets'));
    expect(secrets?.verbs).toEqual(expect.arrayContaining(['get', 'create']));
  });

  it.each([
    ['2.10.9', false],
    ['2.11.0', true],
  ])('lets pachd %s watch events: %s', (release, watches) => {
    const [rule] = rights({ release }).get('Role/pachyderm').rules;
    expect(rule?.resources.includes('events')).toBe(watches);
  });

  it('is left to others on demand', () => {
    expect(rights({ pachd: { rbac: false } }).names).toEqual([]);
  });
});
