import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Writes the flags of minikube that tests compare ours with, as the documentation in its Go module has them, which minikube
 * generates from its own commands: node scripts/minikube-flags.mjs [RELEASE]. Go compares the module with its public checksum.
 */
const RELEASE = 'v1.36.0';
const FILE = path.resolve(import.meta.dirname, '../test/e2e/dev/minikube-flags.json');

/** Commands that pachkit dev uses, by the page that has them. */
const COMMANDS = { start: 'start', 'profile list': 'profile', 'image load': 'image', delete: 'delete' };

const [release = RELEASE] = process.argv.slice(2);
const folder = mkdtempSync(path.join(os.tmpdir(), 'minikube-'));
try {
  const { Dir: module, Sum: sum } = JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `k8s.io/minikube@${release}`], { cwd: folder }),
  );
  const of = (command, heading) => {
    const page = path.join(module, 'site/content/en/docs/commands', `${COMMANDS[command]}.md`);
    const [, section = ''] = readFileSync(page, 'utf8').split(`\n## minikube ${command}\n`);
    const [, options = ''] = section.split('\n## ')[0].split(`\n### ${heading}\n`);
    const [, block = ''] = options.split('```');
    return [...block.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag);
  };
  const flags = Object.keys(COMMANDS).map((command) => [command, of(command, 'Options')]);
  const text = JSON.stringify(
    {
      source: `site/content/en/docs/commands of k8s.io/minikube ${release} ${sum}`,
      ...Object.fromEntries(flags),
      inherited: of('start', 'Options inherited from parent commands'),
    },
    null,
    2,
  );
  writeFileSync(FILE, `${text}\n`);
  execFileSync('npx', ['prettier', '--write', FILE]);
} finally {
  rmSync(folder, { recursive: true });
}
