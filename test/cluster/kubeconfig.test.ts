import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readAccess, type Target } from '../../src/cluster/api/kubeconfig';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-kubeconfig-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Contents {
  readonly context?: string;
  readonly contexts?: readonly string[];
  readonly server?: string;
  readonly user?: object;
}

/** Writes a kubeconfig whose contexts all lead to one cluster. */
function write(name: string, { context, contexts = ['dev', 'prod'], server, user }: Contents = {}): string {
  const file = path.join(folder, name);
  fs.writeFileSync(
    file,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'one', cluster: { server: server ?? `https://${name}.example` } }],
      users: [{ name: 'ada', user: user ?? { token: 'hunter2hunter2' } }],
      contexts: contexts.map((each) => ({ name: each, context: { cluster: 'one', user: 'ada' } })),
      ...(context === undefined ? {} : { 'current-context': context }),
    }),
  );
  return file;
}

const target = (own: Partial<Target> = {}): Target => ({
  environment: { HOME: folder },
  directory: folder,
  ...own,
});

const failure = (given: Target): unknown => {
  try {
    return readAccess(given).context;
  } catch (error) {
    return error;
  }
};

test('takes the current context of the file that is named, with its token', async () => {
  write('config', { context: 'prod' });
  const access = readAccess(target({ kubeconfig: 'config' }));
  expect([access.context, access.server.host]).toEqual(['prod', 'config.example']);
  expect((await access.options()).headers).toEqual({ Authorization: 'Bearer hunter2hunter2' });
});

test('sends no token to an address without TLS, such as that of kubectl proxy', async () => {
  write('proxy', { context: 'prod', server: 'http://127.0.0.1:8001' });
  expect(await readAccess(target({ kubeconfig: 'proxy' })).options()).toEqual({ headers: {} });
});

test('waits for no certificate that is a pipe', async () => {
  const user = { 'client-certificate': 'pipe', 'client-key': 'pipe' };
  write('config', { context: 'prod', user });
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  await expect(readAccess(target({ kubeconfig: 'config' })).options()).rejects.toMatchObject({
    code: 'CLU004',
  });
});

test('looks into KUBECONFIG, then into the home', () => {
  fs.mkdirSync(path.join(folder, '.kube'));
  write('.kube/config', { context: 'dev', server: 'https://home.example' });
  expect(readAccess(target()).server.host).toBe('home.example');
  const KUBECONFIG = write('other', { context: 'dev' });
  expect(readAccess(target({ environment: { HOME: folder, KUBECONFIG } })).server.host).toBe('other.example');
});

test('of several files the first that has a name wins, and those that are not there are skipped', () => {
  const first = write('first', { contexts: ['dev'] });
  const second = write('second', { contexts: ['dev', 'prod'], context: 'prod' });
  const KUBECONFIG = [first, path.join(folder, 'nowhere'), second].join(path.delimiter);
  const access = readAccess(target({ environment: { KUBECONFIG } }));
  expect([access.context, access.server.host]).toEqual(['prod', 'first.example']);
});

test('without any it says where it looked', () => {
  expect(failure(target())).toMatchObject({
    code: 'CLU001',
    message: 'No kubeconfig: KUBECONFIG is not set, and there is no ~/.kube/config',
  });
});

test('a file that is not there, or no kubeconfig, is named without quoting it', () => {
  expect(failure(target({ kubeconfig: 'nowhere' }))).toMatchObject({
    code: 'CLU001',
    message: 'The kubeconfig nowhere cannot be read: there is no such file',
  });
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  expect(failure(target({ kubeconfig: 'pipe' }))).toMatchObject({
    code: 'CLU001',
    message: 'The kubeconfig pipe cannot be read: this is a device, a socket or a pipe, not a file',
  });
  fs.writeFileSync(path.join(folder, 'broken'), 'users: [{ name: ada, user: { token: hunter2hunter2');
  const error = failure(target({ kubeconfig: 'broken' }));
  expect(error).toMatchObject({ code: 'CLU001', message: 'The kubeconfig broken cannot be parsed' });
  expect(String((error as Error).message)).not.toContain('hunter2');
});

test('an unknown context is one that is nearly written right, or one of a list', () => {
  write('config', { context: 'dev' });
  expect(failure(target({ kubeconfig: 'config', context: 'prd' }))).toMatchObject({
    code: 'CLU002',
    message: 'The kubeconfig has no context prd',
    hint: 'did you mean "prod"?',
  });
  expect(failure(target({ kubeconfig: 'config', context: 'gke_acme_europe' }))).toMatchObject({
    hint: 'contexts: dev, prod',
  });
});

test('without a current context one has to be named', () => {
  write('config');
  expect(failure(target({ kubeconfig: 'config' }))).toMatchObject({
    code: 'CLU002',
    hint: 'name one with --context; contexts: dev, prod',
  });
});

test('a plugin for credentials that is not on PATH, or fails, is named without its output', async () => {
  const exec = (command: string, args: readonly string[] = []): object => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args, interactiveMode: 'Never' },
  });
  write('missing', { context: 'dev', user: exec('kubelogin-of-nobody') });
  await expect(readAccess(target({ kubeconfig: 'missing' })).options()).rejects.toMatchObject({
    code: 'CLU004',
    message: 'The context dev gets its credentials from kubelogin-of-nobody, which is not on PATH',
  });
  write('failing', {
    context: 'dev',
    user: exec(process.execPath, ['-e', 'console.error("hunter2"); process.exit(1)']),
  });
  await expect(readAccess(target({ kubeconfig: 'failing' })).options()).rejects.toMatchObject({
    code: 'CLU004',
    message: `The context dev gets its credentials from ${path.basename(process.execPath)}, which failed`,
  });
});
