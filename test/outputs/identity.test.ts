import { load } from 'js-yaml';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { withHeaders } from '../../src/outputs/header';
import { identity } from '../../src/outputs/identity';
import { clusterOf } from '../support/cluster-of';

const PLANTED_SECRET = 'pl4nted-secret-0123456789';

const document: Partial<ClusterDocument> = {
  release: '2.12.0-rc.3',
  profile: 'dev',
  auth: { rootToken: PLANTED_SECRET, roleBindings: { 'user:jo@acme.com': ['clusterAdmin'] } },
  identity: {
    connectors: [
      {
        type: 'oidc',
        id: 'corp',
        name: 'Corp',
        config: { issuer: 'https://id.acme.com', clientID: 'x', clientSecret: PLANTED_SECRET },
      },
    ],
    clients: [{ id: 'app', secret: PLANTED_SECRET, redirectURIs: ['https://app.acme.com/callback'] }],
  },
};

const filesOf = (other: Partial<ClusterDocument> = {}): Record<string, string> =>
  Object.fromEntries(
    identity.emit(clusterOf({ ...document, ...other }), []).map(({ path, content }) => [path, content]),
  );

describe('what reviewers read about logins', () => {
  const files = filesOf();

  it('is in files of its own', () => {
    expect(Object.keys(files)).toEqual([
      'identity/role-bindings.yaml',
      'identity/connectors.yaml',
      'identity/clients.yaml',
    ]);
  });

  it('has no secret, which is *** in its place', () => {
    expect(Object.values(files).join('')).not.toContain(PLANTED_SECRET);
    expect(load(files['identity/connectors.yaml'] ?? '')).toMatchObject([
      { id: 'corp', config: { issuer: 'https://id.acme.com', clientSecret: '***' } },
    ]);
    expect(load(files['identity/clients.yaml'] ?? '')).toContainEqual({
      id: 'app',
      name: 'app',
      secret: '***',
      redirect_uris: ['https://app.acme.com/callback'],
    });
  });

  it('has the roles as pachd reads them', () => {
    expect(load(files['identity/role-bindings.yaml'] ?? '')).toEqual({
      'user:jo@acme.com': ['clusterAdmin'],
    });
  });

  it.each([
    ['2.12.0-rc.3', 'role-bindings', 'Secret pachyderm-auth, key cluster-role-bindings.'],
    ['2.12.0-rc.3', 'connectors', 'Secret pachyderm-identity, key upstream-idps.'],
    [
      '2.12.0-rc.3',
      'clients',
      'ConfigMap pachyderm-identity-config, key oidc-clients, and Secret pachyderm-identity-extras, key additional-oidc-clients.',
    ],
    ['2.2.8', 'role-bindings', 'Secret pachyderm-bootstrap-config, key clusterRoleBindings.'],
    ['2.2.8', 'connectors', 'Secret pachyderm-bootstrap-config, key idps.'],
    ['2.2.8', 'clients', 'Secret pachyderm-bootstrap-config, key oidcClients.'],
  ])('at %s says where the cluster has the %s', (release, name, place) => {
    const license = release === '2.2.8' ? { enterprise: { licenseKey: { env: 'KEY' } } } : {};
    expect(filesOf({ release, ...license })[`identity/${name}.yaml`]).toContain(
      `The cluster reads ${place}\n`,
    );
  });

  it('has no file of what the document leaves to the cluster', () => {
    const { profile } = document as { profile: 'dev' };
    const files = identity.emit(clusterOf({ release: '2.12.0-rc.3', profile }), []);
    expect(files.map(({ path }) => path)).toEqual(['identity/clients.yaml']);
  });
});

describe('the head of a file', () => {
  const file = { path: 'manifests/a.yaml', content: 'a: 1\n', isSecret: false };
  const headOf = (document?: string): string | undefined =>
    withHeaders([file], document)[0]?.content.split('\n')[0];

  it('names the document, and no folder', () => {
    expect(headOf('../clusters/prod.yaml')).toBe(
      '# Written by pachkit from prod.yaml. Do not edit: change the document, and run pachkit synth.',
    );
  });

  it('is one comment whatever the document is called, and no template of Helm', () => {
    const [header, ...rest] =
      withHeaders([file], 'a\nb: {{ fail "x" }}.yaml')[0]?.content.trimEnd().split('\n') ?? [];
    expect(header).not.toContain('{{');
    expect(rest).toEqual(['a: 1']);
  });

  it('tells standard input, and a program that describes the cluster, from a file', () => {
    expect(headOf('<stdin>')).toContain('from a document on standard input.');
    expect(headOf()).toBe('# Written by pachkit. Do not edit: change what describes the cluster.');
  });

  it('is not in JSON, which has no comments', () => {
    const json = { ...file, path: 'connectors/a.json' };
    expect(withHeaders([json], 'a.yaml')).toEqual([json]);
  });
});
