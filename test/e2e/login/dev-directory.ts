import { mkdirSync, writeFileSync } from 'node:fs';
import { DEV_DIRECTORY } from '../../../src/model/dev-users';
import { freePort, runToSuccess, startProcess, temporaryDirectory, toolPath } from '../harness';
import type { DeployedObjects } from './deployed-objects';

/** The directory of dev users, started as its pod would start it. */
export interface DevDirectory {
  /** `host:port`, for Dex. */
  readonly host: string;
  /** What someone sees who gives no name, as LDIF. */
  search(...attributes: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

const { name, port: PORT } = DEV_DIRECTORY;

/** Runs the pod's command with its files, in folders of this machine and on a port of loopback. */
export async function startDevDirectory(objects: DeployedObjects): Promise<DevDirectory> {
  const directory = temporaryDirectory('dev-users');
  const port = await freePort();
  const here = (text: string): string =>
    text
      .replaceAll('/etc/dev-users', directory.path)
      .replaceAll('/var/dev-users', directory.join('data'))
      .replaceAll(`0.0.0.0:${PORT}`, `127.0.0.1:${port}`);
  mkdirSync(directory.join('data'));
  for (const file of ['slapd.conf', 'entries.ldif'])
    writeFileSync(directory.join(file), here(objects.secret(name, file)), { mode: 0o600 });
  const [shell = '', ...args] = objects.commandOf(name).map(here);
  const running = startProcess({ name: 'slapd', program: shell, args });
  const search = (...attributes: readonly string[]): Promise<string> =>
    runToSuccess({
      name: 'ldapsearch',
      program: toolPath('ldapsearch'),
      args: [...['-x', '-LLL', '-H', `ldap://127.0.0.1:${port}`, '-b', DEV_DIRECTORY.suffix], ...attributes],
    });
  await running.ready(async () => (await search('dn')).includes('ou=people'));
  return {
    host: `127.0.0.1:${port}`,
    search,
    stop: async () => {
      await running.stop();
      directory.remove();
    },
  };
}
