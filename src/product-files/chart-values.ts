import { suggest } from '../diagnostics/suggest';
import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import { chartFact } from '../helm-values/facts';
import { type ReleaseTraits, traitsOfTarget } from '../releases/release-traits';
import type { PachydermTarget } from '../releases/target';
import { findingsAbout } from '../rules/registry';
import { chartValuesSubject, type ChartValuesSubject, VALUES_PLACE } from '../subjects/chart-values';
import { stringAt } from '../subjects/scalars';
import { reportBootstrapForm } from './bootstrap-form';
import { meantValue } from './chart-keys';
import { reportMistakes } from './chart-mistakes';
import { reportRefusals } from './chart-refusals';
import { Rendered } from './rendered-values';
import { reportFields } from './chart-fields';
import { LIFETIMES, reportForm } from './chart-value-form';
import { reportPlaceholder } from './check-connector';
import { reportIssuerForm, reportLifetimeForms } from './pachd-settings-form';
import { Report } from './report';

/** What values of the official chart have, and cluster documents have not. */
const CHART_KEYS: readonly (readonly PathStep[])[] = [
  ['deployTarget'],
  ['oidc', 'mockIDP'],
  ['oidc', 'issuerURI'],
  ['oidc', 'upstreamIDPsSecretName'],
  ['proxy', 'enabled'],
  ['global', 'postgresql', 'postgresqlHost'],
  ['global', 'postgresql', 'postgresqlPassword'],
  ['global', 'postgresql', 'postgresqlExistingSecretName'],
];

/** What no chart values have, but a cluster document in which a section of theirs was put. */
const DOCUMENT_KEYS = ['apiVersion', 'extends', 'release'];

/** Sections that the chart has and documents have not. */
const CHART_SECTIONS = ['oidc', 'pgbouncer', 'cloudsqlAuthProxy', 'kubeEventTail', 'testConnection'];

/** Sections that documents or other charts have too, and the keys in them that are Pachyderm's chart's alone. */
const TELLING: Readonly<Record<string, RegExp>> = {
  pachd:
    /^(storage|storage[A-Z]\w*|(activate|enterprise|oauth)\w+|rootToken\w*|loki\w+|tls|externalService|clusterDeploymentID|pachAuth\w+|localhostIssuer|rbac|goM\w+)$/,
  console: /^config$/,
  etcd: /^(dynamicNodes|storageSize)$/,
  global: /^(customCaCerts|noProxy)$/,
};

/** Whether a mapping is values of the official chart, with a list of connectors or without. */
export function isChartValues(root: SourceNode): boolean {
  return (
    !DOCUMENT_KEYS.some((key) => root.entries?.has(key)) &&
    (CHART_KEYS.some((path) => nodeAt(root, path) !== undefined) ||
      [...(root.entries ?? [])].some(([section, { entries }]) => isTelling(section, entries)))
  );
}

/** Sections that charts of other products hardly have. */
const OWN_SECTIONS = ['pachd', 'pachw', 'console', 'enterpriseServer', 'preflightCheckJob'];

/**
 * Whether a file says so little that a cluster document could say it too, but for what makes one, and the chart has all of it, but
 * for slips: a file for one stage with the image of pachd alone.
 */
export function isPartOfValues(root: SourceNode): boolean {
  const sections = [...(root.entries ?? [])];
  return (
    sections.some(([section]) => OWN_SECTIONS.includes(section)) &&
    sections.every(([section, { entries }]) =>
      [...(entries?.keys() ?? [])].every(
        (key) =>
          chartFact(`${section}.${key}`) !== undefined || meantValue([section], key)?.renameTo !== undefined,
      ),
    ) &&
    sections.every(([section, { entries }]) => entries !== undefined && chartFact(section) !== undefined)
  );
}

function isTelling(section: string, entries: SourceNode['entries']): boolean {
  const keys = [...(entries?.keys() ?? [])].filter((key) => chartFact(`${section}.${key}`) !== undefined);
  if (CHART_SECTIONS.includes(section)) return keys.length > 0;
  return Object.hasOwn(TELLING, section) && keys.some((key) => TELLING[section]?.test(key));
}

/** Checks what values of the chart say around their connectors: with the rules for them, and for keys and values of the chart alone. */
export function checkChartValues(
  root: SourceNode,
  target: PachydermTarget,
  report: Report,
  options: { readonly hasMisplacedList?: boolean } = {},
): ChartValuesSubject {
  const release = traitsOfTarget(target);
  reportUnreadClients(root, report);
  const meant = reportForm(root, release.version, report, isSaidElsewhere);
  reportLifetimeForms(root, LIFETIMES, report);
  reportClients(nodeAt(root, ['oidc', CLIENTS_KEY]), release, report);
  const subject = chartValuesSubject(root, release, options);
  report.addAll(findingsAbout('chart-values', subject));
  reportIssuer(root, report);
  const rendered = new Rendered(root, release.version);
  reportRefusals(rendered, report, meant);
  reportFields(rendered, report);
  reportMistakes(rendered, report, meant);
  return subject;
}

/** Clients stand under a name that comments in the chart and its documentation have, and its templates do not read. */
function reportUnreadClients(root: SourceNode, report: Report): void {
  for (const key of nodeAt(root, ['oidc'])?.entries?.keys() ?? [])
    if (key !== CLIENTS_KEY && OTHER_CLIENTS_KEY.test(key))
      report.add(
        'FIL016',
        ['oidc', key],
        `The chart reads \`oidc.${CLIENTS_KEY}\` and ignores \`oidc.${key}\`: Dex never knows these clients, and answers their logins with \`Invalid client_id\``,
        { onKey: true, hint: `write \`${CLIENTS_KEY}\`` },
      );
}

/** What pachd reads of further clients is what it reads of them in the Secret that the chart makes of the list. */
function reportClients(list: SourceNode | undefined, release: ReleaseTraits, report: Report): void {
  if (!list?.items || !release.configuresClients) return;
  reportBootstrapForm(list, {
    holds: 'clients',
    name: CLIENTS_KEY,
    release,
    report: new Report(list, ['oidc', CLIENTS_KEY], undefined, report.diagnostics),
  });
}

/** The key of `oidc` with the clients besides pachd and Console. */
const CLIENTS_KEY = 'additionalClients';

/** What it is called by mistake. */
const OTHER_CLIENTS_KEY = /^additional(oidc)?clients?$/i;

/** A list of connectors or clients under a wrong name has a finding that says what becomes of it. */
function isSaidElsewhere([section, key = '', ...rest]: readonly string[]): boolean {
  return (
    section === 'oidc' &&
    rest.length === 0 &&
    key !== CLIENTS_KEY &&
    (OTHER_CLIENTS_KEY.test(key) || suggest(key, [VALUES_PLACE[1]]) !== undefined)
  );
}

/** Says what is wrong with the form of the issuer, where the rules have not told how to write it. */
function reportIssuer(root: SourceNode, report: Report): void {
  const path = ['oidc', 'issuerURI'];
  const issuer = stringAt(root, path);
  if (issuer === undefined) return;
  reportPlaceholder(path, issuer, false, report);
  if (!report.hasFindingAt(path)) reportIssuerForm(issuer, path, report);
}
