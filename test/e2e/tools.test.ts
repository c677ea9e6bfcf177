import { statSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  createCertificateAuthority,
  describeWithTools,
  freePort,
  kubernetesTools,
  controllerManagerTools,
  listTools,
  nodeTools,
  postgresTools,
  request,
  run,
  runToSuccess,
  serveDex,
  slapdTools,
  startDex,
  startKubernetes,
  startPostgres,
  startSlapd,
  startedProcesses,
  temporaryDirectory,
  toolPath,
  waitFor,
  type DexTool,
  type KubernetesServer,
  type PostgresServer,
} from './harness';
import registry from './tools/tools.json';

interface Registered {
  readonly name: string;
  readonly source: string;
  readonly release?: string;
  readonly versionArguments?: readonly string[];
}

const registered = registry as readonly Registered[];
const built = registered.filter((tool) => tool.source === 'go');

describe('the list of programs', () => {
  test('has every program of the registry, each with a path or a reason', () => {
    const tools = listTools();
    expect(tools.map((tool) => tool.name)).toEqual(registered.map((tool) => tool.name));
    for (const tool of tools)
      expect([tool.name, tool.path === null]).toEqual([tool.name, tool.reason !== null]);
  });
});

for (const { name, release = '', versionArguments = [] } of built) {
  describeWithTools(name, [name], () => {
    test(`prints ${release}`, async () => {
      const [tool] = listTools([name]);
      const { code, output } = await run({ name, program: tool?.path ?? '', args: versionArguments });
      expect(output).toContain(release);
      expect(code).toBe(0);
    });
  });
}

describeWithTools('PostgreSQL', postgresTools, () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });

  test('does not run as root', () => {
    const [running] = startedProcesses().filter((started) => started.name === 'postgres');
    expect(statSync(`/proc/${running?.processId}`).uid).not.toBe(0);
  });

  test('answers, and has the databases that a test makes', async () => {
    await postgres.createDatabase('dex');
    expect(await postgres.query('select current_database()', 'dex')).toBe('dex');
  });

  test('wants the password', async () => {
    const url = postgres.url.replace(postgres.password, 'wrong');
    const psql = listTools(['psql'])[0]?.path ?? '';
    const { code, output } = await run({ name: 'psql', program: psql, args: [url, '-c', 'select 1'] });
    expect(code).not.toBe(0);
    expect(output).toContain('password authentication failed');
  });
});

describeWithTools('Kubernetes', kubernetesTools, () => {
  let kubernetes: KubernetesServer;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
  });

  test('is ready, in the pinned release', async () => {
    expect((await kubernetes.get('/readyz')).body).toBe('ok');
    const { gitVersion } = JSON.parse((await kubernetes.get('/version')).body) as { gitVersion: string };
    expect(gitVersion).toBe(built.find((tool) => tool.name === 'kube-apiserver')?.release);
  });

  test('refuses an unknown field when kubectl applies strictly', async () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b' } };
    const apply = ['apply', '--server-side', '--validate=strict', '-f', '-'];
    const right = await kubernetes.kubectl(apply, JSON.stringify(configMap));
    expect(right.output).toBe('configmap/one serverside-applied\n');
    const wrong = await kubernetes.kubectl(apply, JSON.stringify({ ...configMap, dataa: {} }));
    expect(wrong.code).not.toBe(0);
    expect(wrong.output).toContain('.dataa: field not declared in schema');
  });
});

describeWithTools('Kubernetes with its controllers', controllerManagerTools, () => {
  test('yields the Pods of a Deployment', async () => {
    const kubernetes = await startKubernetes({ controllerManager: true });
    const labels = { app: 'one' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'one' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'one', image: 'one' }] } },
      },
    };
    const applied = await kubernetes.kubectl(
      ['apply', '--server-side', '-f', '-'],
      JSON.stringify(deployment),
    );
    expect(applied.output).toContain('deployment.apps/one serverside-applied');
    const pods = await waitFor('two Pods', async () => {
      const list = await kubernetes.kubectl([
        'get',
        'pods',
        '-o',
        'jsonpath={.items[*].metadata.labels.app}',
      ]);
      return list.standardOutput.split(' ').length === 2 && list.standardOutput;
    });
    expect(pods).toBe('one one');
    await kubernetes.stop();
  });
});

describeWithTools('Kubernetes with nodes that kwok plays', nodeTools, () => {
  test('has the Pods of a Deployment ready', async () => {
    const kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
    const create = ['create', 'deployment', 'one', '--image=one', '--replicas=2'];
    expect((await kubernetes.kubectl(create)).output).toContain('deployment.apps/one created');
    const rollout = await kubernetes.kubectl(['rollout', 'status', 'deployment/one', '--timeout=60s']);
    expect(rollout.output).toContain('deployment "one" successfully rolled out');
    await kubernetes.stop();
  });
});

const dexConfiguration = (issuer: string, port: number): string =>
  JSON.stringify({
    issuer,
    storage: { type: 'memory' },
    web: { http: `127.0.0.1:${port}` },
    connectors: [{ type: 'mockCallback', id: 'mock', name: 'Mock' }],
  });

for (const tool of ['dex', 'dex-pachyderm'] satisfies DexTool[]) {
  describeWithTools(`Dex (${tool})`, [tool], () => {
    test('answers discovery with the issuer of its configuration', async () => {
      const port = await freePort();
      const issuer = `http://127.0.0.1:${port}/dex`;
      const dex = await startDex({ tool, issuer, configuration: dexConfiguration(issuer, port) });
      expect(dex.discovery['issuer']).toBe(issuer);
      await dex.stop();
    });

    test('ends with its own words on a configuration without issuer', async () => {
      const dex = serveDex(JSON.stringify({ storage: { type: 'memory' } }), tool);
      expect(await dex.exited).not.toBe(0);
      expect(dex.logs()).toContain('no issuer specified in config file');
      await dex.stop();
    });
  });
}

describeWithTools('Dex over TLS', ['dex', 'openssl'], () => {
  test('is reached with the certificate of its authority, and not without', async () => {
    const directory = temporaryDirectory('certificates');
    const authority = await createCertificateAuthority(directory.path);
    const serving = await authority.issue('dex', ['localhost', '127.0.0.1']);
    const port = await freePort();
    const issuer = `https://localhost:${port}`;
    const configuration = JSON.stringify({
      issuer,
      storage: { type: 'memory' },
      web: { https: `127.0.0.1:${port}`, tlsCert: serving.certificateFile, tlsKey: serving.keyFile },
      connectors: [{ type: 'mockCallback', id: 'mock', name: 'Mock' }],
    });
    const dex = await startDex({ configuration, issuer, certificateAuthority: authority.certificate });
    expect(dex.discovery['token_endpoint']).toBe(`${issuer}/token`);
    await expect(fetch(`${issuer}/.well-known/openid-configuration`)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('certificate') as string },
    });
    await dex.stop();
    directory.remove();
  });
});

describeWithTools('Dex with LDAP', ['dex', 'openssl', ...slapdTools], () => {
  const entries = `dn: dc=acme,dc=com
objectClass: dcObject
objectClass: organization
o: Acme
dc: acme

dn: cn=ada,dc=acme,dc=com
objectClass: inetOrgPerson
cn: ada
sn: Lovelace
mail: ada@acme.com
userPassword: engine

dn: cn=data-science,dc=acme,dc=com
objectClass: groupOfNames
cn: data-science
member: cn=ada,dc=acme,dc=com
`;

  test('yields the claims of a user of the directory for the right password only', async () => {
    const directory = temporaryDirectory('certificates');
    const authority = await createCertificateAuthority(directory.path);
    const certificate = await authority.issue('slapd', ['localhost']);
    const slapd = await startSlapd({ suffix: 'dc=acme,dc=com', ldif: entries, certificate });
    const port = await freePort();
    const issuer = `http://127.0.0.1:${port}/dex`;
    const search = { baseDN: 'dc=acme,dc=com', filter: '(objectClass=inetOrgPerson)', username: 'mail' };
    const configuration = JSON.stringify({
      issuer,
      storage: { type: 'memory' },
      web: { http: `127.0.0.1:${port}` },
      oauth2: { passwordConnector: 'ldap' },
      staticClients: [
        { id: 'client', name: 'Client', secret: 'secret', redirectURIs: ['http://localhost/'] },
      ],
      connectors: [
        {
          type: 'ldap',
          id: 'ldap',
          name: 'LDAP',
          config: {
            host: slapd.host,
            rootCA: authority.certificateFile,
            bindDN: slapd.bindDN,
            bindPW: slapd.bindPW,
            userSearch: { ...search, idAttr: 'DN', emailAttr: 'mail', nameAttr: 'cn' },
            groupSearch: {
              baseDN: 'dc=acme,dc=com',
              filter: '(objectClass=groupOfNames)',
              userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
              nameAttr: 'cn',
            },
          },
        },
      ],
    });
    const dex = await startDex({ configuration, issuer });
    const login = (password: string) =>
      request(`${issuer}/token`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from('client:secret').toString('base64')}`,
        },
        body: new URLSearchParams({
          grant_type: 'password',
          username: 'ada@acme.com',
          password,
          scope: 'openid email groups',
        }).toString(),
      });
    const { id_token: token = '' } = JSON.parse((await login('engine')).body) as { id_token?: string };
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ iss: issuer, email: 'ada@acme.com', groups: ['data-science'] });
    expect((await login('wrong')).status).toBe(401);
    await dex.stop();
    await slapd.stop();
    directory.remove();
  });
});

describeWithTools('Chromium', ['chromium'], () => {
  test('runs the script of a page', async () => {
    const directory = temporaryDirectory('chromium');
    const page = directory.join('page.html');
    writeFileSync(page, '<p id="one"></p><script>one.textContent = 6 * 7</script>');
    const output = await runToSuccess({
      name: 'chromium',
      program: toolPath('chromium'),
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
        ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
        ...[`--user-data-dir=${directory.join('profile')}`, '--dump-dom', pathToFileURL(page).href],
      ],
    });
    expect(output).toContain('<p id="one">42</p>');
    directory.remove();
  });
});

describeWithTools('OpenTofu', ['tofu'], () => {
  test('validates a configuration with an ephemeral variable, and refuses to keep its value', async () => {
    const directory = temporaryDirectory('tofu');
    const validate = async (output: object) => {
      const configuration = {
        variable: { secret: { type: 'string', ephemeral: true } },
        resource: { terraform_data: { one: { input: 'one' } } },
        output,
      };
      writeFileSync(directory.join('main.tf.json'), JSON.stringify(configuration));
      const common = {
        name: 'tofu',
        program: toolPath('tofu'),
        environment: { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
        workingDirectory: directory.path,
      };
      await runToSuccess({ ...common, args: ['init', '-no-color', '-input=false'] });
      return run({ ...common, args: ['validate', '-no-color'] });
    };
    expect(await validate({ one: { value: '${terraform_data.one.id}' } })).toMatchObject({ code: 0 });
    const kept = await validate({ one: { value: '${var.secret}' } });
    expect(kept.output).toMatch(/ephemeral/i);
    expect(kept.code).toBe(1);
    directory.remove();
  });
});
