import { boolCoreTag, floatCoreTag, intCoreTag, NOT_RESOLVED, nullCoreTag } from 'js-yaml';

/** What a scalar of YAML may be; numbers beyond those of JSON, such as `.inf`, are numbers too. */
export type Scalar = string | number | boolean | null;

const CORE_TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** The first characters of plain strings that may be something else: numbers, booleans, null. */
const FIRST_CHARACTERS: ReadonlySet<string> = new Set([...'0123456789+-.tTfFnN~', '']);

/** The value of a scalar without quotes and tag, as the core schema of YAML 1.2 has it. */
export function plainValue(text: string): Scalar {
  if (!FIRST_CHARACTERS.has(text.charAt(0))) return text;
  for (const tag of CORE_TAGS) {
    const value = tag.resolve(text, false, tag.tagName) as Scalar | typeof NOT_RESOLVED;
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

/** The value of a scalar with a tag; undefined for a tag that it cannot have. */
export function taggedValue(text: string, tag: string): Scalar | undefined {
  if (tag === '!' || standardTag(tag) === 'str') return text;
  const core = CORE_TAGS.find(({ tagName }) => tagName === `${STANDARD_PREFIX}${standardTag(tag)}`);
  const value = core?.resolve(text, true, core.tagName) as Scalar | typeof NOT_RESOLVED | undefined;
  return value === NOT_RESOLVED ? undefined : value;
}

const STANDARD_PREFIX = 'tag:yaml.org,2002:';

/** `str` for `!!str` and `!<tag:yaml.org,2002:str>`; undefined for tags that are not YAML's own. */
export function standardTag(tag: string): string | undefined {
  return /^(?:!!|!<tag:yaml\.org,2002:)(\w+)>?$/.exec(tag)?.[1];
}
