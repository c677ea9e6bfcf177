import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { program, HEAD, DEV, folder, synth, again } from './run-synth';

test.each([
  [{}, 'pachkit doctor prod.yaml'],
  [{ npm_command: 'exec' }, 'npx pachkit doctor prod.yaml'],
])('the last step is run as this program was: with %j', (environment, step) => {
  expect(synth({ 'prod.yaml': DEV }, [], { environment }).stdout).toContain(`# if a login fails: ${step}\n`);
});

test('the summary names what is to be guarded in front of Dex', () => {
  const connectors = 'identity: { connectors: [{ type: authproxy, id: ap }] }';
  const guarded = DEV.replace(/^identity:.*$/m, connectors);
  const { exitCode, stdout } = synth({ 'dev.yaml': guarded });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ +to guard +https:\/\/a\.example\.com\/dex\/callback\/ap$/m);
});

describe('the commands that give Terraform its secrets', () => {
  const users = `  database: { name: users }
  users:
    - { email: "it's@acme.com", password: { generate: {} } }
    - { email: b@acme.com, password: { file: "pass word.txt" } }
    - { email: c@acme.com, password: { env: THEIRS } }
    - { email: d@acme.com, password: { env: TF_VAR_auth0_password_d_acme_com_485ea42a } }
    - { email: e@acme.com, password: in-the-document }
`;
  const document = `${HEAD.replace(/identity:.*\n/, '')}profile: dev\nauth0:\n  domain: acme.eu.auth0.com\n${users}`;
  const files = { "it's/prod.yaml": document, "it's/pass word.txt": 'from the file\n' };

  test('work in a shell as they are printed, and show no secret', () => {
    const environment = { THEIRS: 'from the environment' };
    const { stdout, exitCode } = synth(files, ['--only', 'terraform'], { environment });
    const commands = stdout.split('\n').filter((line) => line.trim().startsWith('export '));
    expect([exitCode, commands.length]).toEqual([0, 4]);
    const { secrets } = JSON.parse(
      fs.readFileSync(path.join(folder, "it's/.pachkit/prod.secrets.json"), 'utf8'),
    ) as { secrets: Record<string, string> };
    for (const secret of [...Object.values(secrets), 'from the file', 'in-the-document'])
      expect(stdout).not.toContain(secret);

    const bin = path.join(folder, 'bin');
    fs.mkdirSync(bin);
    fs.symlinkSync(program, path.join(bin, 'pachkit'));
    const shell = spawnSync('sh', ['-c', `${commands.join('\n')}\nenv`], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env['PATH']}`, ...environment },
    });
    const variables = Object.fromEntries(
      shell.stdout
        .split('\n')
        .filter((line) => line.startsWith('TF_VAR_'))
        .map((line) => line.split('=')),
    ) as Record<string, string>;
    expect(Object.values(variables).sort()).toEqual(
      [...Object.values(secrets), 'from the file', 'from the environment'].sort(),
    );
    expect(variables['TF_VAR_auth0_client_secret']).toBe(secrets['/auth0/application/clientSecret']);
  });

  test('come before Terraform, and only where there is something for it', () => {
    const both = document
      .replace('auth0:\n', 'auth0:\n  application: { clientID: abc }\n')
      .replace(users, '');
    const { next } = (
      JSON.parse(synth({ 'prod.yaml': both }, ['--format', 'json']).stdout) as {
        clusters: [{ next: string[] }];
      }
    ).clusters[0];
    expect(next.slice(0, 5).map((command) => command.split(/[ =]/, 2).join(' '))).toEqual([
      '# Terraform',
      'export TF_VAR_auth0_client_secret',
      'terraform -chdir',
      'terraform -chdir',
      'kubectl create',
    ]);
    expect(next[0]).toContain(
      'logs in to acme.eu.auth0.com with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN',
    );
    expect(again(['prod.yaml', '--only', 'connectors']).stdout).not.toContain('export ');
  });

  test('go on with the client id where Auth0 has yet to make it', () => {
    const { stdout } = synth(files, ['--only', 'terraform'], { environment: { THEIRS: 'x' } });
    expect(stdout.split('\n').slice(-4)).toEqual([
      '    terraform -chdir=dist/pachkit/prod/terraform apply',
      '    terraform -chdir=dist/pachkit/prod/terraform output -raw client_id',
      '    # then write that into the document as auth0.application.clientID, and synthesize all of it',
      '',
    ]);
  });

  test('say what the provider of Keycloak logs in with', () => {
    const keycloak = `${DEV.replace(/^identity:.*\n/m, '')}keycloak: { url: 'https://sso.acme.com', realm: acme, terraform: {} }\n`;
    expect(synth({ 'prod.yaml': keycloak }).stdout).toContain(
      '    # Terraform logs in to https://sso.acme.com with KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET, or ',
    );
  });
});

describe('the summary', () => {
  test('quotes paths for the shell', () => {
    const { stdout } = synth({ 'prod.yaml': DEV }, ['--out', "my out $(x)'s"]);
    expect(stdout).toContain("kubectl apply -f 'my out $(x)'\\''s/prod/manifests'\n");
    expect(again(['prod.yaml', '--out', 'a b', '--format', 'json']).stdout).toContain(
      "kubectl apply -f 'a b/prod/manifests'",
    );
  });

  test('shows no control characters of a path', () => {
    const { stdout } = synth({ 'prod.yaml': DEV }, ['--out', 'o\u001b[31mX']);
    expect(stdout).not.toContain('\u001b');
    const [, command = ''] = /kubectl apply -f (\$\S+)/.exec(stdout) ?? [];
    const listed = spawnSync('bash', ['-c', `ls ${command}`], { cwd: folder, encoding: 'utf8' });
    expect(listed.stdout).toContain('01-secrets.yaml');
  });

  test('lists what a storage secret of the user has to hold', () => {
    const credentials = '{ existing: { name: pachyderm-storage-secret, key: GOOGLE_CRED } }';
    const text = DEV.replace('bucket: acme', `bucket: acme, credentials: ${credentials}`);
    expect(synth({ 'prod.yaml': text }).stdout).toContain(
      '    Secret pachyderm-storage-secret with GOOGLE_BUCKET, GOOGLE_CRED, GOOGLE_APPLICATION_CREDENTIALS\n',
    );
    expect(again(['prod.yaml', '--only', 'connectors']).stdout).not.toContain('pachyderm-storage-secret');
  });

  test('counts one file as one, and names the Secret that holds the connectors', () => {
    const auth0 = 'auth0: { domain: acme.eu.auth0.com }\n';
    const withAuth0 = `${DEV.replace(/^identity:.*\n/m, '')}${auth0}`;
    const { stdout } = synth({ 'prod.yaml': withAuth0 }, ['--only', 'terraform']);
    expect(stdout).toMatch(/^prod: wrote 1 file to /);
    const from = DEV.replace(/^identity:.*$/m, 'identity: { connectorsFrom: { existing: { name: idps } } }');
    expect(synth({ 'prod.yaml': from }).stdout).toMatch(/^ +connectors +from Secret idps$/m);
  });
});
