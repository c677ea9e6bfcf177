import type { Diagnostic } from '../../diagnostics/diagnostic';
import { activatesItself, licenseOf } from '../activation/activation';
import { parseRelease } from '../../releases/release';
import { releaseTraits } from '../../releases/release-traits';
import type { KubernetesObject } from '../api/objects';
import { valueAt, type Mapping } from '../api/objects';
import { APPLY_SET, ApplySet, recordIn } from '../apply-set';
import type { Comparison } from '../compare/plan-changes';
import { Settings } from '../meaning/settings';
import type { WantedCluster } from '../wanted-cluster';
import { objectName } from '../../outputs/object-name';

/** What a deploy may be allowed besides. */
export interface Permissions {
  /** Whether fields that others set differently are taken over. */
  readonly forceConflicts: boolean;
  /** Whether objects of a Helm release may be taken over. */
  readonly takeOverHelm: boolean;
  readonly allowDowngrade: boolean;
}

/** What keeps a deploy from going on, or should be known before it does. */
export function obstaclesTo(
  wanted: WantedCluster,
  comparison: Comparison,
  permissions: Permissions,
  now: Date,
): readonly Diagnostic[] {
  return [
    ...downgrades(wanted, comparison, permissions),
    ...helmReleases(wanted, comparison, permissions),
    ...otherDocuments(wanted, comparison),
    ...conflicts(wanted, comparison, permissions),
    ...missingSecrets(wanted, comparison),
    ...takenOverActivation(wanted, comparison),
    ...expiredLicense(wanted, comparison, now),
  ];
}

/** The release that runs: what the last deploy says, or the tag of pachd's image. */
export function runningRelease({ parent, live, namespace }: Comparison): string | undefined {
  const recorded = recordIn(parent).release;
  if (recorded !== undefined) return recorded;
  const pachd = live.get(`Deployment.apps|${namespace}|pachd`);
  const containers = valueAt(pachd, 'spec', 'template', 'spec', 'containers');
  const [first] = Array.isArray(containers) ? (containers as Mapping[]) : [];
  return /:([^:/@]+)(@|$)/.exec(typeof first?.['image'] === 'string' ? first['image'] : '')?.[1];
}

function downgrades(
  { cluster, file }: WantedCluster,
  comparison: Comparison,
  { allowDowngrade }: Permissions,
): Diagnostic[] {
  const runs = parseRelease(runningRelease(comparison) ?? '');
  const wants = parseRelease(cluster.release);
  if (runs === undefined || wants === undefined) return [];
  const isOlder = wants.minor < runs.minor || (wants.minor === runs.minor && wants.patch < runs.patch);
  if (!isOlder) return [];
  return [
    {
      code: 'CLU011',
      severity: allowDowngrade ? 'warning' : 'error',
      message: `The cluster runs Pachyderm ${runs.text}, and the document says ${wants.text}: pachd does not start on a database that a later release has migrated`,
      location: { file },
      path: '/release',
      hint: `write release: ${runs.text}, or restore a backup made with ${wants.text} first and deploy with --allow-downgrade`,
    },
  ];
}

/** Names of Helm releases in the namespace that have objects of the document. */
function helmReleases(
  { cluster, file }: WantedCluster,
  { live, changes }: Comparison,
  { takeOverHelm }: Permissions,
): Diagnostic[] {
  const records = [...live.values()].filter(
    ({ kind, metadata, type }) =>
      kind === 'Secret' && type === 'helm.sh/release.v1' && metadata.labels?.['owner'] === 'helm',
  );
  const known = new Set(records.map(({ metadata }) => metadata.labels?.['name']));
  const used = new Set(
    changes
      .map(({ before }) => before?.metadata.annotations?.['meta.helm.sh/release-name'])
      .filter((name) => known.has(name)),
  );
  return [...used].map((release) => ({
    code: 'CLU012',
    severity: takeOverHelm ? ('warning' as const) : ('error' as const),
    message: `Objects of the document belong to the Helm release ${release}: as long as Helm knows it, helm upgrade takes them back, and helm uninstall deletes them with the database`,
    location: { file },
    path: '',
    hint: takeOverHelm
      ? `when everything works, have Helm forget the release, never uninstall it: kubectl -n ${cluster.namespace} delete secret -l owner=helm,name=${release}`
      : 'read docs/guide/migrate-from-helm.md, save the record of the release, and deploy with --take-over-helm --force-conflicts',
  }));
}

/** Objects that deploys of another document have made: this one has been renamed, or is in the other's namespace. */
function otherDocuments(
  { cluster, file, formerName }: WantedCluster,
  { applySet, changes, live, namespace }: Comparison,
): Diagnostic[] {
  const former = formerName === undefined ? undefined : ApplySet.of({ name: formerName, namespace });
  const owners = changes.flatMap(({ before }) => before?.metadata.labels?.[APPLY_SET.partOf] ?? []);
  const others = new Set(owners.filter((id) => id !== applySet.id && id !== former?.id));
  return [...others].map((id) => {
    const inventory = [...live.values()].find(({ metadata }) => metadata.labels?.[APPLY_SET.id] === id);
    const name = inventory?.metadata.name.replace(/^pachkit-/, '');
    const count = owners.filter((owner) => owner === id).length;
    return {
      code: 'CLU020',
      severity: 'error',
      message: `${count} objects of ${cluster.name} in the namespace ${namespace} are those of ${name === undefined ? 'another document' : `the document ${name}`}: both would take them from each other with each deploy`,
      location: { file },
      path: '/name',
      hint:
        name === undefined
          ? `kubectl -n ${namespace} get configmaps -l ${APPLY_SET.id} names the documents that are deployed there; give this one a namespace of its own`
          : `where it has only been renamed, write name: ${name}, or deploy with --renamed-from ${name}, which takes everything over; another cluster needs another namespace`,
    };
  });
}

/** Most conflicts that are listed. */
const LISTED = 5;

function conflicts(
  { file }: WantedCluster,
  { changes }: Comparison,
  { forceConflicts }: Permissions,
): Diagnostic[] {
  if (forceConflicts) return [];
  return changes
    .filter((change) => change.conflicts.length > 0)
    .map((change) => {
      const managers = [...new Set(change.conflicts.map(({ manager }) => manager))].sort();
      const fields = change.conflicts.map(({ field }) => field);
      const more = fields.length > LISTED ? ` and ${fields.length - LISTED} more` : '';
      return {
        code: 'CLU010',
        severity: 'error',
        message: `${objectName(change.object)} has fields that ${managers.join(', ')} sets differently: ${fields.slice(0, LISTED).join(', ')}${more}`,
        location: { file },
        path: '',
        hint: 'pachkit diff shows both values; --force-conflicts takes the fields over, and the other manager no longer says them',
      };
    });
}

/** Secrets that Pods refer to, that the document does not have, and that are not there either. */
function missingSecrets(wanted: WantedCluster, { live }: Comparison): Diagnostic[] {
  const { cluster, file } = wanted;
  return Object.entries(wanted.referredSecrets).flatMap(([name, keys]): Diagnostic[] => {
    const secret = live.get(`Secret|${cluster.namespace}|${name}`);
    const missing = keys.filter((key) => !hasKey(secret, key));
    if (secret !== undefined && missing.length === 0) return [];
    const what = secret === undefined ? 'is missing' : `has no ${missing.join(', ')}`;
    return [
      {
        code: 'CLU013',
        severity: 'warning',
        message: `The Secret ${name} ${what} in the namespace ${cluster.namespace}: what refers to it waits until it is there`,
        location: { file },
        path: '',
        hint: `kubectl -n ${cluster.namespace} create secret generic ${name}${keys.map((key) => ` --from-file=${key}=FILE`).join('')}`,
      },
    ];
  });
}

function hasKey(secret: KubernetesObject | undefined, key: string): boolean {
  return valueAt(secret, 'data', key) !== undefined;
}

/** A cluster that pachd has not activated itself so far, and does from now on. */
function takenOverActivation({ file }: WantedCluster, { changes }: Comparison): Diagnostic[] {
  const pachd = changes.find(
    ({ object: { kind, metadata } }) => kind === 'Deployment' && metadata.name === 'pachd',
  );
  if (pachd?.before === undefined || activatesItself(pachd.before) || !activatesItself(pachd.after))
    return [];
  return [
    {
      code: 'CLU018',
      severity: 'warning',
      message:
        'pachd runs without authentication in its environment, and activates it with this deploy: in a cluster that was activated by hand, root token, connectors, clients and cluster role bindings become those of the document',
      location: { file },
      path: '/auth',
      hint: 'pachctl auth whoami tells whether it is activated, pachctl auth get cluster and pachctl idp list-connector what would be replaced; write into the document what has to stay',
    },
  ];
}

/** A license that is over, in a release whose pachd does not start with one. */
function expiredLicense({ cluster, file }: WantedCluster, comparison: Comparison, now: Date): Diagnostic[] {
  const version = parseRelease(cluster.release);
  if (version === undefined || !releaseTraits(version).needsLicense) return [];
  const license = licenseOf(new Settings(comparison).licenseKey().after, now);
  if (license?.isExpired !== true) return [];
  return [
    {
      code: 'CLU019',
      severity: 'warning',
      message: `The license has expired, on ${license.expires.slice(0, 10)} by the key itself: pachd ${version.text} does not start with it, and a pachd that runs ends with its next restart`,
      location: { file },
      path: '/enterprise/licenseKey',
      hint: 'set enterprise.licenseKey to a new key and deploy again, or move to release 2.12, which needs none',
    },
  ];
}
