import { maskUrlPasswords } from '../document/mask';
import { codesOf } from '../graph/attach';
import { titleOf } from '../graph/picture';
import { entryJson } from '../helm-migration/report-text';
import type { ClusterReport } from '../page/cluster-report';
import type { JsonCall, JsonClusterReport } from './report-types';
import { toJson } from './reporters/json';

/** What a page says of a cluster, as data. URLs are without their passwords, as they are on the page. */
export function clusterReportJson(report: ClusterReport): JsonClusterReport {
  const { name, file, cluster, who, setups, objects, folders, chart, findings } = report;
  return withoutPasswords({
    name,
    file,
    ...(cluster
      ? {
          release: cluster.release.version.text,
          profile: cluster.profile,
          namespace: cluster.namespace,
        }
      : {}),
    calls: callsOf(report),
    ...(who ? { ways: who.ways, notes: who.notes } : {}),
    ...(who?.bindings ? { bindings: who.bindings } : {}),
    setups,
    clients: (cluster?.identity.clients ?? []).map(({ id, name: title, redirectURIs }) => ({
      id,
      name: title,
      redirectURIs,
    })),
    findings: findings.map(toJson),
    ...(objects ? { objects: [...objects].map(([kind, names]) => ({ kind, names })) } : {}),
    ...(folders
      ? { folders: folders.map((folder) => ({ name: folder.name, description: folder.description })) }
      : {}),
    ...(chart ? { chart: chart.map(entryJson) } : {}),
  });
}

function callsOf({ picture, origins }: ClusterReport): JsonCall[] {
  return picture.arrows.map((arrow) => {
    const { from, to, what, address, protocol, lines = [], isByBrowser } = arrow;
    const why = address === undefined ? undefined : origins.get(address);
    return {
      from: titleOf(picture, from),
      to: titleOf(picture, to),
      what,
      ...(address === undefined ? {} : { address }),
      ...(protocol === undefined ? {} : { protocol }),
      ...(lines.length === 0 ? {} : { lines }),
      ...(isByBrowser ? { isByBrowser } : {}),
      codes: codesOf(arrow),
      ...(why === undefined ? {} : { why }),
    };
  });
}

function withoutPasswords<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === 'string' ? maskUrlPasswords(each) : each,
  ) as Value;
}
