import { isMapping } from '../../src/document/is-mapping';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { PACHYDERM_LINES } from '../../src/releases/pachyderm';
import { parseRelease } from '../../src/releases/release';
import { releaseTraits, type ReleaseTraits } from '../../src/releases/release-traits';
import { factDifferences } from '../../src/upgrade/fact-differences';
import { connectorDifferences } from '../../src/upgrade/connector-differences';
import { clusterOf } from '../support/cluster-of';

/** Every line, and the patches within 2.2 and 2.3 at which something changes. */
const RELEASES = [
  ...PACHYDERM_LINES.flatMap((line) =>
    'comparedWith' in line ? [line.comparedWith] : [`2.${line.minor}.0`],
  ),
  '2.2.0',
  '2.3.5',
  '2.3.6',
].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

const pairs = RELEASES.flatMap((from, index) => RELEASES.slice(index + 1).map((to) => [from, to] as const));

const cluster = (release: string, document: Partial<ClusterDocument> = {}) =>
  clusterOf({ ...document, release });

function traits(release: string): ReleaseTraits {
  const version = parseRelease(release);
  if (!version) throw new Error(release);
  return releaseTraits(version);
}

/** Paths of everything in the traits that differs, but for what says again what others say. */
function differing(before: unknown, after: unknown, path = ''): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMapping(before) || !isMapping(after) || path === 'pgBouncer.resources') return [path];
  return Object.keys({ ...before, ...after }).flatMap((key) =>
    differing(before[key], after[key], path === '' ? key : `${path}.${key}`),
  );
}

const SAID_ELSEWHERE = /^(version|bootstrap|connectorForm|connectorTarget)/;

test('there is a pair of releases for every two of them', () => {
  expect(pairs.length).toBe((RELEASES.length * (RELEASES.length - 1)) / 2);
});

test.each(pairs)('%s to %s: each difference of the table has a sentence of its own', (from, to) => {
  const differences = factDifferences({ before: cluster(from), after: cluster(to) });
  const facts = differences.map(({ fact }) => fact);
  const expected = differing(traits(from), traits(to)).filter((path) => !SAID_ELSEWHERE.test(path));
  expect(facts.filter((fact) => !fact.startsWith('variables.')).sort()).toEqual(expected.sort());
  expect(new Set(differences.map(({ text }) => text)).size).toBe(differences.length);
  for (const { text } of differences) expect(text).toMatch(/^.{20,}[^.]$/s);
});

test('a release without differences of facts brings new images alone', () => {
  const facts = factDifferences({ before: cluster('2.11.5'), after: cluster('2.11.6') }).map(
    ({ fact }) => fact,
  );
  expect(facts).toEqual(['images.pachd', 'images.worker', 'images.console']);
});

const textsOf = (from: string, to: string, document: Partial<ClusterDocument>): string =>
  factDifferences({ before: cluster(from, document), after: cluster(to, document) })
    .filter(({ concerns }) => concerns)
    .map(({ text, todo }) => `${text} | ${todo ?? ''}`)
    .join('\n');

test('what a cluster does not have is not said to touch it', () => {
  const external = { database: { external: { host: 'db.acme.com' }, password: 'x'.repeat(20) } };
  expect(textsOf('2.2.8', '2.11.6', external)).not.toContain('bundled PostgreSQL');
  expect(textsOf('2.2.8', '2.11.6', {})).toContain('bundled PostgreSQL');
});

test('pools that grow are a matter of a server of the user', () => {
  const external = { database: { external: { host: 'db.acme.com' }, password: 'x'.repeat(20) } };
  expect(textsOf('2.7.0', '2.8.0', external)).toContain('max_connections');
  expect(textsOf('2.7.0', '2.8.0', {})).not.toContain('max_connections');
});

test('variables of the user that the newer release no longer reads are named', () => {
  const document = { pachd: { environment: { LOG_FORMAT: 'json' } } };
  expect(textsOf('2.2.8', '2.11.6', document)).toContain('remove LOG_FORMAT from pachd.environment');
});

test('files of a local folder change hands where pachd is not root', () => {
  const local = (requireRoot: boolean) => ({ storage: { local: { hostPath: '/data', requireRoot } } });
  expect(textsOf('2.11.6', '2.12.0', local(false))).toContain('hand over the files of /data');
  expect(textsOf('2.11.6', '2.12.0', local(true))).not.toContain('hand over');
});

const connectorTexts = (from: string, to: string, config: object, type = 'oidc'): string =>
  connectorDifferences({
    before: cluster(from, { identity: { connectors: [{ type, id: 'corp', config }] } }),
    after: cluster(to),
  })
    .map(({ text, todo }) => `${text} | ${todo ?? ''}`)
    .join('\n');

test('keys that the newer Dex begins or ceases to read are named', () => {
  const oidc = { issuer: 'https://a.com', clientID: 'a', clientSecret: 'b' };
  expect(connectorTexts('2.6.0', '2.7.0', { ...oidc, forwardedLoginParams: ['login_hint'] })).toContain(
    'ignores `forwardedLoginParams`',
  );
  expect(connectorTexts('2.6.0', '2.7.0', { ...oidc, insecureSkipVerify: true })).toContain(
    'reads `insecureSkipVerify`',
  );
  expect(connectorTexts('2.6.0', '2.7.0', oidc)).toMatch(/also reads .*`insecureSkipVerify`/);
});

test('a standalone Dex stays what it is', () => {
  const standalone = (release: string) =>
    cluster(release, { identity: { dex: 'standalone' }, dex: { version: '2.45.1' } } as never);
  expect(connectorDifferences({ before: standalone('2.6.0'), after: standalone('2.12.0') })).toEqual([]);
});
