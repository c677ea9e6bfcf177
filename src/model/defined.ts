import { setOwn } from '../document/source-node';

/** A mapping whose undefined values have been left out: their keys are optional and never undefined. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of a mapping without the keys whose value is undefined, as optional properties demand. */
export function defined<T extends object>(mapping: T): Defined<T> {
  const copy: Record<string, unknown> = {};
  // Without pairs: it is called for most sections of each cluster.
  for (const name of Object.keys(mapping)) {
    const value: unknown = mapping[name as keyof T];
    if (value !== undefined) setOwn(copy, name, value);
  }
  return copy as Defined<T>;
}
