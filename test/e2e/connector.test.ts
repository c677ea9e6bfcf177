/**
 * The life of a connector with the real pachctl, which PACHKIT_E2E_TOOL_PACHCTL names. A cluster is needed only for the second
 * part: one whose connectors pachctl manages, which the pachctl configuration in PACHKIT_E2E_PACHCTL_CONFIG leads to, logged in as
 * an administrator.
 */
import { symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import { program } from './deploy/program';
import {
  describeWithTools,
  freePort,
  run,
  temporaryDirectory,
  toolPath,
  type Finished,
  type TemporaryDirectory,
} from './harness';

const CONFIG = process.env['PACHKIT_E2E_PACHCTL_CONFIG'];

/** The connector that comes and goes, and its password. */
const ID = 'pachkit-e2e';
const PASSWORD = 'planted-connector-password';

describeWithTools('pachkit connector with the real pachctl', ['pachctl'], () => {
  let folder: TemporaryDirectory;
  beforeAll(() => {
    folder = temporaryDirectory('connector');
    // It is found on PATH under its own name.
    mkdirSync(folder.join('bin'));
    symlinkSync(toolPath('pachctl'), folder.join('bin/pachctl'));
  });
  afterAll(() => folder.remove());

  const pachctl = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    run({ name: 'pachctl', program: toolPath('pachctl'), args, environment });

  /** Writes a document with this one connector, of a cluster with this issuer. */
  function write(issuer: string, username = 'ada'): void {
    const connector = { type: 'mockPassword', id: ID, config: { username, password: { env: 'PASSWORD' } } };
    const document = {
      ...{ apiVersion: 'pachkit/v1', name: 'real', release: '2.12.0-rc.3', profile: 'dev' },
      access: { via: 'nodePort', host: 'pachyderm.acme.com', urls: { issuer } },
      identity: { connectors: [connector] },
      storage: { local: {} },
    };
    writeFileSync(folder.join('pachyderm.json'), JSON.stringify(document));
  }

  async function connector(
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ): Promise<Finished> {
    const [action = '', ...rest] = args;
    const done = await run({
      ...{ name: 'pachkit', program: process.execPath, workingDirectory: folder.path },
      args: [program, 'connector', action, 'pachyderm.json', ...rest],
      environment: {
        ...{ NO_COLOR: '1', CI: '', PASSWORD, PATH: `${folder.join('bin')}:${process.env['PATH'] ?? ''}` },
        ...environment,
      },
    });
    expect(done.output).not.toContain(PASSWORD);
    return done;
  }

  test.each([
    ['idp get-config', ''],
    ['idp list-connector', ''],
    ['idp get-connector', ''],
    ['idp create-connector', '--config'],
    ['idp update-connector', '--config'],
    ['idp delete-connector', ''],
    ['auth whoami', ''],
    ['auth get cluster', ''],
    ['enterprise get-state', ''],
    ['config get active-enterprise-context', ''],
  ])('it knows %s %s', async (command, flag) => {
    const help = await pachctl([...command.split(' '), '--help']);
    expect({ code: help.code, output: help.output }).toEqual({
      code: 0,
      output: expect.stringContaining(flag) as string,
    });
    // Of an unknown command it shows the help of the one above.
    expect(help.output).toContain(`pachctl ${command}`);
  });

  test('a pachd that does not answer is named as such, and nothing waits for ever', async () => {
    write('http://pachyderm.acme.com:30658/dex');
    const config = folder.join('nowhere.json');
    const context = { pachd_address: `grpc://127.0.0.1:${await freePort()}` };
    const v2 = { active_context: 'nowhere', contexts: { nowhere: context } };
    writeFileSync(config, JSON.stringify({ user_id: 'e2e', v2 }), { mode: 0o600 });
    const refused = await connector(['list', '--timeout', '20'], { PACH_CONFIG: config });
    expect(refused.output).toMatch(/error CTL00[28]: /);
    expect(refused.code).toBe(3);
  });

  if (CONFIG === undefined)
    process.stderr.write(
      'SKIPPED the life of a connector in a cluster, for want of\n  PACHKIT_E2E_PACHCTL_CONFIG: a configuration of pachctl\n',
    );
  const ofCluster = CONFIG === undefined ? describe.skip : describe;
  ofCluster('in the cluster of PACHKIT_E2E_PACHCTL_CONFIG', () => {
    const environment = { PACH_CONFIG: CONFIG ?? '' };
    let issuer: string;
    beforeAll(async () => {
      const { standardOutput } = await pachctl(['idp', 'get-config'], environment);
      issuer = /issuer: *"?([^"\s]+)/i.exec(standardOutput)?.[1] ?? '';
      expect(issuer).not.toBe('');
    });
    const expectDone = async (args: readonly string[], code: number, said: RegExp): Promise<void> => {
      const done = await connector(args, environment);
      expect({ code: done.code, output: done.output }).toEqual({
        code,
        output: expect.stringMatching(said) as string,
      });
    };

    test('it is created, compared, updated with the version raised by one, and deleted', async () => {
      write(issuer);
      await expectDone(['apply', ID, '--yes'], 0, /applied pachkit-e2e/);
      await expectDone(['diff', ID], 0, /nothing differs/);
      await expectDone(['list'], 0, /pachkit-e2e/);
      write(issuer, 'grace');
      await expectDone(['diff', ID], 16, /updated, version \d+ to \d+\n +config\.username: "ada" to "grace"/);
      await expectDone(['apply', ID, '--yes'], 0, /applied pachkit-e2e/);
      await expectDone(['diff', ID], 0, /nothing differs/);
      await expectDone(['delete', ID, '--yes'], 0, /deleted pachkit-e2e/);
      await expectDone(['diff', ID], 16, /\+ pachkit-e2e/);
    });
  });
});
