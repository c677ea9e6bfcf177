import { App, Chart } from 'cdk8s';
import { lockText } from '../../src/images/lock-file';
import { InvalidClusterError, PachydermCluster, testCluster } from '../../src/library';
import { temporaryFolder } from '../support/pachkit';

const ada = { email: 'ada@acme.com', name: 'Ada', groups: ['ops'], roles: ['clusterAdmin'] };

test('there is an administrator to log in as, at localhost', async () => {
  const { document, urls, users, secrets, resolved } = await testCluster();
  expect(resolved).toMatchObject({ name: 'test', profile: 'dev', release: '2.12.0-rc.3' });
  expect(urls.browserIssuer).toBe('http://localhost:8080/dex');
  expect(users).toEqual([
    {
      email: 'admin@example.com',
      name: 'admin@example.com',
      groups: [],
      roles: ['clusterAdmin'],
      password: secrets.fields['dev.users[0].password'],
    },
  ]);
  expect(document).toMatchObject({ apiVersion: 'pachkit/v1', secrets: { seed: 'test' } });
});

test('the same options give the same bytes, and another seed other secrets', async () => {
  const first = await testCluster({ users: [ada] });
  const again = await testCluster({ users: [ada] });
  expect({ ...again, resolved: 0 }).toEqual({ ...first, resolved: 0 });
  const other = await testCluster({ users: [ada], seed: 'other' });
  expect(other.secrets.rootToken).not.toBe(first.secrets.rootToken);
  expect(first.secrets.rootToken).toMatch(/^\S{32}$/);
});

test('what pachd is told is in the files', async () => {
  const { files, secrets, text, urls } = await testCluster({ users: [ada], port: 8081 });
  const contents = files.map(({ content }) => content).join('\n');
  expect(contents).toContain(secrets.rootToken);
  expect(contents).toContain(urls.issuer);
  expect(contents).toContain('user:ada@acme.com');
  expect(files.filter(({ isSecret }) => isSecret).map(({ path }) => path)).toContain(
    'manifests/01-secrets.yaml',
  );
  expect(JSON.parse(text)).toMatchObject({ access: { port: 8081 }, dev: { users: [ada] } });
});

test('sections take the place of those that are made, and secrets come from the environment', async () => {
  const { secrets, urls, users } = await testCluster({
    release: '2.11.6',
    users: [],
    environment: { LICENSE: 'a-license-key' },
    document: {
      access: { via: 'nodePort', host: '192.168.49.2' },
      enterprise: { licenseKey: { env: 'LICENSE' } },
      identity: { connectors: [{ type: 'mockCallback', id: 'test' }] },
      auth: { rootToken: { existing: { name: 'pachd-root', key: 'token' } } },
    },
  });
  expect(urls.browserIssuer).toContain('192.168.49.2');
  expect(users).toEqual([]);
  expect(secrets.fields['enterprise.licenseKey']).toBe('a-license-key');
  expect(secrets.rootToken).toBe('');
});

test('only a lock file that the document names counts', async () => {
  const folder = temporaryFolder({ 'pachkit.lock': lockText({}) });
  const before = process.cwd();
  process.chdir(folder);
  try {
    await expect(testCluster()).resolves.toMatchObject({ urls: { console: 'http://localhost:8080/' } });
    const locked = testCluster({ document: { images: { lock: './pachkit.lock' } } });
    await expect(locked).rejects.toThrow(/LCK002/);
  } finally {
    process.chdir(before);
  }
});

test('constructs take the cluster', async () => {
  const { resolved } = await testCluster();
  const chart = new Chart(new App(), 'data', { namespace: 'data' });
  expect(new PachydermCluster(chart, 'pachyderm', resolved).pachd.deployment.name).toBe('pachd');
});

test('a cluster that would not work is refused with its findings', async () => {
  const refused = testCluster({ users: [{ email: 'Ada' }], release: '2.11.6' });
  await expect(refused).rejects.toThrow(InvalidClusterError);
  await expect(refused).rejects.toThrow(/SCH005 \/dev\/users\/0\/email/);
});
