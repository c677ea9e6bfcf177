import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { auth0Suite } from './auth0/suite';
import type { Provider } from './auth0/workspace';
import { describeWithTools, listTools, runToSuccess, temporaryDirectory, toolPath } from './harness';

const checkout = path.resolve(__dirname, '../..');

const [terraform] = listTools(['terraform']);
/** OpenTofu takes Terraform's place where that is missing; it is built when it is needed. */
const tools = [terraform?.path ? 'terraform' : 'tofu', 'openssl'];

describeWithTools('auth0 with the real provider', [...tools, 'terraform-provider-auth0'], () => {
  test('its schema is the one that the typed classes are held against', async () => {
    const script = path.join(checkout, 'test/fixtures/auth0/provider-schema.mjs');
    const answer = await runToSuccess({
      name: 'provider-schema',
      program: process.execPath,
      args: [script, '--check'],
    });
    expect(answer).toContain('is what the provider says');
  });

  auth0Suite(() => Promise.resolve({ program: toolPath('terraform-provider-auth0'), environment: {} }));
});

const hasGo = spawnSync('go', ['version']).status === 0;

if (hasGo) describeWithTools('auth0 with a stand-in for the provider', tools, () => auth0Suite(buildStandIn));
else {
  process.stderr.write('SKIPPED auth0 with a stand-in for the provider, for want of\n  go: put Go on PATH\n');
  describe.skip('auth0 with a stand-in for the provider (for want of go)', () => test('Go', () => {}));
}

/** Builds the stand-in; Go's own cache makes every build but the first one short. */
async function buildStandIn(): Promise<Provider> {
  const directory = temporaryDirectory('auth0-stand-in');
  const program = directory.join('terraform-provider-auth0');
  await runToSuccess(
    {
      name: 'go build',
      program: 'go',
      args: ['build', '-mod=readonly', '-buildvcs=false', '-o', program, '.'],
      workingDirectory: path.join(__dirname, 'auth0/stand-in-provider'),
    },
    600,
  );
  return {
    program,
    environment: { PACHKIT_PROVIDER_SCHEMA: path.join(checkout, 'test/fixtures/auth0/provider-schema.json') },
  };
}
