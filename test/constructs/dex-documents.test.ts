import YAML from 'yaml';
import { SourceFile } from '../../src/document/source-file';
import { checkProductFile } from '../../src/pipeline/check-product-files';
import { dexConfig } from '../../src/product-files/dex-config/dex-config';
import { clusterIn, dexPodOf, standaloneDocuments } from '../support/dex-pod';

test('there are documents of every storage and way of access', () =>
  expect(standaloneDocuments().length).toBeGreaterThanOrEqual(12));

describe.each(standaloneDocuments())('%s', (document) => {
  test('yields a configuration that pachkit itself finds nothing wrong with', () => {
    const cluster = clusterIn(document);
    const { configuration } = dexPodOf(document);
    const source = new SourceFile('config.yaml', configuration, '/etc/dex');
    const findings = checkProductFile(source, dexConfig, cluster.dex?.target ?? 'dex@2.45');
    const typePaths = (types: readonly string[]): string[] =>
      cluster.identity.connectors.flatMap(({ type }, index) =>
        types.includes(type) ? [`/connectors/${index}/type`] : [],
      );
    // Profile dev permits mocks and http; a configuration by itself does not say what it is for.
    const mocks = typePaths(['mockCallback', 'mockPassword']);
    if (mocks.length > 0) expect(cluster.profile).toBe('dev');
    expect(findings.filter(({ severity }) => severity === 'error').map(({ path }) => path)).toEqual(mocks);
    // A host without a dot is a name that only the cluster resolves, and one with a port of its own is no public one.
    const isPlain =
      cluster.profile === 'dev' && /^http:\/\/[^/:]*\.(?!svc)[^/:]*(\/|$)/.test(cluster.urls.issuer);
    // Everyone may have an account at LinkedIn, whose connector hardly works besides.
    const doubtful = [...typePaths(['linkedin']), ...typePaths(['linkedin', 'authproxy'])];
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    expect(warnings.map(({ path }) => path)).toEqual([...doubtful, ...(isPlain ? ['/issuer'] : [])]);
  });

  test('gives the pod every variable that the configuration names, and no other secret', () => {
    const { configuration, environment } = dexPodOf(document);
    const named = [
      ...[...configuration.matchAll(/\$([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name]) => name),
      ...[...configuration.matchAll(/(?:secretEnv|hashFromEnv): (\S+)/g)].map(([, name]) => name),
    ];
    expect(named.length).toBeGreaterThan(0);
    const derived = Object.keys(environment).filter((name) => /^DEX_(STORAGE|CONNECTOR|STATIC)_/.test(name));
    expect(derived.sort()).toEqual([...new Set(named)].sort());
  });

  test('has the issuer and the callback URL of the cluster', () => {
    const cluster = clusterIn(document);
    const file = YAML.parse(dexPodOf(document).configuration) as {
      issuer: string;
      connectors?: { config: { redirectURI?: string } }[];
    };
    expect(file.issuer).toBe(cluster.urls.issuer);
    for (const { config } of file.connectors ?? [])
      expect([undefined, `${cluster.urls.issuer}/callback`]).toContain(config.redirectURI);
  });
});
