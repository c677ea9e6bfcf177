import { isMapping } from '../../document/is-mapping';
import { isSecretNameKey } from '../references';
import { indexed, literalTemplate, type Holes } from './template-strings';

/** What may vary in a chart besides the host, with the values of the document. */
export interface VaryingValues {
  readonly images: Record<string, string>;
  readonly replicas: Record<string, number>;
  readonly resources: Record<string, object>;
  readonly storageClass: Record<string, string>;
  readonly secrets: Record<string, string>;
}

/** Deployments of which any number of Pods may run: nothing else follows from it. */
const SCALABLE: ReadonlySet<string> = new Set(['pachyderm-proxy', 'console']);

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Finds what may vary in objects whose strings are templates, and makes holes there. `existing` are the names of Secrets that the
 * user brings.
 */
export class Varying {
  readonly values: VaryingValues = { images: {}, replicas: {}, resources: {}, storageClass: {}, secrets: {} };

  constructor(
    private readonly holes: Holes,
    private readonly existing: ReadonlySet<string>,
  ) {}

  /** An object with templates and holes for what varies. */
  object(object: Mapping): unknown {
    const { kind, metadata, spec } = object as { kind: string; metadata: { name: string }; spec?: Mapping };
    const pod = (spec?.['template'] as { spec?: Mapping } | undefined)?.spec;
    if (spec === undefined || pod === undefined) return this.#secretNames(object);
    const workload = metadata.name;
    const { replicas, volumeClaimTemplates } = spec;
    const isScalable = kind === 'Deployment' && SCALABLE.has(workload) && typeof replicas === 'number';
    if (isScalable) this.values.replicas[workload] = replicas;
    const varied = {
      ...object,
      spec: {
        ...spec,
        ...(isScalable ? { replicas: this.holes.value(`${indexed('replicas', workload)} | int`) } : {}),
        template: { ...(spec['template'] as object), spec: this.#pod(pod, workload) },
        ...(Array.isArray(volumeClaimTemplates)
          ? {
              volumeClaimTemplates: volumeClaimTemplates.map((claim) =>
                this.#claim(claim as Mapping, workload),
              ),
            }
          : {}),
      },
    };
    return this.#secretNames(varied);
  }

  /** A Pod by itself: its images and the Secrets of the user that it refers to vary. */
  pod(pod: Mapping): unknown {
    const { containers } = pod['spec'] as { readonly containers: readonly { readonly image: string }[] };
    for (const { image } of containers) this.#image(image);
    return this.#secretNames(pod);
  }

  /** Every string that is an image of a container, wherever it is: pachd names its own to the workers. */
  withImages(value: unknown): unknown {
    const templates = new Map(
      Object.entries(this.values.images).map(([key, image]) => [
        literalTemplate(image),
        `{{ ${indexed('images', key)} }}`,
      ]),
    );
    return mapStrings(value, (text) => templates.get(text) ?? text);
  }

  #pod(pod: Mapping, workload: string): Mapping {
    const lists = ['initContainers', 'containers'].filter((list) => Array.isArray(pod[list]));
    const count = lists.reduce((sum, list) => sum + (pod[list] as unknown[]).length, 0);
    return {
      ...pod,
      ...Object.fromEntries(
        lists.map((list) => [
          list,
          (pod[list] as Mapping[]).map((container) => {
            const name = String(container['name']);
            const key = count === 1 ? workload : `${workload}-${name}`;
            this.values.resources[key] = (container['resources'] as object | undefined) ?? {};
            this.#image(String(container['image']));
            return { ...container, resources: this.holes.optional(indexed('resources', key)) };
          }),
        ]),
      ),
    };
  }

  #image(image: string): void {
    const { images } = this.values;
    if (image.includes('{{') || Object.values(images).includes(image)) return;
    const base = /(?<![^/:@])([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1] ?? 'image';
    let key = base;
    for (let count = 2; Object.hasOwn(images, key); count++) key = `${base}-${count}`;
    images[key] = image;
  }

  #claim(claim: Mapping, workload: string): Mapping {
    const spec = claim['spec'] as Mapping;
    const { storageClassName, ...others } = spec;
    this.values.storageClass[workload] = (storageClassName as string | undefined) ?? '';
    return {
      ...claim,
      spec: { ...others, storageClassName: this.holes.optional(indexed('storageClass', workload)) },
    };
  }

  /** A value in which references to Secrets of the user have their names from the values. */
  #secretNames(value: unknown, field?: string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#secretNames(item, field));
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        typeof inner === 'string' && this.existing.has(inner) && isSecretNameKey(field, key)
          ? this.#secretName(inner)
          : this.#secretNames(inner, key),
      ]),
    );
  }

  #secretName(name: string): string {
    this.values.secrets[name] = name;
    return `{{ ${indexed('secrets', name)} }}`;
  }
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapStrings(inner, change)]));
}
