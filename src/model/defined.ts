/** A mapping whose undefined values have been left out: their keys are optional and never undefined. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of a mapping without the keys whose value is undefined, as optional properties demand. */
export function defined<T extends object>(mapping: T): Defined<T> {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== undefined)) as Defined<T>;
}
