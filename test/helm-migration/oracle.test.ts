import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { toYaml } from '../../src/constructs/support/yaml';
import { check } from '../product-files/support/check';
import { errorsIn, importOf, objectsOfText } from '../support/import-values';
import { temporaryFolder } from '../support/pachkit';

/** Values of the official chart, and what the official chart renders from them: the imported document must give the same. */
const ORACLE = path.resolve(__dirname, '..', '..', '..', 'shared', 'oracle');
const CASES = path.join(ORACLE, 'cases');

/** With a Service of type NodePort and no proxy the chart names an issuer at a port that the Service does not have. */
const nodePortIssuer = (object: string, field: string): string =>
  `${object} ${field}: want "http://pachd:1658", have "http://pachd:30658"`;

const DELIBERATE: Readonly<Record<string, readonly string[]>> = {
  '2.2.8/local-nodeport-auth0': [
    nodePortIssuer('Deployment/console', 'spec.template.spec.containers[console].env[ISSUER_URI].value'),
    nodePortIssuer('Secret/pachyderm-bootstrap-config', 'stringData.authConfig.issuer'),
    nodePortIssuer('Secret/pachyderm-bootstrap-config', 'stringData.identityServiceConfig.issuer'),
  ],
  ...Object.fromEntries(
    ['2.11.6', '2.12.0-rc.3'].map((release) => [
      `${release}/local-nodeport-auth0`,
      [
        nodePortIssuer('ConfigMap/pachyderm-identity-config', 'data.identity-config.issuer'),
        nodePortIssuer('Deployment/console', 'spec.template.spec.containers[console].env[ISSUER_URI].value'),
        nodePortIssuer('Secret/pachyderm-auth', 'stringData.auth-config.issuer'),
        // Nothing listens on port 80 of localhost without the proxy.
        'Secret/pachyderm-auth stringData.auth-config.user_accessible_issuer_host: ' +
          'want "http://localhost", have "http://localhost:30658"',
      ],
    ]),
  ),
};

/** Secrets of the release that are referred to are not written, and storage settings become variables beside them. */
const REFERRED =
  /^(Secret\/\S+( stringData\.(root-token|pachd-oauth-client-secret|OAUTH_CLIENT_SECRET))?: (missing|want)|Secret\/\S+: missing|Deployment\/(pachd|pachw) spec\.template\.spec\.containers\[\w+\]\.env\[(AMAZON_|AWS_|CUSTOM_ENDPOINT|DISABLE_SSL|MAX_UPLOAD_PARTS|NO_VERIFY_SSL|OBJ_LOG_OPTS|PART_SIZE|RETRIES|REVERSE|TIMEOUT|UPLOAD_ACL))/;

/** What the tests' variables hold in the place of what stands in the values. */
const VARIABLE = /have "?(\S*)value of [A-Z0-9_]+/;

const cases = fs.existsSync(CASES)
  ? fs
      .readdirSync(CASES)
      .flatMap((release) => fs.readdirSync(path.join(CASES, release)).map((name) => `${release}/${name}`))
      .sort()
  : [];

const describeWithOracle = cases.length > 0 ? describe : describe.skip;

describeWithOracle('the official chart', () => {
  test.each(cases)('%s: values that it renders are without errors', (name) => {
    const [release = ''] = name.split('/');
    const target = `pachyderm@${release.split('.', 2).join('.')}` as const;
    const found = check('helm-values', valuesOf(name), target);
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(cases)('%s: with its secrets in it, the document says what the values say', (name) => {
    const { text } = imported(name, 'plain');
    expect(errorsIn(text)).toEqual([]);
    const { differences, extraObjects } = compare(name, text);
    expect(extraObjects).toEqual([]);
    expect([...differences].sort()).toEqual([...(DELIBERATE[name] ?? [])].sort());
  });

  test.each(cases)('%s: with references to the Secrets of the release, only those are left out', (name) => {
    const { text } = imported(name, 'existing');
    expect(errorsIn(text)).toEqual([]);
    const { differences, extraObjects } = compare(name, text);
    expect(extraObjects).toEqual([]);
    const others = differences.filter(
      (difference) =>
        !REFERRED.test(difference) &&
        !VARIABLE.test(difference) &&
        !(DELIBERATE[name] ?? []).includes(difference),
    );
    expect(others).toEqual([]);
  });
});

function imported(name: string, secrets: 'plain' | 'existing') {
  const [release = ''] = name.split('/');
  return importOf(valuesOf(name), { release, secrets });
}

function valuesOf(name: string): string {
  return fs.readFileSync(path.join(CASES, name, 'values.yaml'), 'utf8');
}

function compare(name: string, text: string): { differences: string[]; extraObjects: string[] } {
  const folder = temporaryFolder({
    'ours.yaml': objectsOfText(text)
      .map((object) => toYaml(object))
      .join('---\n'),
  });
  try {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        path.join(ORACLE, 'compare.mjs'),
        path.join(folder, 'ours.yaml'),
        path.join(CASES, name, 'rendered.yaml'),
        '--json',
      ],
      { cwd: path.resolve(__dirname, '..', '..'), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as { differences: string[]; extraObjects: string[] };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
