import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder, type Outcome, type Run } from '../support/pachkit';

export const program = path.resolve(__dirname, '../../dist/bin/pachkit.js');

export const HEAD =
  'apiVersion: pachkit/v1\nrelease: 2.12.0-rc.3\naccess: { host: a.example.com, tls: { secretName: tls } }\nidentity: { connectorsFrom: { existing: { name: connectors } } }\nstorage: { gcs: { bucket: acme } }\n';
export const DEV = `${HEAD}profile: dev\nsecrets: { seed: test }\n`;

/** The folder of the test that runs, which goes when that ends. */
export let folder: string;
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Has the test run in a folder of its own making. */
export function enter(made: string): void {
  folder = made;
}

/** Synthesizes the first of these files in a new folder. */
export function synth(
  files: Readonly<Record<string, string>>,
  args: readonly string[] = [],
  run: Omit<Run, 'folder'> = {},
): Outcome {
  folder = temporaryFolder(files);
  return again([Object.keys(files)[0] ?? '', ...args], run);
}

/** The same in the folder that is there. */
export const again = (args: readonly string[], run: Omit<Run, 'folder'> = {}): Outcome =>
  pachkit(['synth', ...args], { folder, ...run });
