import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { Auth0Workplace, quickstart, SECRETS } from './deploy/auth0-workplace';
import { printed } from './deploy/program';
import { describeWithTools, kubernetesTools, startKubernetes, type KubernetesServer } from './harness';

/** The stand-in for the provider is a program in Go. */
const describeWithGo = spawnSync('go', ['version']).status === 0 ? describeWithTools : skipWithoutGo;

function skipWithoutGo(name: string): void {
  process.stderr.write(`SKIPPED ${name}, for want of\n  go: put Go on PATH\n`);
  describe.skip(`${name} (for want of go)`, () => test('Go', () => {}));
}

describe.each(['tofu', 'terraform'] as const)('with %s', (terraform) => {
  describeWithGo(
    `pachkit deploy has ${terraform} make the application at Auth0`,
    [...kubernetesTools, terraform, 'openssl'],
    () => {
      let kubernetes: KubernetesServer;
      let work: Auth0Workplace;
      beforeAll(async () => {
        kubernetes = await startKubernetes({});
        work = await Auth0Workplace.build(kubernetes, terraform);
      });
      afterAll(() => work.stop());

      /** The connectors of a cluster, as pachd is given them. */
      const connectors = async (name: string): Promise<string> => {
        const get = ['get', 'secret', 'pachyderm-identity', '--namespace', name];
        const found = await kubernetes.kubectl([...get, '-o', 'jsonpath={.data.upstream-idps}']);
        return Buffer.from(found.standardOutput, 'base64').toString('utf8');
      };
      const hasNamespace = async (name: string): Promise<boolean> =>
        (await kubernetes.kubectl(['get', 'namespace', name])).code === 0;
      /** The application of a cluster: each has a name of its own in these tests. */
      const named = (name: string, more: object = {}) => ({ application: { name, ...more } });
      const clientID = (name: string): string => {
        const [only, second] = work.applications(name);
        expect(second).toBeUndefined();
        return String(only?.['client_id']);
      };
      const expectCode = (code: number, finished: { code: number | null; output: string }): void =>
        expect({ code: finished.code, output: finished.output }).toMatchObject({ code });

      test('from nothing to a connector with the client id of a new application, in one run', async () => {
        const file = work.write('first', named('first'));
        const shown = await work.pachkit(['deploy', file, '--dry-run']);
        expect(shown.output).toContain('+ create   auth0_client.application');
        expect(shown.output).toContain('+ create   Secret/pachyderm-identity');
        expectCode(0, shown);
        expect([work.applications('first'), await hasNamespace('first')]).toEqual([[], false]);

        const first = await work.deploy(file);
        expectCode(0, first);
        expect(first.output).toMatch(/4 changed at Auth0, \d+ applied/);
        expect(first.output.indexOf('auth0_client.application')).toBeLessThan(
          first.output.indexOf('✓ create  Namespace/first'),
        );
        expect(await connectors('first')).toContain(`clientID: ${clientID('first')}\n`);
        expect(work.applications('first')).toMatchObject([
          { callbacks: ['http://localhost:8080/dex/callback'], client_secret: SECRETS.APPLICATION_SECRET },
        ]);
        expect(work.exposedStates('first')).toEqual([]);
      });

      test('a second run changes nothing, and commands that ask no Terraform know the client id', async () => {
        const file = 'first.json';
        const calls = work.api.calls.length;
        const second = await work.deploy(file);
        expectCode(0, second);
        expect(second.output).toBe('nothing to change\n');
        expect(
          work.api.calls
            .slice(calls)
            .filter(({ method, path: called }) => method !== 'GET' && called !== '/oauth/token'),
        ).toEqual([]);
        expectCode(0, await work.pachkit(['diff', file]));
        const synthesized = await work.pachkit(['synth', file, '--out', 'elsewhere']);
        expectCode(0, synthesized);
      });

      test('a callback URL stays registered until pachd has restarted with another one', async () => {
        const since = work.api.calls.length;
        const file = work.write('first', named('first'), { access: { port: 9090 } });
        const moved = await work.deploy(file);
        expectCode(0, moved);
        const [old, wanted] = [8080, 9090].map((port) => `http://localhost:${port}/dex/callback`);
        expect(moved.output).toMatch(
          /application at Auth0 \(1\)[^]*✓ update {2}Deployment\/pachd[^]*callback URLs that are no longer used \(1\)/,
        );
        expect(work.callbacksSent(since)).toEqual([[wanted, old], [wanted]]);
        expect((await work.deploy(file)).output).toBe('nothing to change\n');
      });

      test('what Auth0 refuses leaves the cluster alone, and the next run goes on', async () => {
        const file = work.write('refused', named('refused'));
        work.api.tenant.failsToBuild = true;
        const refused = await work.deploy(file).finally(() => (work.api.tenant.failsToBuild = false));
        expect(refused.output).toMatch(/error TFR004: terraform apply failed \(.*failed to build.*\)/);
        expectCode(3, refused);
        expect(await hasNamespace('refused')).toBe(false);
        const made = clientID('refused');
        expectCode(0, await work.deploy(file));
        expect(clientID('refused')).toBe(made);
        expect(await connectors('refused')).toContain(`clientID: ${made}\n`);
      });

      test('what the cluster refuses leaves Auth0 alone', async () => {
        const file = work.write('first', named('first', { description: 'another' }), {
          access: { port: 9090 },
        });
        const set = ['set', 'image', 'deployment/console', 'console=console:mine', '--namespace', 'first'];
        expectCode(0, await kubernetes.kubectl(set));
        const refused = await work.deploy(file);
        expect(refused.output).toContain('error CLU010');
        expectCode(3, refused);
        expect(work.applications('first')).not.toMatchObject([{ description: 'another' }]);
        const forced = await work.deploy(file, '--force-conflicts', '--format', 'json');
        expectCode(0, forced);
        const events = forced.standardOutput
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as object);
        expect(events[0]).toMatchObject({
          type: 'application',
          name: 'first',
          changes: [
            {
              action: 'update',
              type: 'auth0_client',
              fields: [{ path: 'description', after: 'another' }],
            },
          ],
        });
      });

      test('killed at any moment, the next run converges on one application', async () => {
        for (const [index, moment] of [300, 700, 1100, 1500, 1900, 2400].entries()) {
          const name = `killed-${index}`;
          const file = work.write(name, named(name));
          await work.killed(['deploy', file, '--yes', '--no-wait'], moment);
          let next = await work.deploy(file);
          // A Terraform that was at work goes on to its end, and is waited for.
          for (let left = 20; left > 0 && /OUT009|state lock/.test(next.output); left--) {
            await new Promise((resolve) => setTimeout(resolve, 500));
            next = await work.deploy(file);
          }
          expectCode(0, next);
          expect(await connectors(name)).toContain(`clientID: ${clientID(name)}\n`);
          expect((await work.deploy(file)).output).toBe('nothing to change\n');
        }
      });

      test('interrupted while Terraform works, it ends in order, and the next run goes on', async () => {
        const file = work.write('interrupted', named('interrupted'));
        expect(await work.interrupted(['deploy', file, '--yes', '--no-wait'])).toBe(3);
        expectCode(0, await work.deploy(file));
        expect(await connectors('interrupted')).toContain(`clientID: ${clientID('interrupted')}\n`);
        const left = readdirSync(
          path.join(work.place.folder, 'dist/pachkit/interrupted/terraform/.terraform'),
        );
        expect(left.filter((name) => name.startsWith('pachkit-'))).toEqual([]);
      });

      test('an application whose section leaves the document stays, and the command that removes it is told', async () => {
        const file = work.write('left', named('left'));
        expectCode(0, await work.deploy(file));
        work.place.write({ ...quickstart, name: 'left' }, {}, file);
        const deployed = await work.deploy(file);
        expect(deployed.output).toContain(
          'warning OUT005: dist/pachkit/left/terraform holds the state of an application at Auth0',
        );
        expectCode(0, deployed);
        clientID('left');
        const told = deployed.output.replace(/\s+/g, ' ');
        const [, command = ''] = / set: (.*); to keep it, leave the folder/.exec(told) ?? [];
        expect(command).toMatch(
          / -chdir=dist\/pachkit\/left\/terraform destroy .*&& rm -f \.pachkit\/left\.auth0\.json$/,
        );
        expectCode(0, await work.shell(command));
        expect(work.applications('left')).toEqual([]);
        const after = await work.deploy(file);
        expect(after.output).not.toContain('OUT005');
        // The section may come back: nothing of the old application is known any more.
        expectCode(0, await work.deploy(work.write('left', named('left'))));
        clientID('left');
      });

      test('with clientSecretFrom: state the secret that Auth0 makes is taken from the state', async () => {
        const made = { application: { name: 'state', clientSecretFrom: 'state', clientSecret: undefined } };
        const file = work.write('state', { ...made, terraform: { encryptedState: true } });
        const deployed = await work.deploy(file);
        expectCode(0, deployed);
        const [application] = work.applications('state');
        const secret = String(application?.['client_secret']);
        expect(secret).toMatch(/^[A-Za-z0-9]{64}$/);
        expect(await connectors('state')).toContain(`clientSecret: ${secret}\n`);
        expect(deployed.output).not.toContain(secret);
        const second = await work.deploy(file);
        expect(second.output).toBe('nothing to change\n');
        expect(work.exposedStates('state')).toEqual([]);
      });

      test('an application that another state has is not made a second time', async () => {
        const folder = path.join(work.place.folder, 'dist/pachkit/refused');
        rmSync(folder, { recursive: true });
        const refused = await work.deploy('refused.json');
        expect(refused.output).toContain('error TFR005: The client id is');
        expectCode(3, refused);
        clientID('refused');
        expectCode(0, await work.deploy('refused.json', '--no-terraform'));
      });

      describe('destroy', () => {
        test('takes away the cluster, then the application, and a deploy makes both anew', async () => {
          const file = work.write('gone', named('gone'));
          expectCode(0, await work.deploy(file));
          const before = clientID('gone');
          const destroyed = await work.pachkit(['destroy', file, '--yes']);
          expectCode(0, destroyed);
          expect(destroyed.output).toMatch(
            /- delete {3}auth0_client\.application[^]*delete {2}Deployment\/pachd[^]*✓ delete {2}auth0_client\.application/,
          );
          expect(work.applications('gone')).toEqual([]);
          expect(existsSync(path.join(work.place.folder, '.pachkit/gone.auth0.json'))).toBe(false);
          const again = await work.pachkit(['destroy', file, '--yes']);
          expect(again.output).toContain('error CLU017');
          expectCode(0, await work.deploy(file));
          expect(clientID('gone')).not.toBe(before);
        });

        test('an application without a cluster goes too', async () => {
          const file = work.write('alone', named('alone'));
          work.api.tenant.failsToBuild = true;
          expectCode(3, await work.deploy(file).finally(() => (work.api.tenant.failsToBuild = false)));
          clientID('alone');
          expectCode(0, await work.pachkit(['destroy', file, '--yes']));
          expect(work.applications('alone')).toEqual([]);
        });

        test('a database with users is data, and so is what was there before', async () => {
          const file = work.write('people', { ...named('people'), database: { name: 'people' } });
          expectCode(0, await work.deploy(file));
          const kept = await work.pachkit(['destroy', file, '--yes']);
          expect(kept.output).toContain('= kept    application at Auth0: its database has users');
          expectCode(0, kept);
          clientID('people');
          expectCode(0, await work.deploy(file));
          expectCode(0, await work.pachkit(['destroy', file, '--yes', '--with-data']));
          expect(work.applications('people')).toEqual([]);
        });

        test('--no-terraform leaves the application alone', async () => {
          expectCode(0, await work.pachkit(['destroy', 'gone.json', '--yes', '--no-terraform']));
          clientID('gone');
        });
      });

      describe('what is missing is told before anything is written', () => {
        test.each<[string, Record<string, string>, readonly string[], string]>([
          [
            'credentials',
            { AUTH0_CLIENT_ID: '' },
            [],
            'error TFR003: Terraform cannot log in to Auth0: neither',
          ],
          [
            'half of them',
            { AUTH0_CLIENT_SECRET: '' },
            [],
            'AUTH0_CLIENT_ID is set and AUTH0_CLIENT_SECRET is not',
          ],
          [
            'a program',
            { PACHKIT_TERRAFORM: '', PATH: '/nowhere' },
            [],
            'error TFR001: The document has an application',
          ],
          [
            'the one that is named',
            {},
            ['--terraform', './no'],
            'error TFR001: The document has an application at Auth0, and ./no is not',
          ],
        ])('%s', async (_what, environment, args, finding) => {
          const file = work.write('missing', named('missing'));
          const refused = await work.pachkit(['deploy', file, '--yes', ...args], environment);
          expect(refused.output).toContain(finding);
          expectCode(3, refused);
          expect(existsSync(path.join(work.place.folder, 'dist/pachkit/missing'))).toBe(false);
          expect(work.applications('missing')).toEqual([]);
          expect(await hasNamespace('missing')).toBe(false);
        });

        test('a client id that no Terraform is asked for', async () => {
          const refused = await work.deploy('missing.json', '--no-terraform');
          expect(refused.output).toContain('error OUT004');
          expectCode(2, refused);
        });
      });

      test('no secret was printed', () => {
        expect(printed.length).toBeGreaterThan(20);
        for (const secret of [...Object.values(SECRETS), work.api.token])
          expect(printed.join('\n')).not.toContain(secret);
      });
    },
  );
});
