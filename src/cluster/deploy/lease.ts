import { setTimeout as sleep } from 'node:timers/promises';
import { ownIdentity, stateOf, type ProcessIdentity } from '../../files/process-identity';
import { ApiRefusal, type KubernetesApi } from '../api/kubernetes-api';
import type { KubernetesObject } from '../api/objects';
import { orNotFound } from '../api/resources';
import { ClusterFailure, interruption } from '../failure';

/** A Lease that is not renewed for so long belongs to a deploy that is gone, in seconds. */
const SECONDS = 15;

/** How often it is renewed, in milliseconds. */
const RENEW_MS = 5000;

/** How often a Lease is written that has another version than this process knows. */
const ATTEMPTS = 5;

/** Where the process that holds a Lease says which it is. */
const HOLDER = 'pachkit.dev/holder';

interface LeaseObject extends KubernetesObject {
  readonly spec: { readonly holderIdentity?: string; readonly renewTime?: string };
}

/** What a Lease is taken with. */
export interface LeaseRequest {
  readonly name: string;
  readonly namespace: string;
  readonly now: () => Date;
  /** Is told who holds it, when that has to be waited for. */
  readonly onWait: (holder: string) => void;
  /** Ends the wait for a holder. */
  readonly signal?: AbortSignal;
  /** How long a holder may take to renew it, in milliseconds. @default 15 seconds */
  readonly patience?: number;
  /** How often it is renewed, in milliseconds. @default 5 seconds */
  readonly renewal?: number;
}

/** The right to deploy a cluster, which one process has at a time. */
export class Lease {
  readonly #timer: NodeJS.Timeout;
  #renewal: Promise<void> = Promise.resolve();
  #current: LeaseObject;
  #lost = false;

  private constructor(
    private readonly api: KubernetesApi,
    private readonly path: string,
    current: LeaseObject,
    renewMs: number,
  ) {
    this.#current = current;
    this.#timer = setInterval(() => {
      this.#renewal = this.#renewal.then(() => this.#renew());
    }, renewMs);
    this.#timer.unref();
  }

  /**
   * Takes the Lease of a cluster. One that is held by a process of this machine that has gone is taken at once, one of
   * another machine when it has not been renewed for a while; `onWait` is told of that.
   */
  static async take(
    api: KubernetesApi,
    { name, namespace, now, onWait, signal, patience = SECONDS * 1000, renewal = RENEW_MS }: LeaseRequest,
  ): Promise<Lease> {
    const all = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
    const path = `${all}/${encodeURIComponent(name)}`;
    const wanted = leaseObject(name, namespace, now());
    let waited = false;
    for (;;) {
      const existing = await orNotFound(api.request<LeaseObject>(path));
      if (existing === undefined) {
        const created = await orTaken(api.request<LeaseObject>(all, { method: 'POST', body: wanted }));
        if (created) return new Lease(api, path, created, renewal);
        continue;
      }
      const isFree = (existing.spec.holderIdentity ?? '') === '' || isGone(existing);
      if (!isFree) {
        if (!waited) onWait(existing.spec.holderIdentity ?? '');
        waited = true;
        await sleep(patience, undefined, signal && { signal }).catch(() => undefined);
        if (signal?.aborted === true)
          throw interruption('nothing is changed', 'run it again when the other deploy is done');
        const later = await orNotFound(api.request<LeaseObject>(path));
        if (
          later !== undefined &&
          later.spec.renewTime !== existing.spec.renewTime &&
          later.spec.holderIdentity !== ''
        )
          throw held(later);
        if (later?.metadata.resourceVersion !== existing.metadata.resourceVersion) continue;
      }
      const body = { ...leaseObject(name, namespace, now()), metadata: withVersion(wanted, existing) };
      const taken = await orTaken(api.request<LeaseObject>(path, { method: 'PUT', body }));
      if (taken) return new Lease(api, path, taken, renewal);
    }
  }

  /** Whether another process has taken it meanwhile. */
  get isLost(): boolean {
    return this.#lost;
  }

  async release(): Promise<void> {
    await this.#stopRenewing();
    if (this.#lost) return;
    try {
      await this.#write({ holderIdentity: '' });
    } catch {
      // It runs out by itself.
    }
  }

  /** Gives it back, and leaves nothing of it: for a name that no one deploys under any more. */
  async remove(): Promise<void> {
    await this.#stopRenewing();
    if (!this.#lost)
      await orNotFound(this.api.request(this.path, { method: 'DELETE' })).catch(() => undefined);
  }

  /** A renewal that is under way would write the Lease anew after it was given back, or keep that from being written. */
  async #stopRenewing(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewal;
  }

  async #renew(): Promise<void> {
    try {
      this.#lost = !(await this.#write({ ...this.#current.spec, renewTime: microTime(new Date()) }));
    } catch {
      // The next attempt is soon enough.
    }
  }

  /** Returns whether it was written: not when another process has it. */
  async #write(spec: LeaseObject['spec']): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const body = { ...this.#current, spec };
      const written = await orTaken(this.api.request<LeaseObject>(this.path, { method: 'PUT', body }));
      if (written) {
        this.#current = written;
        return true;
      }
      // The answer to an earlier request may have been lost, so that the version here is not the last one of this process.
      const now = await orNotFound(this.api.request<LeaseObject>(this.path));
      if (now === undefined || !isOfOneHolder(now, this.#current)) return false;
      this.#current = now;
    }
    return false;
  }
}

function isOfOneHolder(one: LeaseObject, other: LeaseObject): boolean {
  const holderOf = ({ spec, metadata }: LeaseObject): string =>
    `${spec.holderIdentity ?? ''} ${metadata.annotations?.[HOLDER] ?? ''}`;
  return holderOf(one) === holderOf(other);
}

function leaseObject(name: string, namespace: string, now: Date): LeaseObject {
  const identity = ownIdentity();
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, annotations: { [HOLDER]: JSON.stringify(identity) } },
    spec: {
      holderIdentity: `process ${identity.pid} on ${identity.host}`,
      renewTime: microTime(now),
      ...{ leaseDurationSeconds: SECONDS, acquireTime: microTime(now) },
    },
  };
}

function withVersion(wanted: LeaseObject, { metadata }: LeaseObject): LeaseObject['metadata'] {
  return {
    ...wanted.metadata,
    ...(metadata.resourceVersion === undefined ? {} : { resourceVersion: metadata.resourceVersion }),
  };
}

/** Kubernetes wants microseconds. */
function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

/** Whether the process that holds a Lease is known to have ended. */
function isGone({ metadata }: LeaseObject): boolean {
  try {
    return stateOf(JSON.parse(metadata.annotations?.[HOLDER] ?? '') as ProcessIdentity) === 'gone';
  } catch {
    return false;
  }
}

/** Undefined when another process was faster. */
async function orTaken<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 409) return undefined;
    throw error;
  }
}

function held({ spec, metadata }: LeaseObject): ClusterFailure {
  return new ClusterFailure(
    'CLU009',
    `Another deploy of this cluster is under way: ${spec.holderIdentity} renews the Lease ${metadata.name}`,
    'wait until it is done, or stop it; one that has been killed is taken over by itself',
  );
}
