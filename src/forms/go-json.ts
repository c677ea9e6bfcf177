/** A value that Go's decoder of JSON cannot put where it belongs. */
export interface Misfit {
  /** What was found: a kind, or `number` and the number. */
  readonly found: string;
  /** The field that it is for, with its struct, such as `Config.issuer`; without one the value stands for itself. */
  readonly field?: string;
  /** Go's type of the field or of the value, where its name is known. */
  readonly type?: string | undefined;
}

/** What Go's `encoding/json` says about a value of the wrong kind. */
export function cannotUnmarshal({ found, field, type }: Misfit): string {
  const place = field === undefined ? 'Go value' : `Go struct field ${field}`;
  return `json: cannot unmarshal ${found} into ${place}${type === undefined ? '' : ` of type ${type}`}`;
}
