import { structuredPatch } from 'diff';
import { maskAssignments } from '../../document/mask-text';
import { isSecretName } from '../../document/secret-names';
import type { KubernetesObject } from '../api/objects';
import { pathText, type FieldChange } from './fields';
import type { KnownSecrets } from './known-secrets';

/** A field that changes, as it may be shown. */
export interface ShownField {
  /** `spec.template.spec.containers[name=pachd].image` */
  readonly path: string;
  /** Values as text; missing where there is none, and for secrets. */
  readonly before?: string;
  readonly after?: string;
  /** In place of both, for text of several lines: lines that begin with a space, `+` or `-`. */
  readonly lines?: readonly string[];
  /** What happens to a secret, whose values are never shown. */
  readonly secret?: 'added' | 'changed' | 'removed';
}

/** Lines of text shown around lines that change. */
const CONTEXT = 2;

/** The fields of an object that change, without its secrets. */
export function shownFields(
  object: Pick<KubernetesObject, 'kind'>,
  fields: readonly FieldChange[],
  secrets: KnownSecrets,
): ShownField[] {
  return fields
    .flatMap((field) => spreadSecret(object.kind, field))
    .map((field) => shownField(object.kind, field, secrets));
}

/** A mapping of secrets that comes or goes as a whole, key by key. */
function spreadSecret(kind: string, { path, before, after }: FieldChange): FieldChange[] {
  const value = before ?? after;
  if (kind !== 'Secret' || path.length !== 1 || !DATA.has(path[0] ?? '') || typeof value !== 'object')
    return [{ path, before, after }];
  return Object.keys(value as object).map((key) => ({
    path: [...path, key],
    ...(before === undefined ? {} : { before: '' }),
    ...(after === undefined ? {} : { after: '' }),
  }));
}

const DATA = new Set(['data', 'stringData']);

function shownField(kind: string, { path, before, after }: FieldChange, secrets: KnownSecrets): ShownField {
  const text = pathText(path);
  if (isSecretField(kind, path))
    return {
      path: text,
      secret: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    };
  const [old, wanted] = [before, after].map((value) =>
    value === undefined ? undefined : shownValue(value, secrets),
  );
  if (old !== undefined && wanted !== undefined && (old.includes('\n') || wanted.includes('\n')))
    return { path: text, lines: changedLines(old, wanted) };
  return {
    path: text,
    ...(old === undefined ? {} : { before: old }),
    ...(wanted === undefined ? {} : { after: wanted }),
  };
}

/** Whether a field is one of a Secret, or has a name that says so. */
function isSecretField(kind: string, path: readonly string[]): boolean {
  if (kind === 'Secret') return DATA.has(path[0] ?? '');
  const last = path.at(-1) ?? '';
  const owner = path.at(-2) ?? '';
  if (owner === 'data' || owner === 'annotations') return isSecretName(last);
  const [, variable] = /^\[name=(.+)\]$/.exec(owner) ?? [];
  return last === 'value' && variable !== undefined && isSecretName(variable);
}

function shownValue(value: unknown, secrets: KnownSecrets): string {
  if (typeof value === 'string') return secrets.hide(maskAssignments(value));
  return secrets.hide(JSON.stringify(withoutSecretValues(value)));
}

/** Variables with secret-sounding names, wherever they are, without their values. */
function withoutSecretValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretValues);
  if (typeof value !== 'object' || value === null) return value;
  const { name } = value as { name?: unknown };
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const isSecret = key === 'value' && typeof name === 'string' && isSecretName(name);
      if (
        isSecret ||
        (typeof inner === 'string' && isSecretName(key) && key !== 'secretName' && key !== 'key')
      )
        return [key, '***'];
      return [key, withoutSecretValues(inner)];
    }),
  );
}

function changedLines(before: string, after: string): string[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: CONTEXT });
  return hunks.flatMap(({ lines }, index) => [
    ...(index === 0 ? [] : [' …']),
    ...lines.filter((line) => !line.startsWith('\\')),
  ]);
}
