import fc from 'fast-check';
import { podSecurityViolations } from '../../src/outputs/pod-security';
import { createNamespace } from './cluster-apply/cluster';
import { describeWithTools, kubernetesTools, startKubernetes, type KubernetesServer } from './harness';

const COUNT = Number(process.env['PACHKIT_CAMPAIGN_COUNT'] ?? '300');
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? '20261129');

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });

const user = fc.constantFrom(0, 1000, 65_532);
const seccomp = fc.constantFrom(
  { type: 'RuntimeDefault' },
  { type: 'Unconfined' },
  { type: 'Localhost', localhostProfile: 'profile.json' },
);
const appArmor = fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' });
const seLinux = fc.constantFrom<object>(
  { type: 'container_t' },
  { type: 'spc_t' },
  { level: 's0' },
  { role: 'r' },
);
const both = {
  runAsUser: maybe(user),
  runAsNonRoot: maybe(fc.boolean()),
  seccompProfile: maybe(seccomp),
};

const seldom = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const capabilities = fc.record(
  {
    drop: fc.constantFrom(['ALL'], ['all'], ['NET_RAW'], ['NET_RAW', 'ALL']),
    add: fc.constantFrom(['NET_BIND_SERVICE'], ['CHOWN'], ['SYS_ADMIN'], []),
  },
  { requiredKeys: [] },
);

const anyContainer = fc.record({
  securityContext: maybe(
    fc.record({
      ...both,
      allowPrivilegeEscalation: fc.constantFrom(false, false, undefined),
      capabilities: maybe(capabilities),
      privileged: seldom(fc.constant(true)),
      appArmorProfile: seldom(appArmor),
      seLinuxOptions: seldom(seLinux),
      procMount: seldom(fc.constant('Default')),
    }),
  ),
  ports: seldom(fc.constantFrom([{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }])),
  livenessProbe: seldom(
    fc.constantFrom(
      { httpGet: { port: 80 } },
      { httpGet: { port: 80, host: 'example.com' } },
      { tcpSocket: { port: 1, host: '10.0.0.1' } },
    ),
  ),
  lifecycle: seldom(fc.constant({ preStop: { httpGet: { port: 80, host: 'example.com' } } })),
});

/** One that restricted admits. */
const goodContainer = fc.constant({
  securityContext: {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
    capabilities: { drop: ['ALL'] },
  },
});

const container = fc.oneof<fc.Arbitrary<object>[]>(anyContainer, goodContainer);

const pod = fc.record({
  hostNetwork: seldom(fc.boolean()),
  hostPID: seldom(fc.boolean()),
  securityContext: maybe(
    fc.record({
      ...both,
      appArmorProfile: seldom(appArmor),
      seLinuxOptions: seldom(seLinux),
      sysctls: seldom(
        fc.constantFrom(
          [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
          [{ name: 'kernel.msgmax', value: '65536' }],
        ),
      ),
    }),
  ),
  volumes: maybe(
    fc.constantFrom(
      [{ name: 'a', emptyDir: {} }],
      [{ name: 'a', hostPath: { path: '/srv' } }],
      [{ name: 'a', nfs: { server: 'nfs.example.com', path: '/' } }],
    ),
  ),
  containers: fc.array(container, { minLength: 1, maxLength: 2 }),
  initContainers: seldom(fc.array(container, { minLength: 1, maxLength: 1 })),
});

type Spec = Record<string, unknown> & {
  readonly containers: readonly object[];
  readonly initContainers?: readonly object[] | undefined;
};

/** With names and images, and without what is undefined. */
function written(spec: Spec): Spec {
  const named = (list: readonly object[], prefix: string): object[] =>
    list.map((each, index) => ({ ...each, name: `${prefix}${index}`, image: 'image' }));
  const complete = {
    ...spec,
    containers: named(spec.containers, 'c'),
    ...(spec.initContainers ? { initContainers: named(spec.initContainers, 'i') } : {}),
  };
  return JSON.parse(JSON.stringify(complete)) as Spec;
}

describeWithTools('Pod Security', kubernetesTools, () => {
  let kubernetes: KubernetesServer;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
    for (const level of ['baseline', 'restricted'] as const) {
      await createNamespace(kubernetes, level, level);
      // Its controllers would make it.
      const made = await kubernetes.kubectl(['create', 'serviceaccount', 'default', '--namespace', level]);
      expect(made.output).toContain('created');
    }
  });

  test.each(['baseline', 'restricted'] as const)(
    `of ${COUNT} pods %s admits those that pachkit says, and refuses the others for the same reasons`,
    async (level) => {
      const specs = fc.sample(pod as fc.Arbitrary<Spec>, { seed: SEED, numRuns: COUNT }).map(written);
      const items = specs.map((spec, index) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `p${index}`, namespace: level },
        spec,
      }));
      const { output } = await kubernetes.kubectl(
        ['create', '--dry-run=server', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );
      const counts = { admitted: 0, refused: 0, invalid: 0 };
      for (const [index, spec] of specs.entries()) {
        const refusal = new RegExp(`pods "p${index}" is forbidden: (violates PodSecurity .*)`).exec(
          output,
        )?.[1];
        const isAdmitted = output.includes(`pod/p${index} created (server dry run)`);
        // What the API server finds wrong with the pod itself is another matter.
        if (refusal === undefined && !isAdmitted) {
          expect(output).toContain(`Pod "p${index}" is invalid`);
          counts.invalid += 1;
          continue;
        }
        counts[isAdmitted ? 'admitted' : 'refused'] += 1;
        const reasons = refusal === undefined ? [] : violationsIn(refusal);
        expect({ spec, reasons: podSecurityViolations(spec, level) }).toEqual({ spec, reasons });
      }
      process.stderr.write(`pod-security ${level}: ${JSON.stringify(counts)}\n`);
      expect(counts.refused).toBeGreaterThan(COUNT / 4);
      expect(counts.admitted).toBeGreaterThan(0);
    },
    COUNT * 100 + 120_000,
  );
});

/** The checks that failed, without the containers they failed on. */
function violationsIn(message: string): string[] {
  const [, checks = ''] = /violates PodSecurity "[^"]*": (.*)$/.exec(message) ?? [];
  return withoutBrackets(checks)
    .split(',')
    .map((check) => check.trim().replace('AppArmor profiles', 'AppArmor profile'))
    .sort();
}

function withoutBrackets(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutBrackets(shorter);
}
