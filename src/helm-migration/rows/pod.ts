import { count, json, rowsOf, strings, text, type FieldRow, type Idle } from '../row';

/** The values that place a pod, and the fields of a `placement`. */
const PLACEMENT = {
  annotations: [strings],
  podAnnotations: [strings, 'annotations'],
  podLabels: [strings, 'labels'],
  nodeSelector: [strings],
  tolerations: [json],
  affinity: [json],
} as const;

/** Rows of the values that place a pod, those that the section has. Priority classes came with 2.3. */
export function placementRows(
  from: string,
  to: string,
  names: readonly (keyof typeof PLACEMENT)[],
  idle?: Idle,
): FieldRow[] {
  const more = idle ? { idle } : {};
  return [
    ...rowsOf(
      from,
      `${to}.placement`,
      Object.fromEntries(names.map((name) => [name, PLACEMENT[name]])),
      more,
    ),
    ...rowsOf(from, `${to}.placement`, { priorityClassName: [text] }, { ...more }),
  ];
}

/** Rows of an image. */
export function imageRows(from: string, to: string, idle?: Idle): FieldRow[] {
  const fields = { repository: [text], tag: [text], pullPolicy: [text] } as const;
  return rowsOf(`${from}.image`, `${to}.image`, fields, idle ? { idle } : {});
}

/** The values of a Service, which its fields share their names with. */
const SERVICE = { type: [text], nodePort: [count], annotations: [strings], labels: [strings] } as const;

/** Rows of the Service of a component, of the values that the section has. */
export function serviceRows(
  from: string,
  to: string,
  names: readonly (keyof typeof SERVICE)[],
  idle?: Idle,
): FieldRow[] {
  return rowsOf(
    `${from}.service`,
    `${to}.service`,
    Object.fromEntries(names.map((name) => [name, SERVICE[name]])),
    idle ? { idle } : {},
  );
}

/** Says that a part is switched off, with the value that does it. */
export function whereOn(path: string, isOn: Idle | undefined = undefined): Idle {
  return (values) => isOn?.(values) ?? (values.isTrue(path) ? undefined : `${path} is false`);
}
