import { spawnSync } from 'node:child_process';
import { Postgres } from '../../src/constructs/postgres';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests, variablesOf } from '../support/manifests';

const objectsOf = (document: Partial<ClusterDocument> = {}): Manifests =>
  new Manifests((chart) => new Postgres(chart, 'postgres', clusterOf(document)));

const fromSecret = (name: string, key: string) => ({ secretKeyRef: { name, key } });

describe('Postgres', () => {
  it('is a server with its Services, init script and passwords', () => {
    const objects = objectsOf({ namespace: 'data' });
    expect(objects.names).toEqual([
      'ConfigMap/postgres-init-scripts',
      'Secret/postgres',
      'Service/postgres',
      'Service/postgres-headless',
      'StatefulSet/postgres',
    ]);
    for (const object of objects.all) expect(object).toMatchObject({ metadata: { namespace: 'data' } });
  });

  it('selects its pods by labels that the pods have', () => {
    const objects = objectsOf({
      database: { internal: { placement: { labels: { role: 'mine', team: 'a' } } } },
    });
    const { spec } = objects.statefulSet('postgres');
    const labels = spec.template.metadata.labels;
    expect(labels).toMatchObject({ ...spec.selector.matchLabels, team: 'a' });
    expect(labels).toMatchObject(objects.service('postgres').spec.selector);
    expect(labels).toMatchObject(objects.service('postgres-headless').spec.selector);
  });

  it('belongs to the Helm release whose volumes it takes over', () => {
    const objects = objectsOf({ helmReleaseName: 'pachd' });
    const instance = { 'app.kubernetes.io/instance': 'pachd' };
    const { spec } = objects.statefulSet('postgres');
    expect(spec.selector.matchLabels).toMatchObject(instance);
    expect(spec.template.metadata.labels).toMatchObject(instance);
    for (const name of ['postgres', 'postgres-headless'])
      expect(objects.service(name).spec.selector).toMatchObject(instance);
    expect(JSON.stringify(objects.all)).not.toContain('"app.kubernetes.io/instance":"pachyderm"');
  });

  it('keeps nothing but the password of a server elsewhere', () => {
    const objects = objectsOf({
      database: { external: { host: 'db.acme.com', password: { env: 'PASSWORD' } } },
    });
    expect(objects.all).toEqual([
      expect.objectContaining({ kind: 'Secret', stringData: { 'postgresql-password': 'value of PASSWORD' } }),
    ]);
  });

  it('is nothing at all when that password is in a Secret already', () => {
    const password = { existing: { name: 'cloudsql', key: 'password' } };
    expect(objectsOf({ database: { external: { host: 'db.acme.com', password } } }).names).toEqual([]);
  });

  it('reads passwords where they are', () => {
    const password = { existing: { name: 'mine', key: 'user' } };
    const objects = objectsOf({ database: { internal: { password, rootPassword: 'secret' } } });
    expect(objects.secret('postgres').stringData).toEqual({ 'postgresql-postgres-password': 'secret' });
    const variables = variablesOf(objects.statefulSet('postgres'));
    expect(variables['POSTGRES_PASSWORD']).toEqual(fromSecret('mine', 'user'));
    expect(variables['POSTGRES_POSTGRES_PASSWORD']).toEqual(
      fromSecret('postgres', 'postgresql-postgres-password'),
    );
  });

  it('writes no Secret without keys', () => {
    const existing = (key: string) => ({ existing: { name: 'mine', key } });
    const internal = { password: existing('user'), rootPassword: existing('root') };
    expect(objectsOf({ database: { internal } }).names).not.toContain('Secret/postgres');
  });

  it('comes from the registry of the document, and from docker.io where a release has none', () => {
    const image = (document: Partial<ClusterDocument>) =>
      objectsOf(document).statefulSet('postgres').spec.template.spec.containers[0].image;
    expect(image({ release: '2.2.8' })).toBe('docker.io/bitnami/postgresql:13.3.0');
    expect(image({ images: { registry: 'mirror.acme.com' } })).toBe(
      'mirror.acme.com/pachyderm/postgresql:13.3.0',
    );
  });

  it('has no security contexts when the platform assigns its own', () => {
    const { spec } = objectsOf({ securityContexts: false }).statefulSet('postgres').spec.template;
    expect(spec.securityContext).toBeUndefined();
    expect(spec.containers[0].securityContext).toBeUndefined();
  });

  it('follows the placement of the document', () => {
    const affinity = { nodeAffinity: {} };
    const internal = {
      storageClass: 'gp3',
      placement: { nodeSelector: { disk: 'ssd' }, annotations: { a: 'b' }, affinity },
    };
    const { spec } = objectsOf({ database: { internal }, images: { pullSecrets: ['regcred'] } }).statefulSet(
      'postgres',
    );
    expect(spec.template.metadata.annotations).toEqual({ a: 'b' });
    expect(spec.template.spec).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      affinity,
      imagePullSecrets: [{ name: 'regcred' }],
    });
    expect(spec.volumeClaimTemplates[0]?.spec.storageClassName).toBe('gp3');
  });

  it('has the readiness check of its release', () => {
    const command = (release: string) =>
      objectsOf({ release })
        .statefulSet('postgres')
        .spec.template.spec.containers[0].readinessProbe?.exec.command.at(-1);
    expect(command('2.2.8')).toContain('/bitnami/postgresql/.initialized');
    expect(command('2.11.6')).not.toContain('.initialized');
  });

  /** Runs a script with a stand-in for the program that it calls, which shows what it was given. */
  const run = (shell: string, script: string, environment: Record<string, string>) => {
    const result = spawnSync(shell, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...environment },
    });
    expect(result.stderr).toBe('');
    return result.stdout;
  };

  it.each([
    ['dex', 'dex', []],
    ['Dex of $HOME', ':"database_1"', ['database_1=Dex of $HOME']],
    ['`id`', ':"database_1"', ['database_1=`id`']],
    ['back\\slash', ':"database_1"', ['database_1=back\\slash']],
    ['quo"te\'s', ':"database_1"', ['database_1=quo"te\'s']],
    [
      'x\nEOSQL\necho pwned\n: <<-EOSQL\n',
      ':"database_1"',
      ['database_1=x\nEOSQL\necho pwned\n: <<-EOSQL\n'],
    ],
  ])('creates the database %j and runs nothing else', (identityName, identifier, variables) => {
    const script = objectsOf({ database: { identityName } }).configMap('postgres-init-scripts').data[
      'dex.sh'
    ];
    // The stand-in shows each argument and what it reads, and the one command that may run runs once.
    const output = run('bash', `psql() { printf '<%s>' "$@"; echo; cat; }\n${script}`, {
      POSTGRES_USER: 'pachyderm',
      POSTGRES_DB: 'pachyderm',
    });
    const expected = ['-v', 'ON_ERROR_STOP=1', '--username', 'pachyderm', '--dbname', 'pachyderm'];
    const given = variables.flatMap((variable) => ['-v', variable]);
    expect(output).toBe(
      `${[...expected, ...given].map((word) => `<${word}>`).join('')}\n` +
        `  CREATE DATABASE ${identifier};\n  GRANT ALL PRIVILEGES ON DATABASE ${identifier} TO "pachyderm";\n`,
    );
  });

  it.each([
    ['pachyderm', 'dbname=pachyderm'],
    ['my data $(id)', "dbname='my data $(id)'"],
    ["it's", "dbname='it\\'s'"],
    ['a"b', "dbname='a\"b'"],
  ])('asks whether the database %s is there', (name, connection) => {
    const container = objectsOf({ database: { name } }).statefulSet('postgres').spec.template.spec
      .containers[0];
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      // Kubernetes fills in $(NAME) and makes one $ of two before the shell reads the command.
      const command = probe?.exec.command
        .at(-1)
        ?.replace(/\$\$|\$\(/g, (text) => (text === '$$' ? '$' : 'EXPANDED'));
      const script = command?.replace('exec pg_isready', 'printf "%s\\n"') ?? '';
      expect(run('sh', script, {}).split('\n').slice(0, 4)).toEqual(['-U', 'pachyderm', '-d', connection]);
    }
  });
});
