import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTools, run, temporaryDirectory, toolPath } from './harness';
import { examples, manifestObjects, synthesizeExample, type KubernetesObject } from './rollout/clusters';

const policies = path.join(__dirname, 'conftest/policies');

/** Something that a policy refuses and that stays in the hardened examples. */
interface Exception {
  readonly rules: readonly string[];
  /** `KIND/NAME`. */
  readonly objects: RegExp;
  /** What an object has, written as JSON, where it is one; default: it always is. */
  readonly has?: RegExp;
  /** The one example in which it is one; default: any. */
  readonly example?: string;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    rules: ['host', 'root', 'capabilities', 'root-file-system'],
    objects: /^Deployment\/(pachd|pachw)$/,
    has: /"hostPath"/,
    reason:
      'local storage is a directory of the node, which pachd writes to as root; a bucket needs none of it',
  },
  {
    rules: ['root-file-system'],
    objects: /^StatefulSet\/postgres$/,
    reason: "Bitnami's scripts write the configuration into the image's own folders at each start",
  },
  {
    rules: ['root', 'capabilities', 'root-file-system'],
    objects: /^(Deployment\/(console|pg-bouncer)|Job\/pachyderm-config-\d+)$/,
    example: 'legacy-2.2',
    reason: 'pods of 2.2 do not say their user, and the images of that release may run as root',
  },
  {
    rules: ['root-file-system'],
    objects: /^StatefulSet\/etcd$/,
    example: 'legacy-2.2',
    reason: 'the chart of 2.2 gives etcd no security context',
  },
  {
    rules: ['rights'],
    objects: /^Role\/dex$/,
    has: /dex\.coreos\.com/,
    reason: 'Dex keeps its state in resources of its own group, of which it wants all, and of no other group',
  },
];

/** What each policy refuses: an object in which one thing is wrong. */
const WRONG: Readonly<Record<string, (pod: Pod, object: Workload) => void>> = {
  'image-tag': ({ containers: [container] }) => (container.image = 'registry.acme.com:5000/pachd'),
  'image-pull': ({ containers: [container] }) => delete container.imagePullPolicy,
  privileged: ({ containers: [container] }) => (container.securityContext['privileged'] = true),
  escalation: ({ containers: [container] }) => delete container.securityContext['allowPrivilegeEscalation'],
  capabilities: ({ containers: [container] }) =>
    (container.securityContext['capabilities'] = { drop: ['ALL'], add: ['NET_RAW'] }),
  root: ({ containers: [container] }) => (container.securityContext['runAsUser'] = 0),
  'root-file-system': ({ containers: [container] }) =>
    (container.securityContext['readOnlyRootFilesystem'] = false),
  resources: ({ containers: [container] }) => delete container.resources.limits['memory'],
  seccomp: (pod) => (pod.securityContext['seccompProfile'] = { type: 'Unconfined' }),
  host: (pod) => (pod['hostNetwork'] = true),
  token: (pod) => {
    delete pod['serviceAccountName'];
    delete pod['automountServiceAccountToken'];
  },
  'secret-in-environment': ({ containers: [container] }) =>
    container.env.push({ name: 'POSTGRES_PASSWORD', value: 'hunter2' }),
  'secret-in-configuration': (_, object) =>
    Object.assign(object, {
      kind: 'ConfigMap',
      data: { dsn: 'postgres://dex:hunter2@postgres/dex' },
      spec: {},
    }),
  rights: (_, object) =>
    Object.assign(object, {
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }],
      spec: {},
    }),
};

interface Container {
  image: string;
  imagePullPolicy?: string;
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly limits: Record<string, string> };
  readonly env: object[];
}

interface Pod {
  [field: string]: unknown;
  readonly containers: readonly [Container];
  readonly securityContext: Record<string, unknown>;
}

type Workload = KubernetesObject & { readonly spec: { readonly template: { readonly spec: Pod } } };

describeWithTools('conftest', ['conftest'], () => {
  const folder = temporaryDirectory('conftest');
  afterAll(() => folder.remove());

  /** What policies refuse in a file or a folder: rule and object. */
  async function refused(manifests: string): Promise<readonly (readonly [rule: string, object: string])[]> {
    const { standardOutput, output } = await run({
      name: 'conftest',
      program: toolPath('conftest'),
      args: ['test', '--no-color', '--output', 'json', '--policy', policies, manifests],
    });
    if (!standardOutput.startsWith('[')) throw new Error(output);
    const files = JSON.parse(standardOutput) as readonly {
      readonly failures?: readonly {
        readonly metadata: { readonly rule: string; readonly object: string };
      }[];
    }[];
    const all = files.flatMap(({ failures = [] }) => failures.map(({ metadata }) => metadata));
    return all.map(({ rule, object }) => [rule, object]);
  }

  const strict = (example: string): string =>
    synthesizeExample(folder.path, example, ['manifests', {}], 'manifests', {
      security: { hardening: 'strict' },
    });

  const used = new Set<string>();
  test.each(examples)(
    'of examples/%s, hardened, policies refuse only what has a reason to stay',
    async (example) => {
      const cluster = strict(example);
      const objects = Object.values(manifestObjects(cluster));
      const left = (await refused(path.join(cluster, 'manifests'))).filter(([rule, name]) => {
        const text = JSON.stringify(
          objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name),
        );
        const exceptions = EXCEPTIONS.filter(
          ({ rules, objects: names, has = /^/ }) =>
            rules.includes(rule) && names.test(name) && has.test(text),
        );
        for (const { reason } of exceptions) used.add(`${reason}: ${rule}`);
        return exceptions.length === 0;
      });
      expect(left).toEqual([]);
    },
  );

  test('each exception is one of some example', () => {
    expect([...used].sort()).toEqual(
      EXCEPTIONS.flatMap(({ rules, reason }) => rules.map((rule) => `${reason}: ${rule}`)).sort(),
    );
  });

  test('the production example has none of them', async () => {
    expect(await refused(path.join(strict('production-auth0'), 'manifests'))).toEqual([]);
  });

  test('without hardening much more is refused', async () => {
    const cluster = synthesizeExample(folder.path, 'production-auth0', ['manifests', {}], 'manifests');
    const rules = (await refused(path.join(cluster, 'manifests'))).map(([rule]) => rule);
    expect(new Set(rules)).toEqual(new Set(['image-pull', 'resources', 'token']));
  });

  test.each(Object.keys(WRONG))('the policy %s refuses an object that is otherwise right', async (rule) => {
    const pachd = manifestObjects(strict('production-auth0'))['apps/v1/Deployment/pachd'] as Workload;
    WRONG[rule]?.(pachd.spec.template.spec, pachd);
    const file = folder.join('wrong.yaml');
    fs.writeFileSync(file, JSON.stringify(pachd));
    expect((await refused(file)).map(([each]) => each)).toEqual([rule]);
  });

  test('every policy is tried', () => {
    const texts = fs.readdirSync(policies).map((file) => fs.readFileSync(path.join(policies, file), 'utf8'));
    const rules = texts.flatMap((text) =>
      [...text.matchAll(/contains found\("([a-z-]+)"/g)].map((match) => match[1]),
    );
    expect(rules.length).toBeGreaterThan(15);
    expect(new Set(rules)).toEqual(new Set(Object.keys(WRONG)));
  });
});
