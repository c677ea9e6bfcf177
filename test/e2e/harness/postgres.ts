import { randomBytes } from 'node:crypto';
import { chownSync, writeFileSync } from 'node:fs';
import { unprivilegedAccount } from './account';
import { freePort } from './ports';
import { runToSuccess, startProcess } from './process';
import type { Server } from './server';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

export const postgresTools = ['postgres', 'initdb', 'psql'] as const;

/** A PostgreSQL with an empty cluster. */
export interface PostgresServer extends Server {
  /** The superuser. */
  readonly user: string;
  readonly password: string;
  /** Runs SQL in a database (default `postgres`) and returns what psql prints without alignment and heads. */
  query(sql: string, database?: string): Promise<string>;
  createDatabase(name: string): Promise<void>;
}

/**
 * Starts PostgreSQL on loopback with password authentication, and without the fsyncs that only matter to data that
 * must outlive a power cut.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const account = unprivilegedAccount();
  const directory = temporaryDirectory('postgres', account);
  const port = await freePort();
  const user = 'postgres';
  const password = randomBytes(12).toString('hex');
  const passwordFile = directory.join('password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.userId, account.groupId);

  await runToSuccess({
    name: 'initdb',
    program: toolPath('initdb'),
    args: [
      ...['--pgdata', directory.join('data'), '--username', user, '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
    ],
    workingDirectory: directory.path,
    account,
  });
  const running = startProcess({
    name: 'postgres',
    program: toolPath('postgres'),
    args: [
      ...['-D', directory.join('data'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', `unix_socket_directories=${directory.path}`, '-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    workingDirectory: directory.path,
    account,
  });
  const query = (sql: string, database = 'postgres'): Promise<string> =>
    runToSuccess({
      name: 'psql',
      program: toolPath('psql'),
      args: [
        ...['--no-psqlrc', '--no-align', '--tuples-only', '--quiet', '--set', 'ON_ERROR_STOP=1'],
        ...['--host', '127.0.0.1', '--port', String(port), '--username', user, '--dbname', database],
        ...['--command', sql],
      ],
      environment: { PGPASSWORD: password },
    }).then((output) => output.trimEnd());
  await running.ready(async () => (await query('select 1')) === '1');

  return {
    url: `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
    port,
    user,
    password,
    logs: running.logs,
    query,
    createDatabase: async (name) => {
      await query(`create database "${name.replaceAll('"', '""')}"`);
    },
    async stop() {
      await running.stop();
      directory.remove();
    },
  };
}
