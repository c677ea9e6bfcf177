import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  describeWithTools,
  freePort,
  run,
  runToSuccess,
  startProcess,
  stopAll,
  temporaryDirectory,
  waitFor,
} from './harness';

const node = process.execPath;
const checkout = path.resolve(__dirname, '../..');

const isRunning = (processId: number): boolean => {
  try {
    // A process that has ended and is not yet reaped still has a number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'));
  } catch {
    return false;
  }
};

afterAll(stopAll);

describe('waitFor', () => {
  test('yields what the condition yields, also after it threw', async () => {
    let looks = 0;
    const value = await waitFor(
      'the third look',
      () => {
        looks += 1;
        if (looks === 1) throw new Error('not yet');
        return looks === 3 && 'here';
      },
      { intervalMilliseconds: 1 },
    );
    expect([value, looks]).toEqual(['here', 3]);
  });

  test('says at the deadline what it waited for, and the last error', async () => {
    const never = waitFor(
      'the sea',
      () => {
        throw new Error('it is dry');
      },
      { deadlineSeconds: 0.05, intervalMilliseconds: 5 },
    );
    await expect(never).rejects.toThrow('the sea: not within 0.05 s (it is dry)');
  });

  test('gives up at once when waiting is in vain', async () => {
    const vain = waitFor('a letter', () => false, { hopeless: () => 'the post is closed' });
    await expect(vain).rejects.toThrow('a letter: the post is closed');
  });
});

describe('freePort', () => {
  test('gives different ports, on which a server can listen', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, freePort));
    expect(new Set(ports).size).toBe(20);
    const server = net.createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(ports[0], '127.0.0.1', resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a started program', () => {
  test('gets its arguments as they are', async () => {
    const args = ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '$HOME; ls', '*', 'a b'];
    const output = await runToSuccess({ name: 'node', program: node, args });
    expect(JSON.parse(output)).toEqual(['$HOME; ls', '*', 'a b']);
  });

  test('that ends before it is ready fails the wait at once, with its words', async () => {
    const running = startProcess({
      name: 'short-lived',
      program: node,
      args: ['-e', 'console.error("no such storage"); process.exit(3)'],
    });
    const waiting = running.ready(() => Promise.resolve(false));
    await expect(waiting).rejects.toThrow(/short-lived is ready: it ended \(exit code 3\)\nno such storage/);
    await running.stop();
  });

  test('that is not there fails with the reason', async () => {
    await expect(run({ name: 'nothing', program: '/no/such/program' })).rejects.toThrow(/nothing: .*ENOENT/);
  });

  test('that runs too long is ended, and the call fails with its words', async () => {
    const late = run(
      { name: 'late', program: node, args: ['-e', 'console.log("busy"); setInterval(() => {}, 1000)'] },
      1,
    );
    await expect(late).rejects.toThrow(/late: not done within 1 s\nbusy/);
  });

  test('is killed when it ignores SIGTERM, and so are its children', async () => {
    const child = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
    const script = `
      process.on('SIGTERM', () => {});
      const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}]);
      console.log('child ' + child.pid);
      setInterval(() => {}, 1000);`;
    const running = startProcess({ name: 'stubborn', program: node, args: ['-e', script] });
    const childId = Number(
      await running.ready(() => Promise.resolve(/child (\d+)/.exec(running.logs())?.[1])),
    );
    expect(isRunning(childId)).toBe(true);
    await running.stop(0.2);
    expect(running.ended()).toBe('SIGKILL');
    await waitFor('the child is gone', () => !isRunning(childId));
  });
});

describe('when the tests are killed', () => {
  test('what they started ends and their directories go', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'pachkit-killed-'));
    // Does what the harness does, in a process of its own that can be killed.
    const script = `
      const { spawn } = require('child_process');
      const server = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
      const watchdog = spawn(process.execPath, [${JSON.stringify(path.join(__dirname, 'harness/watchdog.cjs'))}],
        { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
      watchdog.stdin.write('process ' + server.pid + '\\ndirectory ' + ${JSON.stringify(directory)} + '\\n',
        () => console.log('server ' + server.pid));
      setInterval(() => {}, 1000);`;
    const tests = startProcess({ name: 'tests', program: node, args: ['-e', script] });
    const serverId = Number(await tests.ready(() => Promise.resolve(/server (\d+)/.exec(tests.logs())?.[1])));
    expect([isRunning(serverId), existsSync(directory)]).toEqual([true, true]);
    process.kill(tests.processId, 'SIGKILL');
    await waitFor('the server is gone', () => !isRunning(serverId));
    await waitFor('the directory is gone', () => !existsSync(directory));
    await tests.stop();
  });
});

describe('e2e-tools', () => {
  const directory = temporaryDirectory('fake-go');
  const script = path.join(checkout, 'scripts/e2e-tools.mjs');
  const environment = {
    PACHKIT_E2E_CACHE: directory.join('cache'),
    PATH: `${directory.path}:/usr/bin:/bin`,
  };
  const e2eTools = (...args: string[]) =>
    run({ name: 'e2e-tools', program: node, args: [script, ...args], environment });
  const listed = async (): Promise<{ path: string | null; reason: string | null }> => {
    const { standardOutput } = await e2eTools('--list', 'kubeconform');
    return (JSON.parse(standardOutput) as [{ path: string | null; reason: string | null }])[0];
  };
  // Stands for `go env GOVERSION` and `go build ... -o FILE ...`.
  const writeGo = (build: string): void => {
    const text = `#!/bin/sh
if [ "$1" = env ]; then echo go1.0; exit; fi
while [ "$1" != -o ]; do shift; done
${build}
`;
    writeFileSync(directory.join('go'), text, { mode: 0o755 });
  };
  const program = '#!/bin/sh\necho v0.7.0\n';

  beforeEach(() => {
    rmSync(environment.PACHKIT_E2E_CACHE, { recursive: true, force: true });
    rmSync(directory.join('go'), { force: true });
  });

  test('without Go builds nothing, says so and succeeds', async () => {
    const { code, output } = await run({
      name: 'e2e-tools',
      program: node,
      args: [script, 'kubeconform'],
      environment: { ...environment, PATH: directory.path },
    });
    expect(output).toContain('There is no Go on this machine');
    expect(output).toMatch(/^kubeconform .*missing: there is no Go on this machine to build it$/m);
    expect(code).toBe(0);
  });

  test('a program on PATH that only has the name of a plugin is not taken for it', async () => {
    for (const name of ['bridge', 'skopeo'])
      writeFileSync(directory.join(name), '#!/bin/sh\n', { mode: 0o755 });
    const { standardOutput } = await e2eTools('--list', 'bridge', 'skopeo');
    const [bridge, skopeo] = JSON.parse(standardOutput) as { path: string | null }[];
    expect(bridge?.path).not.toBe(directory.join('bridge'));
    expect(skopeo?.path).toBe(directory.join('skopeo'));
  });

  test('a build that fails is reported with the words of Go, and later lists give them as the reason', async () => {
    writeGo('echo "module not served: 403 Forbidden" >&2; exit 1');
    const { code, output } = await e2eTools('kubeconform', 'helm');
    expect(output).toMatch(/^kubeconform .*missing: module not served: 403 Forbidden$/m);
    expect(output).toMatch(/^helm .*missing: module not served/m);
    expect(code).toBe(1);
    expect(await listed()).toMatchObject({ path: null, reason: 'module not served: 403 Forbidden' });
  });

  test('a build that is killed leaves no program, and the next run builds it', async () => {
    writeGo('echo half > "$2"; echo "$$" > "$(dirname "$2")/started"; sleep 60');
    const building = spawn(node, [script, 'kubeconform'], { env: { ...process.env, ...environment } });
    const cache = path.join(environment.PACHKIT_E2E_CACHE, 'kubeconform');
    const [key] = await waitFor('the build has started', () => {
      const keys = readdirSync(cache);
      return existsSync(path.join(cache, keys[0] ?? '', 'started')) && keys;
    });
    const built = path.join(cache, key ?? '');
    const goId = Number(readFileSync(path.join(built, 'started'), 'utf8'));
    building.kill('SIGKILL');
    await waitFor('the script is gone', () => building.signalCode);
    expect((await listed()).path).toBeNull();
    expect(readdirSync(built)).toContain(`building-${building.pid}`);
    process.kill(-goId, 'SIGKILL');

    writeGo(`printf '${program.replaceAll('\n', '\\n')}' > "$2"; chmod +x "$2"`);
    expect((await e2eTools('kubeconform')).code).toBe(0);
    expect((await listed()).path).toBe(path.join(built, 'kubeconform'));
    expect(readdirSync(built).filter((entry) => entry.startsWith('building-'))).toEqual([]);
  });

  test('SIGINT ends the build at once', async () => {
    writeGo('echo "$$" > "$(dirname "$2")/started"; sleep 60');
    const running = startProcess({
      name: 'e2e-tools',
      program: node,
      args: [script, 'kubeconform'],
      environment,
    });
    const cache = path.join(environment.PACHKIT_E2E_CACHE, 'kubeconform');
    const started = await running.ready(() => {
      const file = path.join(cache, readdirSync(cache)[0] ?? '', 'started');
      return Promise.resolve(existsSync(file) && readFileSync(file, 'utf8') !== '' && file);
    });
    const goId = Number(readFileSync(started, 'utf8'));
    process.kill(running.processId, 'SIGINT');
    expect(await running.exited).toBe(130);
    await waitFor('the build is gone', () => !isRunning(goId));
    await running.stop();
  });

  test('two runs at once build once', async () => {
    const builds = directory.join('builds');
    writeGo(
      `echo build >> ${builds}; sleep 1; printf '${program.replaceAll('\n', '\\n')}' > "$2"; chmod +x "$2"`,
    );
    const both = await Promise.all([e2eTools('kubeconform'), e2eTools('kubeconform')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(readFileSync(builds, 'utf8')).toBe('build\n');
  });

  test('what is there is not built again', async () => {
    writeGo(`printf '${program.replaceAll('\n', '\\n')}' > "$2"; chmod +x "$2"`);
    expect((await e2eTools('kubeconform')).output).toContain('Building 1 of 1');
    const again = await e2eTools('kubeconform');
    expect(again.output).not.toContain('Building');
    expect(again.output).toMatch(/^kubeconform +v0\.7\.0 /m);
  });

  test('the environment can name a program', async () => {
    const file = directory.join('mine');
    writeFileSync(file, program, { mode: 0o755 });
    const { standardOutput } = await run({
      name: 'e2e-tools',
      program: node,
      args: [script, '--list', 'terraform-provider-auth0'],
      environment: { ...environment, PACHKIT_E2E_TOOL_TERRAFORM_PROVIDER_AUTH0: file },
    });
    expect((JSON.parse(standardOutput) as { path: string }[])[0]?.path).toBe(file);
  });

  test('refuses a name that it does not know', async () => {
    const { code, output } = await e2eTools('kubeconfrom');
    expect(output).toContain('no such tool: kubeconfrom');
    expect(code).toBe(2);
  });
});

describe('describeWithTools', () => {
  const directory = temporaryDirectory('skip');
  // A suite of its own, run by a jest of its own, so that its report can be read.
  const report = async (environment: Readonly<Record<string, string>>) => {
    const suite = directory.join('inner.test.ts');
    const harness = path.join(__dirname, 'harness');
    writeFileSync(
      suite,
      `import { describeWithTools } from ${JSON.stringify(harness)};
       test('without programs', () => {});
       describeWithTools('logins', ['openssl', 'pachd'], () => { test('works', () => {}); });`,
    );
    const configuration = {
      ...(require(path.join(checkout, 'jest.e2e.config.cjs')) as object),
      rootDir: checkout,
      roots: [directory.path],
      testMatch: [suite],
    };
    return run({
      name: 'jest',
      program: node,
      args: [path.join(checkout, 'node_modules/jest/bin/jest.js'), '--config', JSON.stringify(configuration)],
      environment: {
        PATH: '/usr/bin:/bin',
        PACHKIT_E2E_TOOL_PACHD: '',
        PACHKIT_E2E_REQUIRE: '',
        ...environment,
      },
    });
  };

  test('skips, and says for want of what', async () => {
    const { code, output } = await report({});
    expect(output).toContain('SKIPPED logins, for want of\n  pachd: ');
    expect(output).toContain('logins (for want of pachd)');
    expect(output).toMatch(/Tests: +1 skipped, 1 passed, 2 total/);
    expect(code).toBe(0);
  });

  test('fails instead where all programs are required', async () => {
    const { code, output } = await report({ PACHKIT_E2E_REQUIRE: '1' });
    expect(output).toContain('logins has its programs');
    expect(code).toBe(1);
  });
});

describeWithTools('a failing test', ['openssl'], () => {
  const directory = temporaryDirectory('failing');

  test('shows the logs of the programs that run, and keeps them', async () => {
    const suite = directory.join('inner.test.ts');
    const harness = path.join(__dirname, 'harness');
    writeFileSync(
      suite,
      `import { startProcess, stopAll } from ${JSON.stringify(harness)};
       afterAll(stopAll);
       test('a login', async () => {
         const running = startProcess({ name: 'talker', program: process.execPath,
           args: ['-e', 'console.log("LDAP said no"); setInterval(() => {}, 1000)'] });
         await running.ready(async () => running.logs() !== '');
         expect(1).toBe(2);
       });`,
    );
    const configuration = {
      ...(require(path.join(checkout, 'jest.e2e.config.cjs')) as object),
      rootDir: checkout,
      roots: [directory.path],
      testMatch: [suite],
    };
    const { output } = await run({
      name: 'jest',
      program: node,
      args: [path.join(checkout, 'node_modules/jest/bin/jest.js'), '--config', JSON.stringify(configuration)],
      environment: { PACHKIT_E2E_CACHE: directory.join('cache') },
    });
    expect(output).toContain('FAILED a login\n--- talker (running), all of it in ');
    const file = /all of it in (\S+)/.exec(output)?.[1] ?? '';
    expect(file.startsWith(directory.join('cache', 'failures'))).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('LDAP said no\n');
  });
});
