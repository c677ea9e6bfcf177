import type { BindingStatus } from '../cluster/live';
import { printable } from '../diagnostics/code-frame';
import { shellWord } from '../diagnostics/shell-word';
import type { SubjectRoles } from '../model/role-bindings';
import type { PachdState } from '../pachctl/pachd-state';
import type { SeenStatus } from './report-types';
import type { Colors } from './colors';

/** Most differences that are named. */
const NAMED = 3;

/** One screen about a cluster. */
export function statusText(status: SeenStatus, colors: Colors): string {
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
  bindings,
  activation,
  license,
  pachd,
}: SeenStatus): Row[] {
  const named = drift.slice(0, NAMED).join(', ');
  const others = drift.length > NAMED ? ` and ${drift.length - NAMED} more` : '';
  return [
    ['deploy', deployText(deploy)],
    ['objects', `${objects.present} of ${objects.wanted} are there`],
    ['drift', drift.length === 0 ? 'none' : `${named}${others}; pachkit diff shows all of it`],
    ['issuer', issuer ?? 'pachd is told none'],
    ['connectors', connectors.length === 0 ? 'none' : connectors.join(', ')],
    ['admins', administrators.length === 0 ? 'none but the root token' : administrators.join(', ')],
    ...labelled('bindings', bindingLines(bindings, pachd)),
    ['activation', `${activation.state}: ${activation.text}`],
    ...(activation.todo === undefined ? [] : [['', activation.todo] as const]),
    ...(license === undefined
      ? []
      : [
          [
            'license',
            `${license.isExpired ? 'expired' : 'expires'} ${license.expires}, by the key itself${pachd === undefined ? '; --pachctl asks pachd what it makes of it' : ''}`,
          ] as const,
        ]),
    ...(pachd === undefined ? [] : pachdRows(pachd, bindings)),
  ];
}

function labelled(label: string, lines: readonly string[]): Row[] {
  return lines.map((line, index) => [index === 0 ? label : '', line]);
}

/** The role bindings of the document beside those that pachd is told. */
function bindingLines({ document, missing, extra }: BindingStatus, pachd: PachdState | undefined): string[] {
  const ask = pachd === undefined ? '; --pachctl shows those that pachd has' : '';
  if (document === undefined) return [`the document has none, and pachd keeps what it has${ask}`];
  if (missing.length + extra.length === 0)
    return [`${Object.keys(document).length} in the cluster, as the document says${ask}`];
  return [
    ...missing.map((each) => `${named(each)} is in the document, and not in the cluster before a deploy`),
    ...extra.map((each) => `${named(each)} is in the cluster, and not in the document`),
  ];
}

function named({ subject, roles }: SubjectRoles): string {
  return `${subject} ${roles.join('+')}`;
}

/** What pachd says of itself. */
function pachdRows(
  { user, isActivated, license, bindings, missing, extra, untold }: PachdState,
  { document }: BindingStatus,
): Row[] {
  const bound = Object.entries(bindings ?? {}).map(([subject, roles]) => `${subject} ${roles.join('+')}`);
  return [
    ['pachd', isActivated ? `asked as ${user ?? '?'}` : 'authentication is off: anyone may do anything'],
    ...(license === undefined
      ? []
      : [
          [
            '',
            `license ${license.state}${license.expires === undefined ? '' : ` until ${license.expires}`}`,
          ] as const,
        ]),
    ...(bindings === undefined
      ? []
      : [
          [
            '',
            bound.length === 0 ? 'no one is bound on the cluster' : `bound: ${bound.sort().join(', ')}`,
          ] as const,
        ]),
    ...extra.map(
      (each) => ['', `${named(each)} is not in the document: ${takenAway(each, document)}`] as const,
    ),
    ...missing.map(
      (each) => ['', `${named(each)} is in the document, and not in pachd until it starts again`] as const,
    ),
    ...untold.map(({ what, reason }) => ['', `${what}: ${reason}`] as const),
  ];
}

/** What ends a binding that was made by hand. */
function takenAway({ subject }: SubjectRoles, document: BindingStatus['document'] = {}): string {
  const kept = document[subject]?.join(',') ?? 'none';
  return `it ends when pachd starts again, or at once with pachctl auth set cluster ${kept} ${shellWord(subject)}`;
}

function deployText(deploy: SeenStatus['deploy']): string {
  if (deploy === undefined) return 'never by pachkit';
  const { release, pachkit, began, applied } = deploy;
  const by = `release ${release ?? '?'}, by pachkit ${pachkit ?? '?'}`;
  return applied === undefined ? `${by}: begun ${began ?? '?'} and not finished` : `${by}, ${applied}`;
}
