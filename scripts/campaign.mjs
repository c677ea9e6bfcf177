// Tries the built program and its sources at random: documents changed in all ways, secrets planted behind slips, and
// syntheses that are killed. The same seed tries the same.
//
//   npm run campaign
//   npm run campaign -- --documents 20000 --kills 1000 --seed 20261128
//
//   --documents  mutated documents, and as many with a planted secret
//   --kills      syntheses killed at any moment; those killed at each change of the file system come on top
//   --seed       where the rows of random numbers begin

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '20000' },
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '20261128' },
  },
});

for (const [name, value] of Object.entries(values))
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    console.error(`--${name} must be a whole number from 1 on, not ${value}`);
    process.exit(2);
  }

const root = path.resolve(import.meta.dirname, '..');

function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}

run(['scripts/build.mjs']);
run(
  [
    'node_modules/jest/bin/jest.js',
    ...['-c', 'jest.e2e.config.cjs', '--maxWorkers', '1'],
    ...['test/e2e/campaign.test.ts', 'test/e2e/kill.test.ts'],
  ],
  {
    PACHKIT_CAMPAIGN_RUNS: values.documents,
    PACHKIT_E2E_KILLS: values.kills,
    PACHKIT_CAMPAIGN_SEED: values.seed,
  },
);
