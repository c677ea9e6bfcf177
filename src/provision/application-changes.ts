import { valueAt, type Mapping } from '../cluster/api/objects';
import { changedFields, type FieldChange, pathText } from '../cluster/compare/fields';
import type { KnownSecrets } from '../cluster/compare/known-secrets';
import { shownFields, type ShownField } from '../cluster/compare/shown-fields';
import { isMapping } from '../document/is-mapping';

/** What happens to one resource, as it may be shown. */
export interface ApplicationChange {
  readonly action: 'create' | 'update' | 'replace' | 'delete' | 'import';
  /** `auth0_client`. */
  readonly type: string;
  /** Its name in Terraform: `application`. */
  readonly name: string;
  readonly fields: readonly ShownField[];
}

/** What `terraform show -json` says of a plan, as far as it is looked at. */
export interface TerraformPlan {
  readonly resource_changes?: readonly ResourceChange[];
}

interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

/** What stands for a value that Auth0 makes. */
const UNKNOWN = '(known after apply)';

/** All that a plan does at Auth0, without secrets. What it only reads is left out. */
export function applicationChanges(plan: TerraformPlan, secrets: KnownSecrets): ApplicationChange[] {
  return (plan.resource_changes ?? []).flatMap((resource) => {
    const action = actionOf(resource);
    if (action === undefined) return [];
    const { type, name } = resource;
    const fields = action === 'create' || action === 'delete' ? [] : fieldsOf(resource, secrets);
    return [{ action, type, name, fields }];
  });
}

function actionOf({ mode, change }: ResourceChange): ApplicationChange['action'] | undefined {
  if (mode === 'data') return undefined;
  const { actions, importing } = change;
  if (actions.length === 2) return 'replace';
  const [action] = actions;
  if (action === 'create' || action === 'delete') return action;
  if (importing !== undefined && importing !== null) return 'import';
  return action === 'update' ? action : undefined;
}

function fieldsOf({ type, change }: ResourceChange, secrets: KnownSecrets): ShownField[] {
  const after = withUnknown(change.after, change.after_unknown);
  return changedFields(change.before, after).flatMap((field): ShownField[] => {
    const isSecret = [change.before_sensitive, change.after_sensitive].some((marks) =>
      isMarked(marks, field.path),
    );
    if (!isSecret) return shownFields({ kind: type }, [shortened(field)], secrets);
    return [{ path: pathText(field.path), secret: field.before === undefined ? 'added' : 'changed' }];
  });
}

/** Terraform says null for what is not set. */
function shortened({ path, before, after }: FieldChange): FieldChange {
  return {
    path,
    ...(before === undefined || before === null ? {} : { before }),
    ...(after === undefined || after === null ? {} : { after }),
  };
}

/** Values of which a plan knows only that they change. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown) && Array.isArray(value))
    return value.map((item, index) => withUnknown(item, unknown[index]));
  if (!isMapping(unknown)) return value;
  const own: Mapping = isMapping(value) ? value : {};
  const keys = new Set([...Object.keys(own), ...Object.keys(unknown)]);
  return Object.fromEntries([...keys].map((key) => [key, withUnknown(own[key], unknown[key])]));
}

/** Whether a value is marked as sensitive, itself or as a part. */
function isMarked(marks: unknown, path: readonly string[]): boolean {
  if (marks === true) return true;
  const [step, ...rest] = path;
  if (step === undefined) return hasMark(marks);
  const index = /^\[(\d+)\]$/.exec(step)?.[1];
  if (Array.isArray(marks)) {
    // Items that are known by a name are not told apart here.
    return index === undefined ? marks.some(hasMark) : isMarked(marks[Number(index)], rest);
  }
  return isMapping(marks) && isMarked(marks[step], rest);
}

function hasMark(marks: unknown): boolean {
  return (
    marks === true || (typeof marks === 'object' && marks !== null && Object.values(marks).some(hasMark))
  );
}

/** Callback URLs that a plan takes away from an application which stays. */
export function removedCallbacks({ resource_changes: changes = [] }: TerraformPlan): string[] {
  return changes
    .filter(({ type, change }) => type === 'auth0_client' && change.actions.join() === 'update')
    .flatMap(({ change }) => {
      const [before, after] = [change.before, change.after].map((state) => {
        const callbacks = valueAt(state, 'callbacks');
        return Array.isArray(callbacks) ? callbacks.filter((url) => typeof url === 'string') : [];
      }) as [string[], string[]];
      return before.filter((url) => !after.includes(url));
    });
}
