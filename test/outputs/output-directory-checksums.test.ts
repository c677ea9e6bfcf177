import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { readInventory } from '../../src/outputs/inventory';
import type { OutputFile } from '../../src/outputs/output';
import type { Origin } from '../../src/outputs/output-directory';
import { readFolder } from '../support/golden-folder';
import {
  ALL,
  FIRST,
  at,
  directory,
  file,
  linux,
  problemsOf,
  synthesize,
  trackAll,
  write,
} from '../support/output-folder';

describe('checksums', () => {
  const withChecksums: Origin = { checksums: true };
  const linesOf = (name: string): string[] =>
    fs.readFileSync(at('out/prod', name), 'utf8').trim().split('\n');
  const namesOf = (name: string): string[] => linesOf(name).map((line) => line.slice(66));
  const check = (name: string): [number | null, string] => {
    const { status, stdout } = spawnSync('sha256sum', ['-c', '--strict', '--quiet', name], {
      cwd: at('out/prod'),
      encoding: 'utf8',
    });
    return [status, stdout];
  };

  linux('are of every file of every synthesis, as sha256sum reads them', () => {
    synthesize([...FIRST, file('connectors/a b%2F\u00e9.yaml')], ALL, withChecksums);
    synthesize([file('helm/Chart.yaml')], ['helm'], withChecksums);
    expect(namesOf('SHA256SUMS')).toEqual([
      '.gitignore',
      '.pachkit.json',
      'connectors/a b%2F\u00e9.yaml',
      'helm/Chart.yaml',
      'manifests/a.yaml',
      'manifests/b.yaml',
    ]);
    expect(namesOf('SHA256SUMS.secrets')).toEqual(['connectors/c.yaml']);
    const all = Object.keys(readFolder(at('out/prod'))).filter((name) => !name.startsWith('SHA256SUMS'));
    expect([...namesOf('SHA256SUMS'), ...namesOf('SHA256SUMS.secrets')].sort()).toEqual(all.sort());
    for (const name of ['SHA256SUMS', 'SHA256SUMS.secrets']) expect(check(name)).toEqual([0, '']);
    fs.appendFileSync(at('out/prod/manifests/b.yaml'), 'changed');
    expect(check('SHA256SUMS')).toEqual([1, 'manifests/b.yaml: FAILED\n']);
  });

  linux('of secrets are only for who may read the secrets, and not for Git', () => {
    synthesize(FIRST, ALL, withChecksums);
    const modeOf = (name: string): number => fs.statSync(at('out/prod', name)).mode & 0o777;
    expect([modeOf('SHA256SUMS'), modeOf('SHA256SUMS.secrets')]).toEqual([0o644, 0o600]);
    expect(fs.readFileSync(at('out/prod/.gitignore'), 'utf8')).toContain('\n/SHA256SUMS.secrets\n');
    expect(linesOf('SHA256SUMS').join()).not.toContain('connectors/c.yaml');
  });

  test('go when the document does not ask for them any more, or has no secrets', () => {
    synthesize(FIRST, ALL, withChecksums);
    synthesize([file('manifests/a.yaml')], ALL, withChecksums);
    expect(fs.readdirSync(at('out/prod')).sort()).toEqual(['.pachkit.json', 'SHA256SUMS', 'manifests']);
    expect(readInventory(at('out/prod')).files).toContain('SHA256SUMS');
    synthesize([file('manifests/a.yaml')]);
    expect(fs.readdirSync(at('out/prod')).sort()).toEqual(['.pachkit.json', 'manifests']);
  });

  test('come back when someone removes them', () => {
    synthesize(FIRST, ALL, withChecksums);
    const written = readFolder(at('out/prod'));
    for (const name of ['SHA256SUMS', 'SHA256SUMS.secrets']) fs.rmSync(at('out/prod', name));
    synthesize(FIRST, ALL, withChecksums);
    expect(readFolder(at('out/prod'))).toEqual(written);
  });

  test.each<[string, readonly OutputFile[], Origin, string[]]>([
    ['are as secret', FIRST, withChecksums, ['SHA256SUMS.secrets', 'connectors/c.yaml']],
    ['go with the secrets', [file('manifests/a.yaml')], withChecksums, []],
    ['go without being asked for', FIRST, {}, ['connectors/c.yaml']],
  ])('of secrets that git tracks %s', (_case, files, origin, tracked) => {
    synthesize(FIRST, ALL, withChecksums);
    trackAll();
    const [warning] = directory('out', 'prod', origin).tracked(files);
    const shown = tracked.map((name) => `out/prod/${name}`).join(' ');
    expect(warning?.hint?.split(';')[0]).toBe(shown === '' ? undefined : `git rm --cached ${shown}`);
  });

  test('of someone else are never overwritten', () => {
    write('out/prod/SHA256SUMS');
    expect(problemsOf(directory('out', 'prod', withChecksums)).map(([code]) => code)).toEqual(['OUT003']);
  });
});
