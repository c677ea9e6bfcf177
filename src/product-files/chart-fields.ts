import { formatPath, nodeAt, type SourceNode } from '../document/source-node';
import { nodeKindName } from '../forms/kinds';
import { chartFact, isDead, isInChart } from '../helm-values/facts';
import { isUnfilled } from '../model/url-text';
import type { ReleaseVersion } from '../releases/release';
import { fieldsOfChartValue } from '../schema/chart-fields';
import { checkField } from '../schema/check-field';
import type { Report } from './report';

/**
 * Values that say the same as one field of a document are held to its form: hosts, names, quantities, and what Kubernetes
 * takes for affinities, tolerations and resources, which the chart hands on as it is.
 */
export function reportFields(root: SourceNode, release: ReleaseVersion, report: Report): void {
  const walk = (mapping: SourceNode, section: readonly string[]): void => {
    for (const [key, value] of mapping.entries ?? []) {
      const path = [...section, key];
      const fact = key.includes('.') ? undefined : chartFact(path.join('.'));
      if (!fact || !isInChart(fact, release) || isDead(fact, release)) continue;
      if (fact.type === 'section') walk(value, path);
      else if (!isUnset(value) && !report.hasFindingAt(path)) {
        reportField(path, value, report);
        if (fact.values === 'string') reportTexts(path, value, report);
      }
    }
  };
  walk(root, []);
}

/** Values that the chart takes in a form of its own. */
const OWN_FORM: ReadonlySet<string> = new Set([
  'oidc.additionalClients',
  'oidc.upstreamIDPs',
  // With a slash at its end.
  'global.image.registry',
  // A host without scheme in releases before 2.3.6.
  'oidc.userAccessibleOauthIssuerHost',
]);

/** A host in the chart may have a port behind it, for which documents have a field of its own. */
const HOST_AND_PORT: readonly string[] = ['access.host', 'access.port'];

function reportField(path: readonly string[], value: SourceNode, report: Report): void {
  const name = path.join('.');
  const fields = fieldsOfChartValue(name) ?? [name];
  const [field] = fields;
  const isHost = fields.every((each, index) => each === HOST_AND_PORT[index]);
  if (field === undefined || OWN_FORM.has(name) || (fields.length > 1 && !isHost)) return;
  const checked = isHost ? withoutPort(value) : value;
  for (const { code, path: at, message, hint, onKey } of checkField(checked, field.split('.'), path)) {
    // Helm takes away what is null.
    if (report.hasFindingAt(at) || nodeAt(report.root, at)?.scalar === null) continue;
    report.add(code, at, message, {
      onKey,
      // A Secret may hold anything; a program fails on it later.
      ...(/certificate(Authority)?$/i.test(field) ? { severity: 'warning' } : {}),
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** Labels, annotations and the like, which Kubernetes takes as strings alone. */
function reportTexts(path: readonly string[], { entries }: SourceNode, report: Report): void {
  for (const [key, text] of entries ?? []) {
    const at = [...path, key];
    const { scalar } = text;
    if (scalar === null || typeof scalar === 'string' || report.hasFindingAt(at)) continue;
    report.add('SCH003', at, `${formatPath(at)} must be a string, not ${nodeKindName(text)}`, {
      hint: scalar === undefined ? 'write a string' : 'put it in quotes',
    });
  }
}

/** What leaves the chart's own value in place, or is filled in by another tool. */
function isUnset({ scalar }: SourceNode): boolean {
  return scalar === null || scalar === '' || (typeof scalar === 'string' && isUnfilled(scalar));
}

function withoutPort(value: SourceNode): SourceNode {
  return typeof value.scalar === 'string' ? { ...value, scalar: value.scalar.replace(/:\d+$/, '') } : value;
}
