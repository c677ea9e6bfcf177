import { json, rowsOf, strings, text, type FieldRow, type Idle } from '../row';

/** The values that place a pod, and the fields of a `placement`. */
const PLACEMENT = {
  annotations: [strings],
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

/** Says that a part is switched off, with the value that does it. */
export function whereOn(path: string, isOn: Idle | undefined = undefined): Idle {
  return (values) => isOn?.(values) ?? (values.isTrue(path) ? undefined : `${path} is false`);
}
