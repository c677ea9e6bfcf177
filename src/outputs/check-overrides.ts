import { isDeepStrictEqual } from 'node:util';
import { JsonPatch } from 'cdk8s';
import { toJsonPatch } from '../constructs/overrides';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { Document } from '../document/document';
import { toPointer, placeAt, type PathStep, isAtOrUnder, fromPointer } from '../document/source-node';
import type { Cluster, Override, PatchOperation } from '../model/cluster';
import { brokenReferences, nameOfBroken, nameOfReference } from './check-references';
import { pointedAt } from './json-pointer';
import { formFaults, type FormFault } from './kubernetes-form';
import { clusterObjects, constructedObjects, type Manifest } from './objects';
import { referencesIn, type ReferredKind } from './references';
import { objectName } from './object-name';

/** Everything in which the overrides of a document hit nothing, or make something of an object that Kubernetes does not take. */
export function checkOverrides(document: Document, cluster: Cluster): Diagnostic[] {
  if (cluster.overrides.length === 0) return [];
  const check = new OverrideCheck(document, cluster);
  cluster.overrides.forEach((override, index) => check.apply(override, index));
  check.checkForms();
  if (check.diagnostics.length === 0) check.checkReferences();
  return check.diagnostics;
}

/** An object while overrides change it. */
interface Changing {
  manifest: Manifest;
  /** Faults that it has without them. */
  readonly before: ReadonlySet<string>;
  /** Operations that changed it: where they are in the document, and where in the object. */
  readonly operations: { readonly path: readonly PathStep[]; readonly steps: readonly string[] }[];
}

const IDENTITY = ['/apiVersion', '/kind', '/metadata/name', '/metadata/namespace'];

class OverrideCheck {
  readonly diagnostics: Diagnostic[] = [];
  readonly #objects: readonly Manifest[];
  /** In clear text, whatever form they are written in: their keys are what pods read. */
  readonly #secrets: readonly Manifest[];
  readonly #changing = new Map<string, Changing>();

  constructor(
    private readonly document: Document,
    cluster: Cluster,
  ) {
    const unchanged = { ...cluster, overrides: [] };
    this.#objects = clusterObjects(unchanged).map(({ manifest }) => manifest);
    this.#secrets = constructedObjects(unchanged)
      .map(({ manifest }) => manifest)
      .filter(({ kind }) => kind === 'Secret');
  }

  apply({ kind, name, patch }: Override, index: number): void {
    const changing = this.#object(kind, name, index);
    if (!changing) return;
    for (const [at, operation] of patch.entries()) {
      const path = ['overrides', index, 'patch', at];
      const problem = problemWith(operation, changing.manifest);
      if (problem) {
        this.#report(problem.code ?? 'OVR003', [...path, problem.key], problem.message, problem.hint);
        // What comes after it counts on it.
        return;
      }
      changing.manifest = JsonPatch.apply(
        structuredClone(changing.manifest),
        toJsonPatch(operation),
      ) as Manifest;
      changing.operations.push({ path: [...path, 'path'], steps: fromPointer(operation.path) });
    }
  }

  checkForms(): void {
    for (const { manifest, before, operations } of this.#changing.values()) {
      const [first] = operations;
      if (!first) continue;
      for (const fault of formFaults(manifest)) {
        if (before.has(textOf(fault))) continue;
        const cause = operations.findLast(({ steps }) => isRelated(steps, fault.steps)) ?? first;
        this.#report(
          'OVR005',
          cause.path,
          `${toPointer(fault.steps)} of ${manifest.kind} ${manifest.metadata.name} ${fault.message}; the API server refuses the object or drops the field`,
          'look the field up with kubectl explain',
        );
      }
    }
  }

  /** References that lead to nothing since an override: in the object that it changes, or in others to what it takes away. */
  checkReferences(): void {
    const changed = (object: Manifest): Manifest =>
      this.#changing.get(objectName(object))?.manifest ?? object;
    const before = new Set(brokenReferences(this.#objects, this.#secrets).map(nameOfBroken));
    const references = new Set(
      this.#objects.flatMap((object) => referencesIn(object).map((each) => nameOfReference(object, each))),
    );
    const now = brokenReferences(this.#objects.map(changed), this.#secrets.map(changed));
    for (const broken of now.filter((each) => !before.has(nameOfBroken(each)))) {
      const { object, reference, key, hint } = broken;
      const { kind, name } = reference;
      // What referred to it before lost it with what it refers to.
      const [where, steps] = references.has(nameOfReference(object, reference))
        ? [`${kind}/${name}`, key === undefined ? [] : ['data', key]]
        : [objectName(object), reference.steps];
      const operations = this.#changing.get(where)?.operations ?? [];
      const cause = operations.findLast((each) => isRelated(each.steps, steps)) ?? operations[0];
      if (!cause) continue;
      const what = `${object.kind} ${object.metadata.name}`;
      if (key === undefined)
        this.#report(
          'OVR007',
          cause.path,
          `${what} refers to ${kind} ${name}, which is not among the objects of the cluster: ${EFFECTS[kind]}`,
          hint,
          'warning',
        );
      else
        this.#report(
          'OVR006',
          cause.path,
          `${what} refers to ${key} of ${kind} ${name}, which has no such ${kind === 'Service' ? 'port' : 'key'}: ${EFFECTS[kind]}`,
          hint,
        );
    }
  }

  #object(kind: string, name: string, index: number): Changing | undefined {
    const key = `${kind}/${name}`;
    const known = this.#changing.get(key);
    if (known) return known;
    const manifest = this.#objects.find((each) => each.kind === kind && each.metadata.name === name);
    if (manifest) {
      const changing = { manifest, before: new Set(formFaults(manifest).map(textOf)), operations: [] };
      this.#changing.set(key, changing);
      return changing;
    }
    const names = this.#objects.filter((each) => each.kind === kind).map((each) => each.metadata.name);
    const kinds = [...new Set(this.#objects.map((each) => each.kind))];
    const [field, meant, all] = names.length > 0 ? ['name', name, names] : ['kind', kind, kinds];
    this.#report(
      'OVR002',
      ['overrides', index, field],
      names.length > 0
        ? `The cluster has no ${kind} ${name}, so the override changes nothing`
        : `The cluster has no object of kind ${kind}, so the override changes nothing`,
      didYouMean(meant, all) ?? `there are ${[...new Set(all)].sort().join(', ')}`,
    );
    return undefined;
  }

  #report(
    code: Diagnostic['code'],
    path: readonly PathStep[],
    message: string,
    hint: string,
    severity: Diagnostic['severity'] = 'error',
  ): void {
    this.diagnostics.push({
      code,
      severity,
      message,
      ...placeAt(this.document.root, path),
      hint,
    });
  }
}

/** What happens without the object that another refers to. */
const EFFECTS: Readonly<Record<ReferredKind, string>> = {
  Secret: 'its pods wait for it and do not start',
  ConfigMap: 'its pods wait for it and do not start',
  ServiceAccount: 'no pod is made until it is there',
  PersistentVolumeClaim: 'its pods are not scheduled until it is there',
  Service: 'nothing is reached by it',
  Role: 'it gives no rights until it is there',
};

interface Problem {
  readonly code?: 'OVR004';
  readonly key: 'path' | 'from' | 'value';
  readonly message: string;
  readonly hint: string;
}

/** Why an operation cannot be applied to an object. */
function problemWith({ op, path, from, value }: PatchOperation, object: Manifest): Problem | undefined {
  const here = `${object.kind} ${object.metadata.name}`;
  if (from !== undefined && (op === 'move' || op === 'copy') && !pointedAt(object, from).exists)
    return { key: 'from', message: `${here} has nothing at ${from}`, hint: hintFor(from, object) };
  const identity = [path, ...(op === 'move' && from !== undefined ? [from] : [])].find(changesIdentity);
  if (identity !== undefined && op !== 'test')
    return {
      code: 'OVR004',
      key: identity === path ? 'path' : 'from',
      message: `${identity} is what ${here} is found by; with another one it would be another object, and the old one would stay`,
      hint: 'leave it; namespace and names are those of the document',
    };
  const target = pointedAt(object, path);
  if (op === 'remove' || op === 'replace' || op === 'test') {
    if (!target.exists)
      return { key: 'path', message: `${here} has nothing at ${path} to ${op}`, hint: hintFor(path, object) };
    if (op === 'test' && !isDeepStrictEqual(target.value, value))
      return {
        key: 'value',
        message: `${here} has another value at ${path} than the test expects`,
        hint: 'look at what the release writes now, and at whether the override is still right',
      };
    return undefined;
  }
  return target.hasParent
    ? undefined
    : { key: 'path', message: `${here} has nothing that ${path} could be in`, hint: hintFor(path, object) };
}

function changesIdentity(path: string): boolean {
  return IDENTITY.some((identity) => isAtOrUnder(identity, path));
}

/** What is there as far as the pointer goes. */
function hintFor(pointer: string, object: Manifest): string {
  const steps = fromPointer(pointer);
  for (let length = steps.length - 1; length >= 0; length--) {
    const at = toPointer(steps.slice(0, length));
    const { exists, value } = length === 0 ? { exists: true, value: object } : pointedAt(object, at);
    if (!exists) continue;
    const keys = Array.isArray(value)
      ? value.map((_, index) => String(index))
      : Object.keys(typeof value === 'object' && value !== null ? value : {});
    const there = `${at === '' ? 'the object' : at} has ${keys.length === 0 ? 'nothing in it' : keys.join(', ')}`;
    return didYouMean(steps[length] ?? '', keys) ?? there;
  }
  return 'look at the object in the manifests';
}

function isRelated(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((step, index) => step === '-' || step === b[index]);
}

function textOf({ steps, message }: FormFault): string {
  return `${toPointer(steps)} ${message}`;
}
