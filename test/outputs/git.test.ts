import { spawnSync } from 'node:child_process';
import { gitignoreText, trackedFiles } from '../../src/outputs/git';
import { testFolder } from '../support/test-folder';

const hasGit = spawnSync('git', ['--version']).status === 0;
const withGit = hasGit ? describe : describe.skip;
if (!hasGit) process.stderr.write('SKIPPED tests of git, which is not on this machine\n');

const { at, write } = testFolder();
beforeEach(() => {
  write('repository/dist/prod/manifests/01-secrets.yaml');
  write('repository/dist/prod/manifests/02-access-rights.yaml');
});

function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgSign=false'];
  const { status, stdout, stderr } = spawnSync('git', ['-C', at(folder), ...identity, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const SECRET = 'manifests/01-secrets.yaml';
const tracked = (folder = 'repository'): string[] =>
  trackedFiles(at(folder, 'dist/prod'), [SECRET, 'connectors/a.yaml']);

withGit('git tracks', () => {
  test('nothing outside of a repository, and nothing that was not added', () => {
    expect(tracked()).toEqual([]);
    git('repository', 'init', '-q');
    expect(tracked()).toEqual([]);
    git('repository', 'add', 'dist/prod/manifests/02-access-rights.yaml');
    expect(tracked()).toEqual([]);
  });

  test.each(['2', '4'])(
    'what was added, whether committed or not, with an index of version %s',
    (version) => {
      git('repository', 'init', '-q');
      git('repository', 'add', '-A');
      git('repository', 'update-index', '--index-version', version);
      expect(tracked()).toEqual([SECRET]);
      git('repository', 'commit', '-qm', 'one');
      expect(tracked()).toEqual([SECRET]);
      write('repository/dist/prod/.gitignore', '*\n');
      expect(tracked()).toEqual([SECRET]);
      git('repository', 'rm', '-q', '--cached', `dist/prod/${SECRET}`);
      expect(tracked()).toEqual([]);
    },
  );

  test('what was added to a worktree', () => {
    git('repository', 'init', '-q');
    git('repository', 'add', '-A');
    git('repository', 'commit', '-qm', 'one');
    git('repository', 'worktree', 'add', '-q', at('other'));
    expect(tracked('other')).toEqual([SECRET]);
  });

  test('nothing that the .gitignore of the folder names', () => {
    git('repository', 'init', '-q');
    const names = [
      'connectors/a[1]*.yaml',
      'terraform/states/a.tfstate',
      'terraform/plan.tfplan',
      'terraform/.terraform/x',
    ];
    for (const name of names) write(`repository/dist/prod/${name}`);
    write('repository/dist/prod/.gitignore', gitignoreText([SECRET, 'connectors/a[1]*.yaml'], true));
    git('repository', 'add', '-A');
    expect(git('repository', 'ls-files').trim().split('\n')).toEqual([
      'dist/prod/.gitignore',
      'dist/prod/manifests/02-access-rights.yaml',
    ]);
  });
});
