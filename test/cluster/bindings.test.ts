import { bindingStatus } from '../../src/cluster/status/bindings';
import { compareObjects } from '../../src/cluster/compare/plan-changes';
import { Settings } from '../../src/cluster/meaning/settings';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { wantedOf } from './wanted-of';

type Bindings = NonNullable<ClusterDocument['auth']>['roleBindings'];

/** What is said about a document where another one was deployed. */
function status(deployed: Bindings, document: Bindings, release = '2.12.0-rc.3') {
  const enterprise = release === '2.12.0-rc.3' ? {} : { enterprise: { licenseKey: 'a license' } };
  const wanted = (roleBindings: Bindings) =>
    wantedOf({
      release,
      ...enterprise,
      auth: roleBindings === undefined ? {} : { roleBindings },
    });
  const settings = new Settings(
    compareObjects(wanted(deployed).objects, wanted(document).objects, 'default'),
  );
  return bindingStatus(wanted(document).roleBindings, settings);
}

const ADA: Bindings = { 'user:ada@acme.com': ['clusterAdmin'] };

test.each(['2.2.8', '2.11.6', '2.12.0-rc.3'])(
  'release %s: what is deployed is what pachd is told',
  (release) =>
    expect(status(ADA, ADA, release)).toEqual({ document: ADA, cluster: ADA, missing: [], extra: [] }),
);

test('what only the document has, and what only the cluster has', () =>
  expect(
    status(
      { ...ADA, 'user:old@acme.com': ['clusterAdmin'] },
      { 'user:ada@acme.com': ['clusterAdmin', 'debugger'], 'group:data': ['repoReader'] },
    ),
  ).toMatchObject({
    missing: [
      { subject: 'group:data', roles: ['repoReader'] },
      { subject: 'user:ada@acme.com', roles: ['debugger'] },
    ],
    extra: [{ subject: 'user:old@acme.com', roles: ['clusterAdmin'] }],
  }));

test('a document without bindings leaves those of the cluster as they are', () =>
  expect(status(ADA, undefined)).toEqual({ cluster: ADA, missing: [], extra: [] }));
