import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { load } from 'js-yaml';
import { readFolder } from './support/golden-folder';
import { pachkit } from './support/pachkit';

const root = path.resolve(__dirname, '..');
const charts = path.join(root, 'charts');

const isThere = (file: string): boolean => fs.existsSync(path.join(root, file));

/** What each chart is made of: the document of an example, or what leaves its Secrets out. */
const documents = fs.readdirSync(path.join(root, 'examples')).flatMap((example) => {
  const candidates = [
    `charts/${example}.yaml`,
    `examples/${example}/pachyderm.yaml`,
    `examples/${example}/pachyderm.ts`,
  ];
  const document = candidates.find(isThere);
  return document === undefined ? [] : [[example, document] as const];
});

test('charts/ has a chart for each example with a document, and no other', () => {
  const folders = fs
    .readdirSync(charts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(documents.map(([example]) => example).sort());
});

test.each(documents)('charts/%s is what is written of %s, with no variable set', (example, document) => {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-chart-'));
  try {
    const { exitCode, stderr } = pachkit(['synth', document, '--only', 'helm', '--out', out, '--frozen'], {
      folder: root,
    });
    expect([exitCode, stderr]).toEqual([0, '']);
    const [cluster = ''] = fs.readdirSync(out).filter((name) => !name.startsWith('.'));
    expect(readFolder(path.join(charts, example))).toEqual(readFolder(path.join(out, cluster, 'helm')));
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
});

test('secrets are in the charts of examples that derive them from a seed, and in no others', () => {
  const withSecrets = documents
    .filter(([example]) => /root-token|rootToken: |upstream-idps: /.test(secretsOf(example)))
    .map(([example]) => example);
  const seeded = documents.filter(([, document]) => document.startsWith('examples/'));
  expect(withSecrets.length).toBeGreaterThan(0);
  for (const example of withSecrets) expect(seeded.map(([name]) => name)).toContain(example);
  for (const [example, document] of documents.filter((each) => !seeded.includes(each))) {
    const { secrets } = load(fs.readFileSync(path.join(root, document), 'utf8')) as { secrets: object };
    expect([example, secrets]).toEqual([example, { output: 'none' }]);
  }
  for (const [, document] of seeded)
    expect(fs.readFileSync(path.join(root, document), 'utf8')).toMatch(/secrets: \{ seed: /);
});

function secretsOf(example: string): string {
  return fs.readFileSync(path.join(charts, example, 'templates/01-secrets.yaml'), 'utf8');
}
