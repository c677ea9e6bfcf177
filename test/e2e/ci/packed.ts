import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { npm, type TemporaryDirectory } from '../harness';
import { checkout } from './blocks';

/** The package as npm would serve it, and a folder for PATH whose `npx` takes it from there; everything else is npx itself. */
export interface PackedProgram {
  readonly tarball: string;
  readonly bin: string;
}

/** Packs what is built. Nothing is built on the way: what users get has to run as it is. */
export function packProgram(folder: TemporaryDirectory): PackedProgram {
  const place = folder.join('packed');
  fs.mkdirSync(place);
  const { status, stderr } = npm(['pack', checkout, '--ignore-scripts', '--pack-destination', place]);
  if (status !== 0) throw new Error(stderr);
  const tarball = path.join(place, String(fs.readdirSync(place)[0]));
  const bin = folder.join('bin');
  fs.mkdirSync(bin);
  const npx = spawnSync('which', ['npx'], { encoding: 'utf8' }).stdout.trim();
  fs.writeFileSync(
    path.join(bin, 'npx'),
    `#!/bin/sh
while [ "$1" = --yes ]; do shift; done
case "$1" in pachkit | pachkit@*) shift ;; *) exec '${npx}' "$@" ;; esac
exec '${npx}' --yes --package='${tarball}' -- pachkit "$@"
`,
    { mode: 0o755 },
  );
  return { tarball, bin };
}
