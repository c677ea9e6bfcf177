import { printable } from '../diagnostics/code-frame';
import type { ClusterStatus } from '../cluster/live';
import type { Colors } from './colors';

/** Most differences that are named. */
const NAMED = 3;

/** One screen about a cluster. */
export function statusText(status: ClusterStatus, colors: Colors): string {
  const { name, namespace, context, workloads } = status;
  const width = Math.max(0, ...workloads.map((each) => each.name.length));
  const lines = [
    `${colors.bold(name)}  ${colors.dim(printable(`namespace ${namespace}, context ${context}`))}`,
    ...rowsOf(status).map(([label, text]) => `  ${label.padEnd(11)}  ${printable(text)}`),
    ...(workloads.length === 0 ? [] : ['  workloads']),
    ...workloads.map(({ name: workload, isReady, detail, images, reason }) => {
      const mark = isReady ? colors.green('✓') : colors.red('✗');
      const why = reason === undefined ? images.join(', ') : reason;
      return `    ${mark} ${workload.padEnd(width)}  ${printable(`${detail}  ${why}`)}`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

type Row = readonly [label: string, text: string];

function rowsOf({
  deploy,
  objects,
  drift,
  issuer,
  connectors,
  administrators,
  activation,
  license,
}: ClusterStatus): Row[] {
  const named = drift.slice(0, NAMED).join(', ');
  const others = drift.length > NAMED ? ` and ${drift.length - NAMED} more` : '';
  return [
    ['deploy', deployText(deploy)],
    ['objects', `${objects.present} of ${objects.wanted} are there`],
    ['drift', drift.length === 0 ? 'none' : `${named}${others}; pachkit diff shows all of it`],
    ['issuer', issuer ?? 'pachd is told none'],
    ['connectors', connectors.length === 0 ? 'none' : connectors.join(', ')],
    ['admins', administrators.length === 0 ? 'none but the root token' : administrators.join(', ')],
    ['activation', `${activation.state}: ${activation.text}`],
    ...(activation.todo === undefined ? [] : [['', activation.todo] as const]),
    ...(license === undefined
      ? []
      : [
          [
            'license',
            `${license.isExpired ? 'expired' : 'expires'} ${license.expires}, by the key itself; what pachd makes of it says pachctl enterprise get-state, to administrators`,
          ] as const,
        ]),
  ];
}

function deployText(deploy: ClusterStatus['deploy']): string {
  if (deploy === undefined) return 'never by pachkit';
  const { release, pachkit, began, applied } = deploy;
  const by = `release ${release ?? '?'}, by pachkit ${pachkit ?? '?'}`;
  return applied === undefined ? `${by}: begun ${began ?? '?'} and not finished` : `${by}, ${applied}`;
}
