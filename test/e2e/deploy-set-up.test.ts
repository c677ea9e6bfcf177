/**
 * pachd sets itself up in steps when it starts, and ends at the first that fails. It is played here by containers of kwok that
 * end, with logs of what pachd says then: what state the cluster is in is named, with the way out.
 */
import { writeFileSync } from 'node:fs';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import { failingStages, images } from './deploy/stages';
import { provideVolumes } from './deploy/volumes';
import {
  describeWithTools,
  nodeTools,
  startKubernetes,
  temporaryDirectory,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';

const newest = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;
const licensed = examples.find(({ name }) => name === 'quickstart-2-11-6') as SuiteDocument;

const ROOT_TOKEN = 'planted-root-token-0123456789abcdef';

/** What pachd says, and what is said of it. */
interface Failure {
  readonly name: string;
  readonly document: SuiteDocument;
  readonly log: string;
  readonly state: string;
  readonly says: string;
  readonly wayOut: string;
}

const failures: readonly Failure[] = [
  {
    name: 'bindings',
    document: newest,
    log: 'configure the auth server via environment: modify cluster role bindings: unknown role "projectManager"',
    state: 'half activated',
    says: 'authentication is on and the root token is in, and the role bindings of the document are not: unknown role "projectManager"',
    wayOut: 'fix auth.roleBindings and deploy again; until then only the root token is an administrator',
  },
  {
    name: 'clients',
    document: newest,
    log: 'configure the auth server via environment: create oidc client "console": context deadline exceeded',
    state: 'half activated',
    says: 'authentication is on and the root token is in, and clients, settings and role bindings are not all set',
    wayOut: 'pachctl auth use-auth-token with the root token is the way in meanwhile',
  },
  {
    name: 'connector',
    document: newest,
    log: 'create connector with ID: "mock": unable to open connector: no password supplied',
    state: 'identity not set up',
    says: 'neither authentication nor role bindings are set up: mock',
    wayOut: 'pachkit doctor looks at every connector from here',
  },
  {
    name: 'token',
    document: newest,
    log: 'error syncing cluster state: provided auth token is corrupted or has expired (try logging in again)',
    state: 'another root token',
    says: 'the cluster is activated with another root token than that of the document',
    wayOut: 'pachctl auth rotate-root-token --supply-token TOKEN',
  },
  {
    name: 'expired',
    document: licensed,
    log: 'License server failed to bootstrap via environment: activate the license service: error validating activation code: the activation code has expired',
    state: 'license expired',
    says: 'the license has expired, and pachd up to 2.11 does not start with one that has',
    wayOut: 'set enterprise.licenseKey to a new key and deploy again; release 2.12 needs none',
  },
  {
    name: 'license',
    document: licensed,
    log: 'activate auth via environment: activate auth everywhere ([PFS PPS]): activate auth: Pachyderm Enterprise is not active in this cluster',
    state: 'no license',
    says: 'this release needs an active license for it',
    wayOut: 'set enterprise.licenseKey, or move to release 2.12',
  },
];

describeWithTools('pachkit deploy where pachd does not set itself up', nodeTools, () => {
  let files: TemporaryDirectory;
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    files = temporaryDirectory('logs');
    const logs = failures.map(({ name }) =>
      JSON.stringify({
        ...{ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'ClusterLogs', metadata: { name } },
        spec: {
          selector: { matchNamespaces: [name] },
          logs: [{ containers: ['pachd'], logsFile: files.join(`${name}.log`) }],
        },
      }),
    );
    for (const { name, log } of failures)
      writeFileSync(
        files.join(`${name}.log`),
        `2026-11-28T10:00:00Z stderr F starting with ${ROOT_TOKEN}\n2026-11-28T10:00:01Z stderr F ${log}\n`,
      );
    const stages = [failingStages, ...logs].join('\n---\n');
    kubernetes = await startKubernetes({ controllerManager: true, nodes: { stages } });
    place = workplace(kubernetes);
    await provideVolumes(kubernetes, 15);
  });
  afterAll(() => files.remove());

  let port = 31700;
  const write = ({ name, document }: Failure, over: Over = {}): string => {
    const service = { httpNodePort: port, httpsNodePort: port + 1 };
    const own = { auth: { rootToken: ROOT_TOKEN }, access: { proxy: { service } } };
    return place.write({ ...document, name }, { ...own, ...over }, `${name}.json`);
  };

  test.each(failures)('$name: $state', async (failure) => {
    port += 2;
    const crashing = { pachd: { image: { repository: images.crashing, tag: '1' } } };
    const file = write(failure, crashing);
    const stuck = await place.pachkit(['deploy', file, '--yes', '--timeout', '15']);
    expect(stuck.output.replace(/\s+/g, ' ')).toContain(`error CLU014: Deployment/pachd is not ready: `);
    expect(stuck.output.replace(/\s+/g, ' ')).toContain(failure.says);
    expect(stuck.output.replace(/\s+/g, ' ')).toContain(failure.wayOut);
    // The end of the log is there, without the secret in it.
    expect(stuck.output).toContain(failure.log.slice(0, 60));
    expect(stuck.output).not.toContain(ROOT_TOKEN);
    expect(stuck.code).toBe(3);

    const status = await place.pachkit(['status', file]);
    expect(status.output).toContain(`  activation   ${failure.state}: `);
    expect(status.output).toContain(failure.says);
    expect(status.output).toContain(failure.wayOut);
    expect(status.code).toBe(3);

    write(failure);
    const next = await place.pachkit(['deploy', file, '--yes', '--timeout', '60']);
    expect({ code: next.code, output: next.output }).toMatchObject({ code: 0 });
    expect((await place.pachkit(['status', file])).output).toContain('  activation   activated: ');
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(20);
    for (const secret of [...Object.values(planted), ROOT_TOKEN])
      expect(printed.join('\n')).not.toContain(secret);
  });
});
