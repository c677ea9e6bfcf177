import fs from 'node:fs';
import path from 'node:path';
import { checkDocument } from '../../src/pipeline/check-document';
import { adviceFor, inOtherRelease, type UpgradeAdvice } from '../../src/upgrade/advice';
import { reasonNotToMove, releaseToMoveTo } from '../../src/upgrade/check-pair';
import { parseRelease, type ReleaseVersion } from '../../src/releases/release';
import { documentOf } from '../support/input-of';

const LEGACY = fs.readFileSync(path.resolve(__dirname, '../../examples/legacy-2.2/pachyderm.yaml'), 'utf8');

async function advice(text: string, release: string): Promise<UpgradeAdvice> {
  const found = await adviceFor(checkDocument(documentOf({ 'pachyderm.yaml': text })), release);
  if (!found) throw new Error('the document is not a cluster');
  return found;
}

test('secrets of the bootstrap Job move to where pachd reads them, and stay as they are', async () => {
  const { moves, kept } = await advice(LEGACY, '2.11.6');
  const from = (key: string) => moves.find((move) => move.from.key === key);
  expect(from('rootToken')).toEqual({
    from: { name: 'pachyderm-bootstrap-config', key: 'rootToken' },
    to: { name: 'pachyderm-auth', key: 'root-token' },
  });
  expect(from('authConfig')?.to).toEqual({ name: 'pachyderm-auth', key: 'auth-config' });
  expect(from('license')?.to).toEqual({ name: 'pachyderm-license', key: 'enterprise-license-key' });
  expect(moves.filter(({ to }) => to === undefined)).toEqual([]);
  expect(kept).toContainEqual({
    field: 'auth.rootToken',
    places: [{ name: 'pachyderm-auth', key: 'root-token' }],
  });
});

test('generated secrets are kept in a file beside the document, unless they follow from a seed', async () => {
  const files = async (secrets: string) => {
    const { kept } = await advice(LEGACY.replace(/^secrets: .*$/m, secrets), '2.11.6');
    return [...new Set(kept.map(({ file }) => file))];
  };
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  expect(await files('')).toEqual(['.pachkit/legacy-2-2.secrets.json']);
  expect(await files(`secrets: { store: { age: [${recipient}] } }`)).toEqual(['legacy-2-2.secrets.age']);
  expect(await files('secrets: { seed: legacy-2-2 }')).toEqual([undefined]);
});

test('a license has no place where none is needed', async () => {
  const { moves, differences, objects } = await advice(LEGACY, '2.12.0-rc.3');
  expect(moves.find(({ from }) => from.key === 'license')).toEqual({
    from: { name: 'pachyderm-bootstrap-config', key: 'license' },
  });
  expect(differences.find(({ fact }) => fact === 'needsLicense')).toMatchObject({
    concerns: true,
    todo: 'remove the section `enterprise`',
  });
  expect(objects.map(({ object }) => object)).not.toContain('Secret/pachyderm-license');
});

test('the findings are those of the newer release alone', async () => {
  const { findings } = await advice(LEGACY, '2.12.0-rc.3');
  expect(findings.map(({ code, location }) => `${code} ${location.file}:${location.range?.line}`)).toEqual([
    'AUT006 pachyderm.yaml:17',
    'REL002 pachyderm.yaml:20',
    'DEX102 pachyderm.yaml:38',
  ]);
  expect((await advice(LEGACY, '2.2.9')).findings).toEqual([]);
});

test('steps begin with a backup where the line of releases changes, and not within one', async () => {
  const [first, ...others] = (await advice(LEGACY, '2.11.6')).steps;
  expect(first?.text).toMatch(
    /^back up the folder \/var\/pachyderm\/ of the node and the databases pachyderm and dex/,
  );
  expect(first?.commands).toEqual(
    ['pachyderm', 'dex'].map(
      (name) =>
        `kubectl -n pachyderm exec statefulset/postgres -- sh -c 'PGPASSWORD="$POSTGRES_PASSWORD" pg_dump -U "$POSTGRES_USER" ${name}' > ${name}.sql`,
    ),
  );
  expect(others.map(({ text }) => text)).toContain(
    'give everyone pachctl 2.11.6: pachd tells clients of older lines to upgrade',
  );
  const within = (await advice(LEGACY, '2.2.9')).steps.map(({ text }) => text).join('\n');
  expect(within).not.toMatch(/back up|pachctl/);
});

test('a migration can be tried from 2.11 on', async () => {
  const text = LEGACY.replace('2.2.8', '2.11.6').replace(/ *forwardedLoginParams.*\n/, '');
  const steps = (await advice(text, '2.12.0-rc.3')).steps.map((step) => step.text).join('\n');
  expect(steps).toContain('try the migration while 2.11.6 runs');
  expect((await advice(LEGACY, '2.12.0-rc.3')).steps.map((step) => step.text).join('\n')).not.toContain(
    'try',
  );
});

test('a database server of the user is backed up from there', async () => {
  const text = `${LEGACY}database: { external: { host: db.acme.com }, password: { env: DB } }\n`;
  const [backup] = (await advice(text, '2.11.6')).steps;
  expect(backup?.commands).toEqual([
    'pg_dump -h db.acme.com -p 5432 -U pachyderm pachyderm > pachyderm.sql',
    'pg_dump -h db.acme.com -p 5432 -U pachyderm dex > dex.sql',
  ]);
});

test('no secret of the document is in the advice', async () => {
  const text = LEGACY.replace(
    'sessionDuration: 30d',
    'sessionDuration: 30d\n  rootToken: planted-root-token',
  );
  expect(
    JSON.stringify(await advice(text, '2.11.6'), (key, value: unknown) =>
      key === 'source' ? undefined : value,
    ),
  ).not.toContain('planted');
});

test('a document in another release is the same in everything else', () => {
  const document = documentOf(LEGACY);
  const other = inOtherRelease(document, '2.11.6');
  expect(other.value).toEqual({ ...(document.value as object), release: '2.11.6' });
  expect(other.root.entries?.get('auth')).toBe(document.root.entries?.get('auth'));
  expect(document.root.entries?.get('release')?.scalar).toBe('2.2.8');
});

const release = (text: string): ReleaseVersion => {
  const version = parseRelease(text);
  if (!version) throw new Error(text);
  return version;
};

test.each([
  ['2.11.6', '2.2.8', /2\.2\.8 is older than 2\.11\.6.*no way back/],
  ['2.12.0', '2.12.0-rc.3', /older/],
  ['2.12.0-rc.10', '2.12.0-rc.3', /older/],
  ['2.11.6', '2.11.6', /has release 2\.11\.6 already/],
])('%s to %s is no upgrade', (from, to, reason) => {
  expect(reasonNotToMove(release(from), release(to))).toMatch(reason);
});

test.each([
  ['2.2.8', '2.11.6'],
  ['2.12.0-rc.3', '2.12.0'],
  ['2.12.0-rc.3', '2.12.0-rc.10'],
  ['2.11.9', '2.11.10'],
])('%s to %s is an upgrade', (from, to) => {
  expect(reasonNotToMove(release(from), release(to))).toBeUndefined();
});

test.each([
  ['v2.11.6', /did you mean 2\.11\.6\?/],
  ['2.11', /name the patch, such as 2\.11\.6/],
  ['2.99.0', /unsupported release "2\.99\.0".*2\.2\.x/],
  ['latest', /unsupported release "latest"/],
])('%s is not a release to move to', (written, problem) => {
  expect(releaseToMoveTo(written)).toEqual({ problem: expect.stringMatching(problem) as string });
});
