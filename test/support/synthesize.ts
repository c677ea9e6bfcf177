import { App, Chart } from 'cdk8s';

/** A Kubernetes object as it is written. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Manifest = any;

/** The objects that constructs make, by `Kind/name`. */
export function synthesize(build: (chart: Chart) => void): Map<string, Manifest> {
  const chart = new Chart(new App(), 'test');
  build(chart);
  const objects = chart.toJson() as { readonly kind: string; readonly metadata: { readonly name: string } }[];
  return new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

/** The variables of the first container of a workload, by name: the value, or where it comes from. */
export function variablesOf(workload: Manifest): Record<string, unknown> {
  const { env } = (workload as { spec: { template: { spec: { containers: [{ env: Variable[] }] } } } }).spec
    .template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}
