import { formatPath, nodeAt, type JsonValue, type SourceNode } from '../document/source-node';
import { nodeKindName } from '../forms/kinds';
import { chartFact, defaultOf, isDead, isInChart } from '../helm-values/facts';
import { isUnfilled } from '../model/url-text';
import { isInRange } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';
import { fieldsOfChartValue } from '../schema/chart-fields';
import { checkField, type FieldFinding } from '../schema/check-field';
import { schemaAt } from '../schema/schema-at';
import { reportPlaceholder } from './check-connector';
import type { Rendered } from './rendered-values';
import type { Report } from './report';

/**
 * Values that say the same as one field of a document are held to its form: hosts, names, quantities, and what Kubernetes
 * takes for affinities, tolerations and resources, which the chart hands on as it is.
 */
export function reportFields(values: Rendered, report: Report): void {
  const { root, release } = values;
  const walk = (mapping: SourceNode, section: readonly string[]): void => {
    for (const [key, value] of mapping.entries ?? []) {
      const path = [...section, key];
      const fact = key.includes('.') ? undefined : chartFact(path.join('.'));
      if (!fact || !isInChart(fact, release) || isDead(fact, release)) continue;
      if (isOfOtherBackend(path, values)) continue;
      if (fact.type === 'string' && typeof value.scalar === 'string' && !report.hasFindingAt(path))
        reportPlaceholder(path, value.scalar, fact.secret === true, report);
      if (fact.type === 'section') walk(value, path);
      else if (!isUnset(value, defaultOf(fact, release)) && !report.hasFindingAt(path)) {
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
  // A cluster may have another range of node ports.
  'proxy.service.httpNodePort',
  'proxy.service.httpsNodePort',
  // 0 leaves it out.
  'proxy.service.httpPort',
  // A host without scheme in releases before 2.3.6.
  'oidc.userAccessibleOauthIssuerHost',
]);

/** A host in the chart may have a port behind it, for which documents have a field of its own. */
const HOST_AND_PORT: readonly string[] = ['access.host', 'access.port'];

/** Servers that the chart takes with a scheme before them too. */
const WITH_SCHEME: ReadonlySet<string> = new Set(['pachd.storage.amazon.customEndpoint']);

/** Values that no field says, and a field that has their form. */
const SAME_FORM: Readonly<Record<string, string>> = Object.fromEntries(
  ['CPU', 'Memory', 'Storage'].flatMap((resource) =>
    ['Pipeline', 'Sidecar'].map((part) => [`pachd.default${part}${resource}Request`, 'etcd.size']),
  ),
);

/** The backends that sections of the storage are for. */
const OF_BACKEND: Readonly<Record<string, string>> = {
  amazon: 'AMAZON',
  google: 'GOOGLE',
  local: 'LOCAL',
  microsoft: 'MICROSOFT',
  minio: 'MINIO',
};

/** Whether a section is for a backend that pachd does not open here. */
function isOfOtherBackend(path: readonly string[], { backend, release }: Rendered): boolean {
  const [pachd, storage, section = '', ...rest] = path;
  const own = OF_BACKEND[section];
  if (pachd !== 'pachd' || storage !== 'storage' || rest.length > 0 || own === undefined) return false;
  if (own === 'MINIO' && !isInRange(release, RELEASE_FLAGS.hasMinioBackend)) return true;
  return own !== backend && Object.values(OF_BACKEND).includes(backend);
}

function reportField(path: readonly string[], value: SourceNode, report: Report): void {
  const name = path.join('.');
  const field = fieldOf(name);
  if (field === undefined) return;
  const checked = asField(name, field, value);
  if (typeof checked.scalar === 'string' && schemaAt(field.split('.'))['type'] === 'integer')
    return report.add('SCH005', path, `${name} must be a whole number in quotes`, {
      hint: 'write digits alone',
    });
  for (const finding of checkField(checked, field.split('.'), path)) {
    const { code, path: at, message, hint, onKey } = finding;
    const found = nodeAt(report.root, at);
    // Helm takes away what is null.
    if (report.hasFindingAt(at) || found?.scalar === null) continue;
    const advice = hint ?? (/Secret(Name)?$/.test(name) ? NAME_OF_SECRET : undefined);
    report.add(code, at, message.replace(', or { file: PATH }', ''), {
      onKey,
      ...(isForLater(field, finding, found) ? { severity: 'warning' } : {}),
      ...(advice === undefined ? {} : { hint: advice }),
    });
  }
}

/** Whether nothing but what reads the value refuses it: a Secret may hold anything, and names may stand for longer ones. */
function isForLater(field: string, { keyword }: FieldFinding, found: SourceNode | undefined): boolean {
  return /certificate(Authority)?$/i.test(field) || (keyword === 'minLength' && found?.scalar !== '');
}

const NAME_OF_SECRET = 'write the name of a Secret, as kubectl get secrets lists it, and not what it holds';

/** The field whose form a value has; of several that say it together, none has. */
function fieldOf(name: string): string | undefined {
  if (OWN_FORM.has(name)) return undefined;
  const [field = name, ...others] = fieldsOfChartValue(name) ?? [SAME_FORM[name] ?? name];
  if (field === HOST_AND_PORT[0] && others[0] === HOST_AND_PORT[1]) return field;
  return others.every((other) => isSameForm(field, other)) ? field : undefined;
}

function isSameForm(field: string, other: string): boolean {
  const [one, two] = [field, other].map((each) => schemaAt(each.split('.')));
  return one?.['type'] === two?.['type'] && one?.['pattern'] === two?.['pattern'];
}

/** A value as a document has it: hosts without the port, servers without a scheme, numbers without quotes. */
function asField(name: string, field: string, value: SourceNode): SourceNode {
  const { scalar } = value;
  if (typeof scalar !== 'string') return value;
  if (field === HOST_AND_PORT[0]) return { ...value, scalar: scalar.replace(/:\d+$/, '') };
  if (WITH_SCHEME.has(name))
    return { ...value, scalar: scalar.replace(/^https?:\/\//i, '').replace(/\/$/, '') };
  const isNumber = schemaAt(field.split('.'))['type'] === 'integer' && /^\d{1,15}$/.test(scalar);
  return isNumber ? { ...value, scalar: Number(scalar) } : value;
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

/** What leaves the chart's own value in place, which may be of no form such as the 0 of what is off, or is filled in by another tool. */
function isUnset(value: SourceNode, fallback: JsonValue | undefined): boolean {
  const { scalar } = value;
  if (scalar !== undefined && scalar === fallback) return true;
  return scalar === null || scalar === '' || (typeof scalar === 'string' && isUnfilled(scalar));
}
