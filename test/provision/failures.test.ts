import { KnownSecrets } from '../../src/cluster/compare/known-secrets';
import { terraformFailure } from '../../src/provision/failures';

const SECRET = 'planted-client-secret-0123456789';

const failureOf = (output: string, errors = '') =>
  terraformFailure({
    action: 'plan',
    effect: 'Nothing is changed',
    end: { code: 1, output, errors },
    directory: 'dist/pachkit/prod/terraform',
    file: 'pachyderm.yaml',
    secrets: new KnownSecrets().learnTexts([SECRET]),
  });

const line = (summary: string, detail = '', severity = 'error'): string =>
  JSON.stringify({ '@level': severity, type: 'diagnostic', diagnostic: { severity, summary, detail } });

test('the errors among lines of JSON are quoted in one line', () =>
  expect(
    failureOf(
      [line('Odd', 'a thing', 'warning'), '{"type":"version"}', line('Broken', 'it\n  is'), 'x'].join('\n'),
    ).message,
  ).toBe('terraform plan failed (Broken: it is). Nothing is changed'));

test('without them what went to standard error is, without its frame', () =>
  expect(failureOf('', '╷\n│ Error: Broken\n│ \n│ it is\n╵\n').message).toBe(
    'terraform plan failed (Error: Broken it is). Nothing is changed',
  ));

test('no secret is quoted', () => {
  const { message } = failureOf(line('Refused', `client_secret ${SECRET}, password = "hunter22-hunter"`));
  expect(message).not.toMatch(/planted|hunter22/);
});

test.each([
  ['Error: Unsupported Terraform Core version', 'TFR002', 'install Terraform 1.11'],
  ['Error: Unsupported OpenTofu Core version', 'TFR002', 'install Terraform 1.11'],
  [
    'Error: Error acquiring the state lock',
    'TFR004',
    'terraform -chdir=dist/pachkit/prod/terraform force-unlock',
  ],
  ['Error: Backend configuration changed', 'TFR004', 'init -migrate-state'],
  ['Error: Failed to query available provider packages', 'TFR004', 'provider_installation'],
  ['403 Forbidden: Insufficient scope, expected any of: create:clients', 'TFR004', 'the scopes'],
  ['401 Unauthorized', 'TFR004', 'check AUTH0_CLIENT_ID'],
  ['dial tcp: lookup acme.eu.auth0.com: no such host', 'TFR004', 'auth0.terraform.tenantDomain'],
  ['something else', 'TFR004', 'terraform -chdir=dist/pachkit/prod/terraform plan shows all of it'],
])('%s: the way out is said', (said, code, hint) =>
  expect(failureOf('', said)).toMatchObject({ code, hint: expect.stringContaining(hint) as string }),
);

test('a long message is cut', () => {
  const { message } = failureOf('', 'x '.repeat(5000));
  expect(message.length).toBeLessThan(1000);
  expect(failureOf('', '').message).toContain('it says nothing');
});
