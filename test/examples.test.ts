import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expectFolder } from './support/golden-folder';

const root = path.resolve(__dirname, '..');
const program = path.join(root, 'dist', 'bin', 'pachkit.js');

/** Stand-ins for the secrets that examples read from the environment. */
const environment = {
  PATH: process.env['PATH'] ?? '',
  NO_COLOR: '1',
  CI: 'true',
  AUTH0_APPLICATION_SECRET: 'example-auth0-client-secret',
  TF_VAR_auth0_client_secret: 'example-auth0-client-secret',
  PACHYDERM_LICENSE: 'example-license-key',
};

const examples = fs
  .readdirSync(path.join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  // Programs with the library, which test/e2e/library.test.ts runs; every other folder has a document.
  .filter(({ name }) => !fs.existsSync(path.join(root, 'examples', name, 'app.ts')))
  .map((entry) => entry.name)
  .sort();

/** The example whose files the others share. */
const BASE = 'quickstart';

function pachkit(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.each(examples)('examples/%s', (example) => {
  const folder = path.join('examples', example);
  const document = path.join(
    folder,
    fs.readdirSync(path.join(root, folder)).find((name) => /^pachyderm\.(ya?ml|json|ts)$/.test(name)) ?? '',
  );

  test('is valid', () => {
    expect(pachkit('validate', document)).toEqual({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^valid: /) as string,
    });
  });

  test('synthesizes what is checked in beside it', () => {
    const out = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-example-'));
    try {
      const { status, stderr } = pachkit('synth', document, '--out', out);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const base = path.join(root, 'examples', BASE, 'expected');
      expectFolder(out, path.join(root, folder, 'expected'), example === BASE ? undefined : base);
    } finally {
      fs.rmSync(out, { recursive: true, force: true });
    }
  });
});
