import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/pachkit';

const bin = path.resolve(__dirname, '../../dist/bin');
const DOCUMENT = `apiVersion: pachkit/v1
release: 2.12.0-rc.3
access: { host: a.example.com, tls: { secretName: tls } }
identity: { connectorsFrom: { existing: { name: connectors } } }
storage: { gcs: { bucket: acme } }
`;

// Nothing is generated in a pipeline; both programs that read secrets have to see one in the same variable.
describe.each<[string, string[], Record<string, string>]>([
  ['pachkit', ['pachkit.js', 'synth', 'prod.yaml'], {}],
  ['the application for cdk8s', ['cdk8s.js'], { PACHKIT_DOCUMENT: 'prod.yaml', CDK8S_OUTDIR: 'out' }],
])('%s', (_, [program = '', ...args], variables) => {
  test.each([
    ['', 0],
    ['0', 0],
    ['false', 0],
    ['False', 0],
    ['true', 1],
    ['1', 1],
    ['woodpecker', 1],
  ])('with CI=%s exits %d', (CI, exitCode) => {
    const folder = temporaryFolder({ 'prod.yaml': DOCUMENT });
    const { status, stderr } = spawnSync(process.execPath, [path.join(bin, program), ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], CI, ...variables },
      encoding: 'utf8',
    });
    fs.rmSync(folder, { recursive: true, force: true });
    expect({ status, stderr }).toEqual({
      status: exitCode,
      stderr: exitCode === 0 ? '' : (expect.stringContaining('error SEC004') as string),
    });
  });
});
