import * as path from 'node:path';
import { request, run, startProcess, toolPath, type RunningProcess, type Response } from '../harness';

/** Keycloak's own administrator, for changes by its Admin REST API. */
const ADMINISTRATOR = { username: 'admin', password: 'of-the-tests' };

/** Longest start; Java may have little of the machine. */
const START = { deadlineSeconds: 300 };

/** A Keycloak that answers. */
export interface KeycloakServer {
  /** Changes the client `pachyderm` of the realm `acme`; returns what was changed, as it was. */
  changeClient(change: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
  /** Changes the groups mapper of that client. */
  changeMapper(config: Readonly<Record<string, string>>): Promise<void>;
  createClient(client: object): Promise<Pick<Response, 'status' | 'body'>>;
  /** Runs a line of a POSIX shell in which `kcadm.sh` is logged in; returns its exit code and everything it has printed. */
  administer(
    line: string,
    environment: Environment,
  ): Promise<{ readonly code: number | null; readonly output: string }>;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Runs kc.sh with its database in a folder of the test. */
function kc(data: string, args: readonly string[], environment: Environment): RunningProcess {
  const database = `jdbc:h2:file:${path.join(data, 'keycloak')};NON_KEYWORDS=VALUE;DB_CLOSE_ON_EXIT=FALSE`;
  return startProcess({
    name: 'keycloak',
    program: toolPath('keycloak'),
    args: [...args, '--db', 'dev-file', '--db-url', database],
    environment: { JAVA_OPTS_APPEND: '-Xmx768m -XX:TieredStopAtLevel=1', ...environment },
    workingDirectory: data,
  });
}

/** `kc.sh import`, as the summary of synth has it. */
export async function importRealm(data: string, file: string, environment: Environment): Promise<void> {
  const running = kc(data, ['import', '--file', file, '--override', 'false'], environment);
  await done(running);
}

async function done(running: RunningProcess): Promise<void> {
  if ((await running.exited) !== 0) throw new Error(`kc.sh: ${running.logs().slice(-2000)}`);
}

/** Starts Keycloak in development mode on a port of loopback. */
export async function startKeycloak(data: string, port: number): Promise<KeycloakServer> {
  const bootstrap = ['bootstrap-admin', 'user', '--username', ADMINISTRATOR.username];
  await done(
    kc(data, [...bootstrap, '--password:env', 'ADMINISTRATOR'], { ADMINISTRATOR: ADMINISTRATOR.password }),
  );
  const running = kc(data, ['start-dev', '--http-host', '127.0.0.1', '--http-port', String(port)], {});
  const base = `http://127.0.0.1:${port}`;
  await running.ready(async () => {
    const { status } = await request(`${base}/realms/acme/.well-known/openid-configuration`);
    return status === 200;
  }, START);

  const ask = async (method: string, below: string, body?: object): Promise<Response> => {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMINISTRATOR });
    const answer = await request(`${base}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const { access_token: token } = JSON.parse(answer.body) as { access_token: string };
    return request(`${base}/admin/realms/acme/${below}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const client = async (): Promise<Readonly<Record<string, unknown>> & { readonly id: string }> => {
    const { body } = await ask('GET', 'clients?clientId=pachyderm');
    const [found] = JSON.parse(body) as { id: string }[];
    if (!found) throw new Error(`there is no client: ${body}`);
    return found;
  };
  return {
    async changeClient(change) {
      const before = await client();
      const { status, body } = await ask('PUT', `clients/${before.id}`, { ...before, ...change });
      if (status !== 204) throw new Error(body);
      return Object.fromEntries(Object.keys(change).map((key) => [key, before[key]]));
    },
    async changeMapper(config) {
      const { id, protocolMappers } = await client();
      const [mapper] = protocolMappers as { id: string; config: object }[];
      const changed = { ...mapper, config: { ...mapper?.config, ...config } };
      const { status, body } = await ask(
        'PUT',
        `clients/${id}/protocol-mappers/models/${mapper?.id}`,
        changed,
      );
      if (status !== 204) throw new Error(body);
    },
    async createClient(given) {
      const { status, body } = await ask('POST', 'clients', given);
      return { status, body };
    },
    async administer(line, environment) {
      // It keeps who is logged in below the home directory.
      const home = { HOME: data, PATH: `${path.dirname(toolPath('keycloak'))}:${process.env['PATH'] ?? ''}` };
      const logIn = `kcadm.sh config credentials --server ${base} --realm master --user ${ADMINISTRATOR.username}`;
      const { code, output } = await run({
        name: 'kcadm',
        program: 'sh',
        args: ['-c', `${logIn} && ${line}`],
        environment: { ...environment, ...home, KC_CLI_PASSWORD: ADMINISTRATOR.password },
        workingDirectory: data,
      });
      return { code, output };
    },
    stop: () => running.stop(),
  };
}
