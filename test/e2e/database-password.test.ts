import { mkdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { program } from './deploy/program';
import {
  describeWithTools,
  postgresTools,
  run,
  startPostgres,
  temporaryDirectory,
  toolPath,
} from './harness';

const DOCUMENT = `apiVersion: pachkit/v1
name: prod
release: 2.12.0-rc.3
profile: dev
access: { via: proxy, port: 8080 }
identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }
storage: { local: {} }
database: { internal: {} }
`;

describeWithTools('the command for a new password of the database', postgresTools, () => {
  test('has a real PostgreSQL take it', async () => {
    const server = await startPostgres();
    await server.query('CREATE ROLE pachyderm LOGIN');
    const directory = temporaryDirectory('database-password');
    mkdirSync(directory.join('bin'));
    const { port } = new URL(server.url);
    // Stands for the pod of PostgreSQL: runs what kubectl is given where psql finds the server.
    const programs = {
      kubectl: 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
      psql: `exec ${toolPath('psql')} -h 127.0.0.1 -p ${port} -d postgres "$@"`,
      pachkit: `exec ${process.execPath} ${program} "$@"`,
    };
    for (const [name, script] of Object.entries(programs))
      writeFileSync(directory.join(`bin/${name}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    writeFileSync(directory.join('prod.yaml'), DOCUMENT);
    const environment = {
      CI: '',
      PATH: `${directory.join('bin')}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
      POSTGRES_POSTGRES_PASSWORD: server.password,
    };
    const inFolder = (name: string, file: string, args: readonly string[], more: object = {}) =>
      run({
        ...{ name, program: file, args, workingDirectory: directory.path },
        environment: { ...environment, ...more },
      });
    const pachkit = (...args: string[]) => inFolder('pachkit', process.execPath, [program, ...args]);

    expect((await pachkit('synth', 'prod.yaml', '--out', 'out')).code).toBe(0);
    const rotated = await pachkit('secret', 'rotate', 'prod.yaml', 'database.internal.password');
    const command = rotated.standardOutput.split('\n').find((line) => line.includes('kubectl')) ?? '';
    const told = await inFolder('sh', '/bin/sh', ['-c', command]);
    expect({ code: told.code, output: told.output }).toEqual({ code: 0, output: 'ALTER ROLE\n' });

    const password = (
      await pachkit('secret', 'get', 'prod.yaml', 'database.internal.password')
    ).standardOutput.trim();
    const login = await inFolder(
      'psql',
      directory.join('bin/psql'),
      ['-U', 'pachyderm', '-Atc', 'SELECT current_user'],
      { PGPASSWORD: password },
    );
    expect(login.output).toBe('pachyderm\n');
  });
});
