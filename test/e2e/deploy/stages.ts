/** Stages of kwok for Pods: those with a certain image fail in a certain way, all others become ready, and Jobs complete. */

const FAILING = { missing: 'pachkit.test/missing', crashing: 'pachkit.test/crashing' } as const;

/** Repositories of images whose containers fail. */
export const images = FAILING;

interface Stage {
  readonly name: string;
  readonly expressions: readonly object[];
  readonly template: string;
}

const isThere = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };
const isNew = { key: '.status.podIP', operator: 'DoesNotExist' };
const image = (operator: string, values: readonly string[]): object => ({
  key: '.spec.containers.[].image',
  operator,
  values: values.map((name) => `docker.io/${name}:1`),
});

const failing = (name: string, repository: string, state: string): Stage => ({
  name,
  expressions: [isThere, isNew, image('In', [repository])],
  template: `
phase: Pending
podIP: 10.0.0.9
conditions:
- { type: Ready, status: "False" }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: false
  restartCount: 3
  ${state}
{{ end }}
`,
});

const stages: readonly Stage[] = [
  failing(
    'pod-missing',
    FAILING.missing,
    'state: { waiting: { reason: ImagePullBackOff, message: "Back-off pulling image" } }',
  ),
  failing(
    'pod-crashing',
    FAILING.crashing,
    'state: { waiting: { reason: CrashLoopBackOff } }\n  lastState: { terminated: { exitCode: 7 } }',
  ),
  {
    name: 'pod-ready',
    expressions: [isThere, isNew, image('NotIn', Object.values(FAILING))],
    template: `
{{ $now := Now }}
phase: Running
podIP: 10.0.0.8
conditions:
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }} }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  ready: true
  restartCount: 0
  state: { running: { startedAt: {{ $now | Quote }} } }
{{ end }}
`,
  },
];

const manifestOf = ({ name, expressions, template }: Stage): object => ({
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: { matchExpressions: expressions },
    next: { statusTemplate: template },
  },
});

/** The stages as kwok reads them from a file. */
export const failingStages = [
  ...stages.map(manifestOf),
  {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: 'pod-delete' },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: { matchExpressions: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }] },
      next: { finalizers: { empty: true }, delete: true },
    },
  },
]
  .map((manifest) => JSON.stringify(manifest))
  .join('\n---\n');
