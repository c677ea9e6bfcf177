import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

const STAND_IN = path.resolve(__dirname, '../../pachctl/stand-in.mjs');

/** Puts the stand-in for pachctl into a folder, before a pachd in this state. Returns the variables that lead to it. */
export function pachctlIn(folder: string, state: object): Readonly<Record<string, string>> {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, 'pachctl'), `#!/bin/sh\nexec "${process.execPath}" "${STAND_IN}" "$@"\n`, {
    mode: 0o755,
  });
  const file = path.join(folder, 'pachctl-state.json');
  writeFileSync(file, JSON.stringify({ connectors: [], ...state }));
  return { PATH: `${bin}:${process.env['PATH'] ?? ''}`, PACHCTL_STATE: file, PACHCTL_MODULES: __filename };
}
