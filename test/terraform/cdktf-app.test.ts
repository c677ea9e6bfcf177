import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeCdktfApp } from '../../src/terraform/cdktf-app';
import { synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import { BASE, clusterOf } from './cluster-of';
import { EVERYTHING } from './everything';
import type { Json } from '../support/tree';

/** Without cdktf's own notes, which Terraform does not read. */
function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '//');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNotes(inner)]));
}

describe('the application behind cdktf.json', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = mkdtempSync(path.join(tmpdir(), 'pachkit-cdktf-'));
  });
  afterEach(() => rmSync(outdir, { recursive: true, force: true }));

  const stack = (name: string): string =>
    readFileSync(path.join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8');

  test('writes the stacks that pachkit synth writes, where the cdktf CLI wants them', () => {
    const everything = clusterOf(EVERYTHING);
    const least = clusterOf(
      `${BASE}auth0: { domain: acme.eu.auth0.com }\n`.replace('name: prod', 'name: least'),
    );
    expect(writeCdktfApp([everything, clusterOf(BASE), least], outdir)).toEqual(['prod', 'least']);
    for (const cluster of [everything, least]) {
      const written = JSON.parse(stack(cluster.name)) as Json;
      expect(withoutNotes(written)).toEqual(JSON.parse(synthesizeTerraform(cluster)?.['cdk.tf.json'] ?? ''));
    }
    const manifest = JSON.parse(readFileSync(path.join(outdir, 'manifest.json'), 'utf8')) as { stacks: Json };
    expect(Object.keys(manifest.stacks).sort()).toEqual(['least', 'prod']);
  });

  test('names no path of this machine', () => {
    writeCdktfApp([clusterOf(EVERYTHING)], outdir);
    for (const place of [process.cwd(), outdir, tmpdir()]) expect(stack('prod')).not.toContain(place);
  });

  test('is what cdktf.json names', () => {
    const root = path.resolve(__dirname, '../..');
    const settings = JSON.parse(readFileSync(path.join(root, 'cdktf.json'), 'utf8')) as Json;
    expect(settings).toMatchObject({ app: 'node dist/bin/cdktf.js', sendCrashReports: 'false' });
  });
});
