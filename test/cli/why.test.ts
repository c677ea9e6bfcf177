import fs from 'node:fs';
import { WRONG } from '../graph/shapes';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';

let folder: string;
beforeEach(() => (folder = temporaryFolder({ 'wrong.yaml': WRONG, 'broken.yaml': 'release: "' })));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const why = (...args: readonly string[]): Outcome => pachkit(['why', ...args], { folder });

test('a document with errors of form answers as it was probably meant, with its errors below', () => {
  const { exitCode, stdout } = why('wrong.yaml', 'Secret/pachyderm-auth', 'auth-config.issuer');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^Secret\/pachyderm-auth \S*auth-config\.issuer\n/);
  expect(stdout).toContain('wrong.yaml:3 access.host');
  expect(stdout.indexOf('error SCH004')).toBeGreaterThan(stdout.indexOf('access.host'));
});

test('no secret of it is shown', () => {
  const { stdout, stderr } = why('wrong.yaml', 'connectors/okta');
  expect(stdout).toContain('connectors/okta config.redirectURI');
  expect(stdout + stderr).not.toContain('hunter2');
});

test('what is no document has its errors alone', () => {
  const { exitCode, stdout, stderr } = why('broken.yaml', 'Deployment/pachd');
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toContain('broken.yaml');
});
