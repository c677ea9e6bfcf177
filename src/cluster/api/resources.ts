import { ApiRefusal, type KubernetesApi } from './kubernetes-api';
import { groupKindOf, keyOf, type GroupKind, type KubernetesObject } from './objects';

/** How an API server serves a kind. */
export interface Resource {
  readonly kind: string;
  readonly apiVersion: string;
  /** `deployments` */
  readonly plural: string;
  readonly namespaced: boolean;
}

export const NAMESPACES: Resource = {
  apiVersion: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
};

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

interface ObjectList {
  readonly items?: readonly Partial<KubernetesObject>[] | null;
  readonly metadata?: { readonly continue?: string };
}

/** Largest number of objects in one answer; Secrets of Helm have a megabyte each. */
const PAGE = 500;

/** What an API server has, by kind. Each version of a group, and each kind of a namespace, is asked for once. */
export class Resources {
  readonly #groups = new Map<string, Promise<readonly Resource[]>>();

  constructor(readonly api: KubernetesApi) {}

  /** How it serves the kind of an object; undefined where it knows no such kind. */
  async of({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Promise<Resource | undefined> {
    let group = this.#groups.get(apiVersion);
    if (group === undefined) {
      group = this.#discover(apiVersion);
      this.#groups.set(apiVersion, group);
    }
    return (await group).find((resource) => resource.kind === kind);
  }

  /** Every object of a kind in a namespace; with `selector` those with the label. */
  async list(resource: Resource, namespace: string, selector?: string): Promise<KubernetesObject[]> {
    const found: KubernetesObject[] = [];
    let next: string | undefined;
    do {
      const list: ObjectList = await this.api.request(pathOf(resource, namespace), {
        query: { limit: String(PAGE), continue: next, labelSelector: selector },
      });
      const { apiVersion, kind } = resource;
      for (const item of list.items ?? []) found.push({ ...item, apiVersion, kind } as KubernetesObject);
      next = list.metadata?.continue === '' ? undefined : list.metadata?.continue;
    } while (next !== undefined);
    return found;
  }

  /** An object; undefined where there is none. */
  async get(resource: Resource, namespace: string, name: string): Promise<KubernetesObject | undefined> {
    return orNotFound(this.api.request<KubernetesObject>(pathOf(resource, namespace, name)));
  }

  async #discover(apiVersion: string): Promise<readonly Resource[]> {
    const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const list = await orNotFound(this.api.request<ResourceList>(path));
    return (list?.resources ?? [])
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced }) => ({ kind, apiVersion, plural: name, namespaced }));
  }
}

/** The path of a kind, or of one object of it. */
export function pathOf({ apiVersion, plural, namespaced }: Resource, namespace: string, name?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const inside = namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${inside}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** What is asked for, or undefined where the API server says that it is not there. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return undefined;
    throw error;
  }
}

/** Objects by what tells them apart. */
export function byKey(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  return new Map(objects.map((object) => [keyOf(object), object]));
}

/** One object of each kind. */
export function kindsOf(objects: readonly KubernetesObject[]): Map<GroupKind, KubernetesObject> {
  return new Map(objects.map((object) => [groupKindOf(object), object]));
}
