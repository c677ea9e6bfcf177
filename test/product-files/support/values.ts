import { check, rows, type Row } from './check';

/** Values of one machine with more in them, and what is found. */
export function found(line: string, target = 'pachyderm@2.11'): Row[] {
  return rows(check('helm-values', `deployTarget: LOCAL\n${line}\n`, target));
}

/** What the chart says when it refuses values. */
export function refusals(text: string, target = 'pachyderm@2.11'): (string | undefined)[] {
  return check('helm-values', text, target)
    .filter(({ code }) => code === 'FIL025')
    .map(({ message }) => /`(.*)`$/.exec(message)?.[1]);
}
