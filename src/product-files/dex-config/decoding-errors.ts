import type { JsonKind } from '../../connectors/decoding-errors';
import { minorOf, type Target } from '../../connectors/target';
import type { ServerSchema } from './server-schema';

const GO_TYPES: Readonly<Record<string, string>> = { boolean: 'bool', string: 'string', integer: 'int' };

/** The greatest port, which is that of Go's `uint16`. */
const PORT_LIMIT = 65_535;

/** Values that Go decodes by a type's own decoder, and the error that it ends with. */
const OWN_DECODERS: Readonly<Record<string, { readonly since: number; readonly error: string }>> = {
  'logger.level': { since: 40, error: 'error unmarshaling JSON: invalid syntax' },
};

/** Sections that Dex decodes itself: the error names the value, not a field. */
const WHOLE_SECTIONS: ReadonlySet<string> = new Set([
  '',
  'storage',
  'storage.config',
  'signer',
  'signer.config',
  'staticPasswords[]',
]);

/** From here on variables are put in before a `config` is decoded, which wants a mapping. */
const EXPANDED_APART_SINCE = 42;

/** What Dex says about a value of the wrong kind; `place` has `[]` for positions in lists. */
export function wrongKindError(found: JsonKind, schema: ServerSchema, place: string, target: Target): string {
  const own = OWN_DECODERS[place];
  if (own !== undefined && minorOf(target) >= own.since) return own.error;
  if (place.endsWith('.config') && minorOf(target) >= EXPANDED_APART_SINCE)
    return `error unmarshaling JSON: … unmarshal config for env expansion: json: cannot unmarshal ${found} into Go value of type …`;
  if (WHOLE_SECTIONS.has(place))
    return `error unmarshaling JSON: … json: cannot unmarshal ${found} into Go value of type …`;
  const go = schema.maximum === PORT_LIMIT ? 'uint16' : GO_TYPES[schema.type ?? ''];
  const field = /[.[]/.test(place) ? '…' : `Config.${place}`;
  return `error unmarshaling JSON: … json: cannot unmarshal ${found} into Go struct field ${field}${go ? ` of type ${go}` : ''}`;
}
