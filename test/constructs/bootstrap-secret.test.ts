import { BootstrapSecret } from '../../src/constructs/bootstrap-secret';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, readEmbedded, type Objects } from '../support/objects-of';

const bootstrapOf = (document: Partial<ClusterDocument> = {}): Objects =>
  objectsOf((chart) => new BootstrapSecret(chart, 'bootstrap-secret', clusterOf(document)));

const existing = (name: string, key: string) => ({ existing: { name, key } });

/** A client of Dex in one of the files. */
interface Client {
  readonly secret: string;
  readonly trusted_peers: readonly string[];
}

type Roles = NonNullable<NonNullable<ClusterDocument['auth']>['roleBindings']>;

const enterprise = { licenseKey: 'license', secret: 'enterprise-secret' };
const auth = { rootToken: 'root-token', clientSecret: 'client-secret' };
const member = {
  serverAddress: 'grpc://pach-enterprise.enterprise:31650',
  serverToken: 'server-token',
  callbackAddress: 'grpc://pachd.pachyderm:30650',
};
const mock = { id: 'test', type: 'mockPassword', config: { username: 'admin', password: 'password' } };

describe('from 2.3 on', () => {
  it('pachd bootstraps itself from Secrets', () => {
    const roleBindings: Roles = { 'user:ada@acme.com': ['clusterAdmin'] };
    const objects = bootstrapOf({ auth: { ...auth, roleBindings }, enterprise, namespace: 'data' });
    expect(objects.names).toEqual([
      'Secret/pachyderm-auth',
      'Secret/pachyderm-license',
      'Secret/pachyderm-enterprise',
    ]);
    for (const object of objects.all) expect(object.metadata.namespace).toBe('data');
    const data = objects.get('Secret/pachyderm-auth').stringData;
    expect(data).toMatchObject({ 'root-token': 'root-token', 'pachd-oauth-client-secret': 'client-secret' });
    expect(readEmbedded(data['cluster-role-bindings'])).toEqual(roleBindings);
    expect(readEmbedded(data['auth-config'])).toEqual({
      client_id: 'pachd',
      issuer: 'http://pachd:30658/dex',
      localhost_issuer: true,
      require_email_verified: false,
      user_accessible_issuer_host: 'http://localhost',
      redirect_uri: 'http://localhost/authorization-code/callback',
      scopes: ['email', 'profile', 'groups', 'openid'],
    });
    expect(objects.get('Secret/pachyderm-license').stringData).toEqual({
      'enterprise-license-key': 'license',
    });
    expect(objects.get('Secret/pachyderm-enterprise').stringData).toEqual({
      'enterprise-secret': 'enterprise-secret',
    });
  });

  it('needs no license from 2.12 on', () => {
    expect(bootstrapOf({ release: '2.12.0-rc.3', auth, enterprise }).names).toEqual([
      'Secret/pachyderm-auth',
    ]);
  });

  it('writes nothing that is in the namespace already', () => {
    const objects = bootstrapOf({
      auth: { rootToken: existing('root', 'token'), clientSecret: existing('client', 'secret') },
      enterprise: { licenseKey: existing('license', 'key'), secret: existing('enterprise', 'secret') },
    });
    expect(objects.names).toEqual(['Secret/pachyderm-auth']);
    expect(Object.keys(objects.get('Secret/pachyderm-auth').stringData)).toEqual(['auth-config']);
  });

  it.each([
    ['switched off', { auth: { enabled: false }, enterprise }],
    ['without the license it needs', { auth }],
  ])('has no settings of authentication where that is %s', (_, document) => {
    expect(bootstrapOf(document).has('Secret/pachyderm-auth')).toBe(false);
  });

  it('leaves the role bindings of the cluster as they are without the field', () => {
    const { stringData } = bootstrapOf({ auth, enterprise }).get('Secret/pachyderm-auth');
    expect(stringData).not.toHaveProperty('cluster-role-bindings');
  });

  it('has pachd remove every role binding for an empty list', () => {
    const { stringData } = bootstrapOf({ auth: { ...auth, roleBindings: {} }, enterprise }).get(
      'Secret/pachyderm-auth',
    );
    expect(readEmbedded(stringData['cluster-role-bindings'])).toEqual({});
  });

  it('keeps secrets that YAML would change', () => {
    const rootToken = 'abc #def: 12';
    const { stringData } = bootstrapOf({ auth: { ...auth, rootToken }, enterprise }).get(
      'Secret/pachyderm-auth',
    );
    expect(stringData['root-token']).toBe(rootToken);
  });

  it('makes a cluster a member', () => {
    const objects = bootstrapOf({
      auth: { ...auth, clientID: 'member' },
      enterprise: { ...enterprise, member },
    });
    expect(objects.get('Secret/pachyderm-enterprise').stringData).toEqual({
      'enterprise-secret': 'enterprise-secret',
      'enterprise-server-token': 'server-token',
    });
    const { data } = objects.get('ConfigMap/pachyderm-enterprise-config');
    expect(readEmbedded(data['enterprise-cluster'])).toEqual({
      address: member.callbackAddress,
      id: 'member',
      user_address: 'grpc://localhost:30650',
    });
  });

  it('tells the enterprise server the address of users under the name that pachd reads', () => {
    const userAddress = 'grpcs://pach.acme.com:443';
    const objects = bootstrapOf({ auth, enterprise: { ...enterprise, member: { ...member, userAddress } } });
    const { data } = objects.get('ConfigMap/pachyderm-enterprise-config');
    expect(readEmbedded(data['enterprise-cluster'])).toMatchObject({ useraddress: userAddress });
  });

  it('gives a member without license no secret that pachd would refuse to start with', () => {
    const objects = bootstrapOf({ auth, enterprise: { member } });
    expect(objects.get('Secret/pachyderm-enterprise').stringData).toEqual({
      'enterprise-server-token': 'server-token',
    });
  });
});

describe('to 2.2', () => {
  const release = '2.2.8';
  const filesOf = (document: Partial<ClusterDocument>) =>
    bootstrapOf({ release, ...document }).get('Secret/pachyderm-bootstrap-config').stringData;

  it('the bootstrap job has a file for each of its steps', () => {
    const files = filesOf({
      auth: { ...auth, roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] } },
      enterprise,
      identity: { connectors: [mock] },
    });
    expect(Object.keys(files).sort()).toEqual([
      'authConfig',
      'clusterRoleBindings',
      'enterpriseSecret',
      'identityServiceConfig',
      'idps',
      'license',
      'oidcClients',
      'rootToken',
    ]);
    expect(files).toMatchObject({
      license: 'license',
      enterpriseSecret: 'enterprise-secret',
      rootToken: 'root-token',
    });
    expect(readEmbedded(files['authConfig'])).toMatchObject({
      client_id: 'pachd',
      client_secret: 'client-secret',
      user_accessible_issuer_host: 'localhost:30658',
    });
    const [connector] = readEmbedded<[{ readonly jsonConfig: string }]>(files['idps']);
    expect(Object.keys(connector).sort()).toEqual(['id', 'jsonConfig', 'name', 'type']);
    expect(JSON.parse(connector.jsonConfig)).toEqual({ username: 'admin', password: 'password' });
  });

  it('has the Job remove every role binding for an empty list, and none without the field', () => {
    expect(
      readEmbedded(filesOf({ auth: { ...auth, roleBindings: {} }, enterprise })['clusterRoleBindings']),
    ).toEqual({});
    expect(filesOf({ auth, enterprise })).not.toHaveProperty('clusterRoleBindings');
  });

  it('has one secret for pachd in both places, and Console’s as a variable', () => {
    const clients = readEmbedded(filesOf({ auth, enterprise })['oidcClients']);
    expect(clients).toEqual([
      expect.objectContaining({ id: 'pachd', secret: 'client-secret', trusted_peers: ['console'] }),
      expect.objectContaining({ id: 'console', secret: '$CONSOLE_OAUTH_CLIENT_SECRET' }),
    ]);
  });

  it('refers to secrets that are there already', () => {
    const files = filesOf({
      auth: { rootToken: existing('root', 'token'), clientSecret: existing('client', 'secret') },
      enterprise: { licenseKey: existing('license', 'key'), secret: existing('enterprise', 'secret') },
      identity: { connectorsFrom: { existing: { name: 'idps' } } },
    });
    // config-pod takes everything behind the dollar for the name, so there is no line break.
    expect(files).toMatchObject({
      rootToken: '$ROOT_TOKEN',
      license: '$ENTERPRISE_LICENSE_KEY',
      enterpriseSecret: '$ENTERPRISE_SECRET',
      idps: '$UPSTREAM_IDPS',
    });
    expect(readEmbedded(files['authConfig'])['client_secret']).toBe('$PACHD_OAUTH_CLIENT_SECRET');
    expect(readEmbedded<[Client]>(files['oidcClients'])[0].secret).toBe('$PACHD_OAUTH_CLIENT_SECRET');
  });

  it('registers further clients and lets them ask for tokens', () => {
    const [pachd, , further] = readEmbedded<[Client, Client, Client]>(
      filesOf({
        auth,
        enterprise,
        identity: {
          clients: [
            { id: 'hub', redirectURIs: ['https://hub.acme.com/callback'], secret: existing('hub', 'oidc') },
          ],
          trustedPeers: ['hub'],
        },
      })['oidcClients'],
    );
    expect(pachd.trusted_peers).toEqual(['console', 'hub']);
    expect(further).toEqual({
      id: 'hub',
      name: 'hub',
      secret: '$OIDC_CLIENT_SECRET_1',
      redirect_uris: ['https://hub.acme.com/callback'],
    });
  });

  it('activates the license alone where authentication is off', () => {
    expect(filesOf({ auth: { enabled: false }, enterprise })).toEqual({
      license: 'license',
      enterpriseSecret: 'enterprise-secret',
    });
  });

  it('makes a cluster a member, which has no standalone Dex', () => {
    const files = filesOf({
      auth: { ...auth, clientID: 'member' },
      enterprise: { secret: 'enterprise-secret', member },
      identity: { connectors: [mock] },
    });
    expect(Object.keys(files).sort()).toEqual([
      'authConfig',
      'enterpriseClusters',
      'enterpriseConfig',
      'enterpriseRootToken',
      'enterpriseServerAddress',
      'oidcClients',
      'rootToken',
    ]);
    expect(files).toMatchObject({
      enterpriseServerAddress: member.serverAddress,
      enterpriseRootToken: 'server-token',
    });
    expect(readEmbedded(files['enterpriseClusters'])).toEqual([
      {
        address: member.callbackAddress,
        id: 'member',
        secret: 'enterprise-secret',
        user_address: 'grpc://localhost:30650',
        cluster_deployment_id: '$CLUSTER_DEPLOYMENT_ID',
      },
    ]);
    expect(readEmbedded(files['enterpriseConfig'])).toEqual({
      id: 'member',
      license_server: member.serverAddress,
      secret: 'enterprise-secret',
    });
    expect(readEmbedded(files['authConfig'])['localhost_issuer']).toBe(false);
  });

  it('is not written without license and membership', () => {
    expect(bootstrapOf({ release, auth }).names).toEqual([]);
  });
});
