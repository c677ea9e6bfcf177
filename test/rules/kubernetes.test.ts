import { describeRule } from '../support/rule-cases';

describeRule('PCH112', [
  {
    shows: 'requests above limits, whatever their units',
    document: `
pachd:
  resources:
    requests: { cpu: ▸4, memory: ▸2Gi }
    limits: { cpu: 3500m, memory: 2G }
database: { internal: { resources: { requests: { memory: ▸"1.5Gi" }, limits: { memory: 1Gi } } } }
`,
    says: [
      'must be less than or equal to cpu limit of 3500m',
      'must be less than or equal to memory limit of 2G',
      'must be less than or equal to memory limit of 1Gi',
    ],
    severity: 'error',
  },
  {
    shows: 'devices without a limit, or with another',
    document: `
pachd: { resources: { requests: { nvidia.com/gpu: ▸1 } } }
console: { resources: { requests: { hugepages-2Mi: ▸4Mi }, limits: { hugepages-2Mi: 8Mi } } }
`,
    says: [
      'Limit must be set for non overcommitable resources',
      'must be equal to hugepages-2Mi limit of 8Mi',
    ],
  },
  {
    shows: 'the same amount in other words, and limits or requests alone',
    document: `
pachd: { resources: { requests: { cpu: 0.5, nvidia.com/gpu: 1 }, limits: { cpu: 500m, nvidia.com/gpu: "1" } } }
etcd: { resources: { requests: { cpu: 1 } } }
console: { resources: { limits: { cpu: 1 } } }
`,
  },
]);

const terms = (conditions: string): string => `
pachd:
  placement:
    affinity:
      nodeAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
          nodeSelectorTerms:
            - matchExpressions: [${conditions}]
`;

describeRule('PCH113', [
  {
    shows: 'operators without the values that they compare with',
    document: terms(
      '▸{ key: a, operator: In }, { key: a, operator: NotIn, values: ▸[] }, ▸{ key: a, operator: Gt }',
    ),
    says: ["when `operator` is 'In' or 'NotIn'", "when `operator` is 'In' or 'NotIn'", "'Lt' or 'Gt'"],
    severity: 'error',
  },
  {
    shows: 'values that the operator does not take',
    document: terms(
      '{ key: a, operator: Exists, values: ▸[b] }, { key: a, operator: Lt, values: ▸[b] }, { key: a, operator: Gt, values: ▸["1", "2"] }',
    ),
    says: ["'Exists' or 'DoesNotExist'", "'Lt' or 'Gt'", "'Lt' or 'Gt'"],
  },
  {
    shows: 'conditions on pods and namespaces',
    document: `
dex:
  placement:
    affinity:
      podAntiAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
          - weight: 1
            podAffinityTerm:
              topologyKey: kubernetes.io/hostname
              labelSelector: { matchExpressions: [▸{ key: app, operator: In }] }
              namespaceSelector: { matchExpressions: [{ key: app, operator: Exists, values: ▸[a] }] }
`,
    says: ["'In' or 'NotIn'", "'Exists' or 'DoesNotExist'"],
  },
  {
    shows: 'tolerations',
    document: `
etcd: { placement: { tolerations: [▸{ effect: NoSchedule }, { key: a, operator: Exists, value: ▸b }] } }
console: { placement: { tolerations: [{ key: a, value: b, tolerationSeconds: ▸5 }] } }
`,
    says: [
      'operator must be Exists when `key` is empty',
      'value must be empty',
      "effect must be 'NoExecute'",
    ],
  },
  {
    shows: 'what Kubernetes takes',
    document: terms(
      '{ key: a, operator: In, values: [b] }, { key: a, operator: DoesNotExist }, { key: a, operator: Gt, values: ["4"] }',
    ).concat(
      '    tolerations: [{ operator: Exists }, { key: a, value: b }, { key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 5 }]\n',
    ),
  },
]);

describeRule('PCH114', [
  {
    shows: 'probes that succeed at once or not at all',
    document: 'pachd: { probes: { liveness: { successThreshold: ▸2 }, startup: { successThreshold: ▸3 } } }',
    says: ['`must be 1`'],
    severity: 'error',
  },
  {
    shows: 'the threshold that Kubernetes takes, and another for readiness',
    document: 'pachd: { probes: { liveness: { successThreshold: 1 }, readiness: { successThreshold: 2 } } }',
  },
]);

describeRule('OVR001', [
  {
    shows: 'operations that need a value or a place to take it from',
    document: `
overrides:
  - kind: Deployment
    name: pachd
    patch:
      - { op: ▸add, path: /spec/paused }
      - { op: ▸move, path: /spec/paused, value: true }
      - { op: replace, path: /spec/replicas, value: null }
      - { op: remove, path: /spec/paused }
`,
    says: ['add needs value', 'move needs from'],
  },
  {
    shows: 'operations with all that they need',
    document: `
overrides:
  - kind: Deployment
    name: pachd
    patch:
      - { op: copy, from: /spec/replicas, path: /spec/minReadySeconds }
      - { op: test, path: /spec/replicas, value: 1 }
`,
  },
]);
