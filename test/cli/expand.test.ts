import { load } from 'js-yaml';
import { pachkit } from '../support/pachkit';

const AROUND = `apiVersion: pachkit/v1
name: acme
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: cert } }
identity:
  connectors:
`;

const written = (secret: string): string =>
  `${AROUND}    - { provider: okta, domain: acme.okta.com, clientID: a, clientSecret: ${secret} }\n`;

const run = (document: string): ReturnType<typeof pachkit> =>
  pachkit(['validate', '-', '--expand'], { folder: '/', standardInput: document });

describe('validate --expand', () => {
  it('prints connectors that say the same when they stand in the document themselves', () => {
    const { exitCode, stdout } = run(written('{ env: OKTA_SECRET }'));
    expect(exitCode).toBe(0);
    const [, expanded = ''] = stdout.split('---\n');
    const { identity } = load(expanded) as { identity: { connectors: unknown[] } };
    expect(identity.connectors).toHaveLength(1);
    const again = run(`${AROUND}    - ${JSON.stringify(identity.connectors[0])}\n`);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toBe(stdout);
  });

  it('hides a plain secret', () => {
    const { exitCode, stdout, stderr } = run(written('planted-secret-of-okta'));
    expect(exitCode).toBe(0);
    expect(stdout).toContain("clientSecret: '********'");
    expect(stdout + stderr).not.toContain('planted-secret');
  });

  it('prints no connectors of a document with errors', () => {
    const { exitCode, stdout } = run(written('{ env: OKTA_SECRET }').replace('acme.okta', 'acme-admin.okta'));
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('insecureEnableGroups');
  });
});
