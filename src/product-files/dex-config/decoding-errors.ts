import { cannotUnmarshal } from '../../forms/go-json';
import type { JsonKind } from '../../forms/kinds';
import { dexTraits, type DexFlag } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import type { ServerSchema } from './server-schema';

const GO_TYPES: Readonly<Record<string, string>> = { boolean: 'bool', string: 'string', integer: 'int' };

/** The greatest port, which is that of Go's `uint16`. */
const PORT_LIMIT = 65_535;

/** Values that Go decodes by a type's own decoder, in which Dexes, and the error that it ends with. */
const OWN_DECODERS: Readonly<Record<string, { readonly flag: DexFlag; readonly error: string }>> = {
  'logger.level': { flag: 'logsWithSlog', error: 'error unmarshaling JSON: invalid syntax' },
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

/** What Dex says about a value of the wrong kind; `place` has `[]` for positions in lists. */
export function wrongKindError(found: JsonKind, schema: ServerSchema, place: string, target: Target): string {
  const traits = dexTraits(target);
  const own = OWN_DECODERS[place];
  if (own !== undefined && traits[own.flag]) return own.error;
  if (place.endsWith('.config') && traits.expandsDecodedStrings)
    return `error unmarshaling JSON: … unmarshal config for env expansion: ${cannotUnmarshal({ found, type: '…' })}`;
  if (WHOLE_SECTIONS.has(place)) return `error unmarshaling JSON: … ${cannotUnmarshal({ found, type: '…' })}`;
  const go = schema.maximum === PORT_LIMIT ? 'uint16' : GO_TYPES[schema.type ?? ''];
  const field = /[.[]/.test(place) ? '…' : `Config.${place}`;
  return `error unmarshaling JSON: … ${cannotUnmarshal({ found, field, type: go })}`;
}
