import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { isMapping } from '../document/is-mapping';
import { placeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import {
  DEPRECATIONS,
  hasName,
  isCalled,
  namesDeprecated,
  type DeprecatedIn,
  type Deprecation,
} from './deprecations';
import { clusterObjects, type Manifest } from './objects';

/** What objects have that Kubernetes has given up, at the line of the document that has it put there. */
export function checkDeprecations(document: Document, cluster: Cluster): Diagnostic[] {
  // What pachkit writes by itself has none of it.
  if (!namesDeprecated(document.root)) return [];
  const found = new Map<string, { readonly deprecation: Deprecation; readonly objects: Set<string> }>();
  for (const { manifest } of clusterObjects(cluster))
    for (const { name, deprecation } of deprecatedIn(manifest)) {
      const { objects } = found.get(name) ?? { objects: new Set() };
      objects.add(`${manifest.kind} ${manifest.metadata.name}`);
      found.set(name, { deprecation, objects });
    }
  return [...found].flatMap(([name, { deprecation, objects }]) =>
    placesOf(name, document.root).map((path) => ({
      code: 'OVR008',
      severity: 'warning',
      message: `${[...objects].join(', ')}: Kubernetes has deprecated ${name}${historyOf(deprecation)}`,
      ...placeAt(document.root, path),
      hint: deprecation.instead,
    })),
  );
}

function historyOf({ since, goneIn }: Deprecation): string {
  const given = since === undefined ? '' : ` since 1.${since}`;
  return goneIn === undefined ? given : `${given}, and it does nothing from 1.${goneIn} on`;
}

interface Found {
  readonly name: string;
  readonly deprecation: Deprecation;
}

type Fields = Readonly<Record<string, unknown>>;

function deprecatedIn(manifest: Manifest): Found[] {
  const { kind, metadata, spec } = manifest as unknown as Fields;
  const claims = asList(at(spec, 'volumeClaimTemplates'));
  const pod = at(spec, 'template', 'spec');
  const volumes = asList(at(pod, 'volumes'));
  const terms = [
    ...asList(
      at(
        pod,
        'affinity',
        'nodeAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
        'nodeSelectorTerms',
      ),
    ),
    ...asList(at(pod, 'affinity', 'nodeAffinity', 'preferredDuringSchedulingIgnoredDuringExecution')).map(
      (term) => at(term, 'preference'),
    ),
  ];
  const names: Readonly<Record<DeprecatedIn, readonly unknown[]>> = {
    Ingress:
      kind === 'Ingress' && at(spec, 'ingressClassName') === undefined ? keysAt(metadata, 'annotations') : [],
    Service: kind === 'Service' ? keysAt(metadata, 'annotations') : [],
    claim: claims.flatMap((claim) => keysAt(claim, 'metadata', 'annotations')),
    pod: keysAt(spec, 'template', 'metadata', 'annotations'),
    node: [
      ...keysAt(pod, 'nodeSelector'),
      ...terms.flatMap((term) => asList(at(term, 'matchExpressions')).map((each) => at(each, 'key'))),
      ...asList(at(pod, 'topologySpreadConstraints')).map((each) => at(each, 'topologyKey')),
    ],
    volume: volumes.flatMap((volume) => keysAt(volume)),
  };
  return Object.entries(names).flatMap(([place, all]) =>
    all.flatMap((name) =>
      DEPRECATIONS[place as DeprecatedIn]
        .filter((deprecation) => isCalled(String(name), deprecation.name))
        .map((deprecation) => ({ name: String(name), deprecation })),
    ),
  );
}

function at(value: unknown, ...steps: readonly string[]): unknown {
  return steps.reduce((inner, step) => (isMapping(inner) ? inner[step] : undefined), value);
}

function keysAt(value: unknown, ...steps: readonly string[]): string[] {
  const mapping = at(value, ...steps);
  return isMapping(mapping) ? Object.keys(mapping) : [];
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Where a document has a name; the document itself where it follows from something else. */
function placesOf(name: string, root: SourceNode): (readonly PathStep[])[] {
  const paths: (readonly PathStep[])[] = [];
  hasName(root, (each, path) => {
    if (each === name) paths.push([...path]);
    return false;
  });
  return paths.length === 0 ? [[]] : paths;
}
