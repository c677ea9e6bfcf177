import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { auth0Suite } from './auth0/suite';
import { buildStandIn } from './auth0/stand-in';
import { describeWithTools, listTools, runToSuccess, toolPath } from './harness';

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

if (hasGo)
  describeWithTools('auth0 with a stand-in for the provider', tools, () => auth0Suite(() => buildStandIn()));
else {
  process.stderr.write('SKIPPED auth0 with a stand-in for the provider, for want of\n  go: put Go on PATH\n');
  describe.skip('auth0 with a stand-in for the provider (for want of go)', () => test('Go', () => {}));
}
