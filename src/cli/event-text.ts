import type { DeployEvent } from '../cluster/live';
import { printable } from '../diagnostics/code-frame';
import type { Colors } from './colors';
import { differenceText } from './diff-text';
import { applicationText } from './application-text';
import { examinationText } from './examination-text';
import { asTyped } from './program-name';
import type { RunEvent } from './run-event';
import type { Style } from './style';

/** An event of a deploy as lines for people; none for what is said elsewhere. */
export function eventLines(event: RunEvent, style: Style): string[] {
  if (event.type === 'plan') return differenceText(event.difference, style).trimEnd().split('\n');
  return linesOf(event, style).map((line) => asTyped(line, style.program));
}

function linesOf(event: Exclude<RunEvent, { readonly type: 'plan' }>, style: Style): string[] {
  const { colors } = style;
  switch (event.type) {
    case 'lease':
      return [printable(`waiting for the deploy of ${event.holder}, which does not seem to run any more`)];
    case 'interrupted':
      return ['interrupted: it ends when what is under way is done; Ctrl-C once more ends it at once'];
    case 'phase':
      return [colors.bold(`${event.phase} (${event.objects})`)];
    case 'applied':
    case 'deleted':
      return [`  ${colors.green('✓')} ${event.action.padEnd(7)} ${printable(event.object)}`];
    case 'kept':
      return [`  ${colors.dim('=')} kept    ${printable(`${event.object}: ${event.reason}`)}`];
    case 'ready':
      return [`  ${colors.green('✓')} ready   ${printable(`${event.object}  ${event.detail}`)}`];
    case 'waiting':
      return [
        waitingLine(event, colors),
        ...(event.log ?? []).map((line) => colors.dim(`      ${printable(line)}`)),
      ];
    case 'done':
      return [doneLine(event)];
    case 'application':
      return applicationText(event, colors).trimEnd().split('\n');
    case 'tool':
      return [colors.dim(`  ${event.tool}: ${printable(event.line)}`)];
    case 'cluster':
      return [clusterLine(event, colors)];
    case 'verified':
      return verifiedLines(event, colors);
    case 'open':
      return openLines(event, colors);
    case 'checks':
      return examinationText(event.examination, { ...style, isQuiet: false })
        .trimEnd()
        .split('\n');
  }
}

/** How far a workload is, in one line. */
export function waitingLine(event: DeployEvent & { readonly type: 'waiting' }, colors: Colors): string {
  const { object, detail, reason } = event;
  const mark = reason === undefined ? colors.dim('…') : colors.yellow('!');
  return `  ${mark} waits   ${printable(`${object}  ${detail}${reason === undefined ? '' : `: ${reason}`}`)}`;
}

function verifiedLines(event: RunEvent & { readonly type: 'verified' }, colors: Colors): string[] {
  const { part, compared, deviations, uncompared } = event;
  const mark = deviations.length > 0 ? colors.red('✗') : compared > 0 ? colors.green('✓') : colors.dim('?');
  const counts = [
    `${compared} compared`,
    ...(deviations.length === 0 ? [] : [`${deviations.length} differ${deviations.length === 1 ? 's' : ''}`]),
    ...(uncompared.length === 0 ? [] : [`${uncompared.length} not compared`]),
  ];
  return [
    `${mark} ${part.padEnd(7)}  ${counts.join(', ')}`,
    ...deviations.map(({ what, wanted, found }) =>
      printable(`    ${what}${wanted === undefined ? '' : `: ${found}, and not ${wanted}`}`),
    ),
    ...uncompared.map(({ what, reason }) => colors.dim(printable(`    ${what}: ${reason}`))),
  ];
}

const CLUSTER_STATES = {
  created: 'is made',
  there: 'is there',
  deleted: 'is deleted',
  none: 'is not there: nothing to delete',
} as const;

function clusterLine(event: RunEvent & { readonly type: 'cluster' }, colors: Colors): string {
  const { tool, name, state, context } = event;
  const isThere = state === 'created' || state === 'there';
  const where = isThere ? `, context ${context}` : '';
  return `${colors.green('✓')} ${tool} cluster ${printable(name)} ${CLUSTER_STATES[state]}${where}`;
}

function openLines(event: RunEvent & { readonly type: 'open' }, colors: Colors): string[] {
  const { login, people, next, authority, trust } = event;
  return [
    `${colors.bold('open')}     ${event.console ?? login}`,
    ...(authority === undefined || trust === undefined
      ? []
      : [
          `${colors.bold('https')}    by ${printable(authority)}, which browsers warn of until you have them trust it: ${printable(trust)}`,
        ]),
    ...people.map((line) => `${colors.bold('log in')}   ${printable(line)}`),
    colors.bold('next'),
    ...next.map((command) => `  ${command}`),
  ];
}

function doneLine({ applied, deleted, atAuth0 = 0 }: RunEvent & { readonly type: 'done' }): string {
  if (applied + deleted + atAuth0 === 0) return 'nothing to change';
  return [
    ...(atAuth0 === 0 ? [] : [`${atAuth0} changed at Auth0`]),
    ...(applied === 0 ? [] : [`${applied} applied`]),
    ...(deleted === 0 ? [] : [`${deleted} deleted`]),
  ].join(', ');
}
