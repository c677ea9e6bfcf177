import { oneOf } from '../diagnostics/suggest';
import { isByte, isWholeNumber, jsonKind, kindHint, typeName, type JsonKind } from '../forms/kinds';
import { base64Error, byteError, decodingError } from './decoding-errors';
import type { ConnectorFinding } from './finding';
import type { IntegerFacts, KeyFacts, ObjectFacts, StringFacts, ValueFacts } from './key-facts';
import { secretReferenceForms, secretReferenceProblem } from './secret-reference';
import { ANY_POSITION, placeText } from './key-path';
import { patternOf } from './pattern';
import { goUrlError } from './go-url';
import { filterError, isTooDeep } from './ldap-filter';
import { productOf, type Target } from '../releases/target';
import { ANY_REFERENCE, patternAt, WHOLE_REFERENCE } from './variable-reference';
import { withoutSlash } from '../forms/without-slash';

/** What the checks of one configuration need. */
export interface ConfigCheck {
  readonly target: Target;
  /** The Go type that the whole configuration is decoded into. */
  readonly goType: string;
  /** It stands in a document of ours, where secrets may be mappings; else in a file that Dex reads as it is. */
  readonly isDocument: boolean;
  readonly report: (finding: ConnectorFinding) => void;
  readonly checkMapping: (value: object, facts: ObjectFacts, place: ValuePlace) => void;
}

/** Where a value is, and what may be said of it. Only findings need paths, so they are put together when they are asked for. */
export class ValuePlace {
  constructor(
    readonly check: ConfigCheck,
    /** The facts about the key that the value belongs to. */
    private readonly facts?: KeyFacts,
    /** What the value is in; the config is in nothing. */
    private readonly around?: ValuePlace,
    /** The key or the position there, as it is written. */
    private readonly step: string | number = '',
    /** The same in Dex's spelling, `ANY_POSITION` for positions in lists; missing for keys that are the user's own. */
    readonly key?: string,
  ) {}

  /** As it is written, from `config` on. */
  get path(): readonly (string | number)[] {
    return this.around ? [...this.around.path, this.step] : [];
  }

  /** The keys on the way in Dex's spelling, with `ANY_POSITION` for positions in lists. */
  get keys(): readonly string[] {
    if (!this.around) return [];
    return this.key === undefined ? this.around.keys : [...this.around.keys, this.key];
  }

  /** What happens with a value of the wrong form. */
  get effect(): string | undefined {
    return this.facts?.wrongEffect;
  }

  /** A value of the right form. */
  get example(): string | undefined {
    return this.facts?.example;
  }

  /** The place of what is at a key or a position in the value. */
  inside(step: string | number, key?: string, facts = this.facts): ValuePlace {
    return new ValuePlace(this.check, facts, this, step, key);
  }
}

type Kind = ValueFacts['kind'];

const JSON_KINDS: Readonly<Record<Kind, JsonKind>> = {
  string: 'string',
  base64: 'string',
  secret: 'string',
  boolean: 'bool',
  integer: 'number',
  list: 'array',
  map: 'object',
  object: 'object',
};

const AS_BASE64 = 'write what `base64 -w0 FILE.pem` prints';

/** Whether Dex can decode a value of this kind into the key. */
export function hasRightKind(value: unknown, { kind }: ValueFacts, isDocument: boolean): boolean {
  const found = jsonKind(value);
  return found === JSON_KINDS[kind] || (kind === 'secret' && found === 'object' && isDocument);
}

/** Checks a value other than null, and everything in it. */
export function checkValue(value: unknown, facts: ValueFacts, place: ValuePlace): void {
  if (facts.kind === 'base64' && Array.isArray(value) && !place.check.isDocument)
    return checkBytes(value, place);
  if (!hasRightKind(value, facts, place.check.isDocument)) return wrongKind(value, facts, place);
  switch (facts.kind) {
    case 'object':
      return place.check.checkMapping(value as object, facts, place);
    case 'list':
      return checkList(value as unknown[], facts.items, place);
    case 'map':
      return checkMap(value as object, facts.values, place);
    case 'secret':
      return checkSecret(value as string | object, place);
    case 'integer':
      return checkInteger(value as number, facts, place);
    case 'string':
    case 'base64':
      return checkText(value as string, facts, place);
    case 'boolean':
  }
}

/** A list where base64 belongs. */
function checkBytes(items: readonly unknown[], place: ValuePlace): void {
  const wrong = items.find((item) => !isByte(item));
  if (wrong === undefined) return;
  const error = byteError(place.check.target, place.check.goType, withoutPositions(place.keys), wrong);
  wrongForm(place, `it must be base64 of PEM text, not a list: \`${error}\``, AS_BASE64);
}

function checkList(items: readonly unknown[], facts: ValueFacts, place: ValuePlace): void {
  items.forEach((item, index) => checkItem(item, facts, place.inside(index, ANY_POSITION)));
}

function checkMap(map: object, facts: ValueFacts, place: ValuePlace): void {
  for (const [key, item] of Object.entries(map)) checkItem(item, facts, place.inside(key));
}

/** An item may be null, which Go takes for an empty one. */
function checkItem(item: unknown, facts: ValueFacts, place: ValuePlace): void {
  if (item !== null && item !== undefined) checkValue(item, facts, place);
  else if (facts.kind === 'object') checkValue({}, facts, place);
}

function checkSecret(value: string | object, place: ValuePlace): void {
  const forms = secretReferenceForms.join(', ');
  if (value === '') {
    const wanted = place.check.isDocument ? `where it comes from (one of ${forms})` : 'the secret';
    wrongForm(place, 'it is empty', `write ${wanted}, or leave the key out`);
    return;
  }
  const problem = typeof value === 'string' ? undefined : secretReferenceProblem(value);
  if (problem === undefined) return;
  wrongForm(
    place,
    `a secret is a string or a mapping with exactly one of ${forms}, and ${problem}`,
    'write for example `{ env: NAME_OF_THE_VARIABLE }`',
  );
}

function checkInteger(value: number, facts: IntegerFacts, place: ValuePlace): void {
  if (isWholeNumber(value, facts)) return;
  wrongForm(place, `${value} is not a whole number from ${facts.minimum} on`, 'write a whole number');
}

/** The keys of ldap that hold filters, which Dex puts together with the comparison that it makes itself. */
const FILTERS = ['userSearch.filter', 'groupSearch.filter'];

/** What go-ldap says to a filter, in the form in which Dex searches with it. */
function checkFilter(text: string, place: ValuePlace): void {
  // The Dex inside Pachyderm expands no environment variables.
  const isVariable = productOf(place.check.target) === 'dex' && WHOLE_REFERENCE.test(text);
  if (isVariable || isFilledIn(text, place)) return;
  if (isTooDeep(text)) {
    wrongForm(
      place,
      'directories refuse filters with more than 1,000 parentheses open at once',
      missingParentheses(text) === 0 ? 'write it with fewer conditions inside one another' : filterHint(text),
    );
    return;
  }
  const error = filterError(`(&${text}(uid=ada))`);
  if (error === undefined) {
    // Without its last parenthesis `(a=b` takes in the name that Dex looks for: `(a=b(uid=ada)`.
    if (missingParentheses(text) > 0 && filterError(text) !== undefined)
      wrongForm(place, 'it takes in what Dex adds to it, and no entry is ever found', filterHint(text));
    return;
  }
  wrongForm(
    place,
    `every login fails: \`LDAP Result Code 201 "Filter Compile Error": ${error}\``,
    filterHint(text),
  );
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}

function missingParentheses(text: string): number {
  return countOf(text, '(') - countOf(text, ')');
}

function filterHint(text: string): string {
  const missing = missingParentheses(text);
  if (!text.startsWith('(')) return 'write it in parentheses, such as `(objectClass=person)`';
  if (missing === 0)
    return 'write a filter such as `(&(objectClass=person)(memberOf=cn=data,dc=acme,dc=com))`; a backslash has two hexadecimal digits behind it';
  return `${missing > 0 ? 'close' : 'remove'} ${Math.abs(missing) === 1 ? 'a parenthesis' : `${Math.abs(missing)} parentheses`}: it has ${countOf(text, '(')} opening and ${countOf(text, ')')} closing`;
}

function checkText(text: string, facts: StringFacts, place: ValuePlace): void {
  if (place.key === 'filter' && FILTERS.includes(place.keys.join('.'))) {
    checkFilter(text, place);
    return;
  }
  if (facts.values !== undefined) {
    if (!facts.values.includes(text) && !isFilledIn(text, place)) unknownText(text, facts.values, place);
  } else if (facts.pattern !== undefined) {
    const pattern = patternOf(patternAt(facts.pattern, place.check.target));
    if (pattern.test(text)) {
      checkUrl(text, place);
      return;
    }
    const problem = place.effect ?? 'it has the wrong form';
    const shorter = withoutSlash(text);
    const trimmed = text.trim();
    if (facts.kind === 'base64') notBase64(text, place);
    else if (trimmed !== text && trimmed !== '' && pattern.test(trimmed))
      wrongForm(place, `there are blanks around it, and ${problem}`, 'remove the blanks', {
        replaceWith: trimmed,
      });
    else if (shorter !== '' && pattern.test(shorter))
      wrongForm(place, problem, 'remove the slash at its end', { replaceWith: shorter });
    else {
      const found = partOfUrl(text, place).find((part) => part !== '' && pattern.test(part));
      wrongForm(place, problem, found === undefined ? exampleHint(place) : `write \`${found}\``);
    }
  }
}

function exampleHint({ example }: ValuePlace): string | undefined {
  return example && `write for example \`${example}\``;
}

/** What a URL has of what was meant, where no URL belongs: the directory of a tenant, a host with its port, a host. */
function partOfUrl(text: string, { key }: ValuePlace): readonly string[] {
  const [, rest = ''] = /^[a-z]+:\/\/([^?#]*)/i.exec(text) ?? [];
  const [authority = '', path = ''] = rest.slice(rest.lastIndexOf('@') + 1).split('/');
  if (authority === '') return [];
  return key === 'tenant' ? [path] : [authority, authority.replace(/:\d*$/, '')];
}

/** Keys with URLs that Dex itself asks; it hands the others on to browsers, or compares them, without parsing them. */
const ASKED_URLS: ReadonlySet<string | undefined> = new Set([
  'issuer',
  'baseURL',
  'keystoneHost',
  'apiURL',
  'graphURL',
  'tokenURL',
  'userInfoURL',
  'jwksURL',
]);

/** What Go says to a URL that has the right shape. */
function checkUrl(text: string, place: ValuePlace): void {
  if (!ASKED_URLS.has(place.key) || isFilledIn(text, place)) return;
  const error = goUrlError(text);
  if (error !== undefined)
    wrongForm(
      place,
      `Dex cannot ask it: \`parse "…": ${error}\``,
      error.includes('escape') ? 'write a percent sign in a URL as %25' : exampleHint(place),
    );
}

/** Whether Dex puts the value of a variable in, in a file of its own, so that no one knows the text. */
function isFilledIn(text: string, { check }: ValuePlace): boolean {
  return !check.isDocument && productOf(check.target) === 'dex' && ANY_REFERENCE.test(text);
}

function unknownText(text: string, values: readonly string[], place: ValuePlace): void {
  const known = values.filter((value) => value !== '');
  wrongForm(
    place,
    place.effect?.replace('{value}', text) ?? `"${text}" is not one of its values`,
    oneOf(text, known),
  );
}

function notBase64(text: string, place: ValuePlace): void {
  const isPem = text.includes('-----BEGIN');
  wrongForm(
    place,
    `it must be base64 of PEM text${isPem ? ', and is the PEM text itself' : ''}: \`${base64Error(place.check.target, text)}\``,
    AS_BASE64,
  );
}

function withoutPositions(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => key !== ANY_POSITION);
}

function wrongKind(value: unknown, facts: ValueFacts, place: ValuePlace): void {
  const found = jsonKind(value);
  const wanted = JSON_KINDS[facts.kind];
  const error = decodingError(
    place.check.target,
    place.check.goType,
    withoutPositions(place.keys),
    found,
    facts,
  );
  wrongForm(
    place,
    `it must be ${typeName(wanted)}, not ${typeName(found)}: \`${error}\``,
    facts.kind === 'object' && found !== 'array'
      ? mappingHint(facts)
      : kindHint(found, wanted, facts.kind === 'list' && facts.items.kind === 'string' ? value : undefined),
    takesMappings(facts) ? { lacksKey: true } : {},
  );
}

function mappingHint({ keys }: ObjectFacts): string {
  const names = Object.keys(keys);
  return names.length > 8 ? 'write a mapping' : `write a mapping; its keys: ${names.join(', ')}`;
}

function takesMappings(facts: ValueFacts): boolean {
  return facts.kind === 'list' ? takesMappings(facts.items) : JSON_KINDS[facts.kind] === 'object';
}

function wrongForm(
  place: ValuePlace,
  problem: string,
  hint: string | undefined,
  more: Partial<ConnectorFinding> = {},
): void {
  place.check.report({
    path: place.path,
    onKey: false,
    code: 'DEX103',
    about: 'value',
    severity: 'error',
    message: `${placeText(place.path)} cannot be used: ${problem}`,
    ...(hint !== undefined && { hint }),
    ...more,
  });
}
