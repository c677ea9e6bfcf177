import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { components, type Component } from '../constructs/components';
import { applyOverrides } from '../constructs/overrides';
import { oncePer } from '../forms/once-per';
import { withDigest, withImages } from '../images/images-of';
import type { Cluster } from '../model/cluster';
import { MASK, Secret } from '../model/secret';
import { inReadingOrder } from './key-order';
import { fileOfObject } from './object-files';
import { inSecretForm } from './secret-forms';
import { toYaml } from '../constructs/support/yaml';

export { checkObjects } from './check-objects';

/** A Kubernetes object as JSON. */
export type Manifest = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string };
};

/** An object of a cluster: what outputs write, and what is compared with a cluster that runs. */
export interface ClusterObject {
  /** The component of the chart that it belongs to. */
  readonly component: string;
  readonly manifest: Manifest;
  readonly yaml: string;
  /** The file that it is in, such as `04-etcd`: the same one in every output. */
  readonly file: string;
  /** Whether it holds secrets in clear text. */
  readonly isSecret: boolean;
}

/**
 * Every object of a cluster, in the order of the chart. A component is a pure function of the sections that it reads, so
 * one whose sections are those of an earlier cluster of the same run is not constructed again.
 */
export function clusterObjects(cluster: Cluster): readonly ClusterObject[] {
  return withDigests(inSecretForm(constructedObjects(cluster), cluster), cluster.imageDigests);
}

/** The objects with the digest behind each tag that has one: what runs is then what was locked, wherever the tag moves. */
function withDigests(
  objects: readonly ClusterObject[],
  digests: Cluster['imageDigests'],
): readonly ClusterObject[] {
  if (digests === undefined) return objects;
  return objects.map((object) => {
    const manifest = withImages(object.manifest, (image) => withDigest(image, digests));
    return manifest === object.manifest ? object : { ...object, manifest, yaml: toYaml(manifest) };
  });
}

/**
 * The objects with Secrets in clear text, whatever form they are to be written in.
 *
 * @param only the component whose objects are wanted; all of them unless it is given
 */
export function constructedObjects(cluster: Cluster, only?: string): readonly ClusterObject[] {
  let chart: Chart | undefined;
  const construct = (component: Component): ClusterObject[] =>
    objectsOf(component, cluster, (chart ??= chartFor(cluster)));
  return components
    .filter(({ id, existsIn }) => (only === undefined || id === only) && existsIn(cluster))
    .flatMap((component) => {
      const known = earlier(component.id);
      const same = known.findIndex((variant) => areEqual(component, variant.cluster, cluster));
      const [variant = { cluster, objects: construct(component) }] = same < 0 ? [] : known.splice(same, 1);
      if (known.length >= KEPT) known.shift();
      known.push(variant);
      return variant.objects;
    });
}

/** A component as it was constructed for a cluster. */
interface Variant {
  readonly cluster: Cluster;
  readonly objects: readonly ClusterObject[];
}

/** Variants of a component that are kept, those used last: clusters of one run differ in few ways, and their objects take memory. */
const KEPT = 8;

const earlierVariants = new Map<string, Variant[]>();

function earlier(component: string): Variant[] {
  let known = earlierVariants.get(component);
  if (known === undefined) {
    known = [];
    earlierVariants.set(component, known);
  }
  return known;
}

/** Whether a component has the same objects in two clusters. */
function areEqual({ reads }: Component, one: Cluster, other: Cluster): boolean {
  if (one === other) return true;
  const [textOfOne, textOfOther] = [sectionTexts(one), sectionTexts(other)];
  return [...reads, 'overrides' as const].every((section) => textOfOne(section) === textOfOther(section));
}

function chartFor({ namespace }: Cluster): Chart {
  return new Chart(new App(), 'pachyderm', { namespace, disableResourceNameHashes: true });
}

function objectsOf(component: Component, cluster: Cluster, chart: Chart): ClusterObject[] {
  const created = component.create(chart, cluster);
  applyOverrides(created, cluster.overrides);
  return created.node
    .findAll()
    .filter((construct: IConstruct) => ApiObject.isApiObject(construct))
    .map((object) => {
      const manifest = inReadingOrder(object.toJson()) as Manifest;
      const { kind } = manifest;
      let yaml: string | undefined;
      return {
        component: component.id,
        manifest,
        // Made on first use: who compares objects or asks where a field comes from needs none.
        get yaml() {
          return (yaml ??= toYaml(manifest));
        },
        file: fileOfObject(component.id, kind),
        isSecret: kind === 'Secret',
      };
    });
}

/** The JSON of each section, made on first use, with its secrets behind it where it has some: equal strings give equal objects. */
const sectionTexts = oncePer((cluster: Cluster): ((section: keyof Cluster) => string) => {
  const texts = new Map<keyof Cluster, string>();
  return (section) => {
    let text = texts.get(section);
    if (text === undefined) {
      const json = (JSON.stringify(cluster[section]) as string | undefined) ?? '';
      text = json.includes(MASK) ? json + JSON.stringify(secretsIn(cluster[section])) : json;
      texts.set(section, text);
    }
    return text;
  };
});

/** All secrets in a value, revealed, in their order. */
function secretsIn(value: unknown): readonly string[] {
  if (value instanceof Secret) return [value.reveal()];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
