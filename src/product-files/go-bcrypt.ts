/** What Dex does with a password hash. Nothing of the hash is quoted. */
export interface HashExamination {
  /** Why Dex does not start with it: the error of Go's `bcrypt.Cost`. */
  readonly refused?: string;
  /** Why Dex starts, and no password ever fits. */
  readonly failing?: string;
}

/** The bytes that the prefix, the cost, the salt and the hash take at least; Go's bcrypt looks at no byte behind them. */
const SHORTEST = 59;
const SALT_LENGTH = 22;
const HASH_LENGTH = 31;

/** Costs that Go's bcrypt takes, and those that Dex takes at login. */
const COSTS = { least: 4, most: 31 };
const DEX_COSTS = { least: 10, most: 16, recommended: 12 };

/**
 * Examines a `hash` of a static password the way Dex does: the text is a bcrypt hash, else base64 of one. Go takes any minor
 * version (`$2z$`), a version below 2, and whatever follows the hash, such as a line break.
 */
export function examineHash(text: string): HashExamination {
  const written = Buffer.from(text, 'utf8');
  const refused = costError(written);
  if (refused === undefined) return examine(written);
  const decoded = decodeBase64(text);
  if (decoded === undefined) return { refused };
  const decodedError = costError(decoded);
  return decodedError === undefined ? examine(decoded) : { refused: decodedError };
}

/** Go's `bcrypt.Cost`. */
function costError(bytes: Buffer): string | undefined {
  if (bytes.length < SHORTEST) return 'crypto/bcrypt: hashedSecret too short to be a bcrypted password';
  const text = bytes.toString('latin1');
  if (!text.startsWith('$'))
    return "crypto/bcrypt: bcrypt hashes must start with '$', but hashedSecret started with …";
  if (text.charAt(1) > '2')
    return "crypto/bcrypt: bcrypt algorithm version … requested is newer than current version '2'";
  const cost = costOf(text);
  if (cost === undefined) return 'strconv.Atoi: parsing …: invalid syntax';
  return cost < COSTS.least || cost > COSTS.most
    ? `crypto/bcrypt: cost ${cost} is outside allowed …`
    : undefined;
}

function examine(bytes: Buffer): HashExamination {
  const text = bytes.toString('latin1');
  const cost = costOf(text) ?? 0;
  if (cost < DEX_COSTS.least)
    return {
      failing: `\`given hash cost = ${cost} does not meet minimum cost requirement = ${DEX_COSTS.least}\``,
    };
  if (cost > DEX_COSTS.most)
    return {
      failing: `\`given hash cost = ${cost} is above upper bound cost = ${DEX_COSTS.most}, recommended cost = ${DEX_COSTS.recommended}\``,
    };
  const rest = text.slice(behindVersion(text) + 3);
  const known = rest.slice(0, SALT_LENGTH + HASH_LENGTH);
  const isWhole = known.length === SALT_LENGTH + HASH_LENGTH && /^[./A-Za-z0-9]*$/.test(known);
  return isWhole ? {} : { failing: 'it is not a whole bcrypt hash, and Dex says that the password is wrong' };
}

function costOf(text: string): number | undefined {
  const at = behindVersion(text);
  const digits = text.slice(at, at + 2);
  return /^([-+]\d|\d\d)$/.test(digits) ? Number(digits) : undefined;
}

/** Where the cost begins: `$2$` has no minor version. */
function behindVersion(text: string): number {
  return text.charAt(2) === '$' ? 3 : 4;
}

/** Go's `base64.StdEncoding`: padded, with line breaks anywhere. */
function decodeBase64(text: string): Buffer | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  const isBase64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain);
  return isBase64 ? Buffer.from(plain, 'base64') : undefined;
}
