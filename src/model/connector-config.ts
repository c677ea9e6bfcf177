import { compare } from '../diagnostics/diagnostic';
import type { JsonValue, PathStep } from '../document/source-node';
import type { ConfigMapping, ConfigValue } from './cluster';
import { ReferredSecret, Secret, type LiteralSecret } from './secret';

/**
 * A connector's configuration with its secrets in clear text and its keys in a fixed order. For writing only. Secrets that
 * are in the cluster already have no string here and are left out.
 */
export function revealConfig(config: ConfigMapping): { [key: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(config)
      .filter(([, value]) => !(value instanceof ReferredSecret))
      .sort(([a], [b]) => compare(a, b))
      .map(([key, value]) => [key, reveal(value)]),
  );
}

function reveal(value: ConfigValue): JsonValue {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map((item) => reveal(item as ConfigValue));
  if (value !== null && typeof value === 'object') return revealConfig(value as ConfigMapping);
  return value;
}

/** Every secret in a connector's configuration whose text is known, and where it is there. */
export function secretsWithin(
  value: ConfigValue,
  steps: readonly PathStep[] = [],
): readonly { readonly steps: readonly PathStep[]; readonly reference: LiteralSecret }[] {
  const found: { readonly steps: readonly PathStep[]; readonly reference: LiteralSecret }[] = [];
  const here = [...steps];
  const visit = (inner: ConfigValue): void => {
    if (inner === null || typeof inner !== 'object' || inner instanceof ReferredSecret) return;
    if (inner instanceof Secret) {
      found.push({ steps: [...here], reference: { kind: 'literal', value: inner } });
      return;
    }
    if (Array.isArray(inner)) inner.forEach(enter);
    else Object.keys(inner).forEach((key) => enter((inner as ConfigMapping)[key] as ConfigValue, key));
  };
  const enter = (inner: ConfigValue, step: PathStep): void => {
    here.push(step);
    visit(inner);
    here.pop();
  };
  visit(value);
  return found;
}
