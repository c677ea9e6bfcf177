import { distance } from 'fastest-levenshtein';

/** Words in the names of fields that hold secrets, in documents of ours and of Dex, Pachyderm and Terraform. */
const SECRET_NAME =
  /secret|token|passw|passphrase|passcode|pass$|pwd|pws?$|bindp$|license|licence|credential|seed|hash|deploymentID|authorization|bearer|cookie|webhook|signature|conn(ection)?_?str|(^|[a-z_-])keys?$|(^|[a-z_-])(dsn|jwt|sas|otp|pin)$/i;

/** In the names of environment variables, which are in capitals, these are words; elsewhere they are parts of others. */
const SECRET_VARIABLE = /(^|_)(PAT|AUTH|CREDS?|SALT|DSN|JWT|SAS|PSK|KEYS?)(_|$)/;

/** Names that contain such a word and hold no secret: names of Secrets, keys of claims, lifetimes, choices. */
const HARMLESS_NAME = new RegExp(
  `(${[
    'secretName',
    'secretEnv',
    'secretsFrom',
    'secretFrom',
    'secretVersion',
    'secret_suffix',
    'pullSecrets',
    'authorizationServer',
    'tokenURL',
    'tokenExpiry',
    'tokenLifetime',
    'keyFile',
    'groupsKey',
    'emailKey',
    'userNameKey',
    'userIDKey',
    'preferredUsernameKey',
    'emailVerifiedKey',
    'kms_encryption_key',
    'idTokens',
    'refreshTokens',
    'passwordConnector',
    'passwordDB',
    'passwordPolicy',
    'fallbackToPassword',
    'staticPasswords',
    'credentialsClaims',
    'credentials_validation',
    'hashFromEnv',
    'license-identifier',
    'publicKeys?',
    'topologyKey',
    'requiredDropKeys?',
  ].join('|')})$`,
  'i',
);

/** A misspelt name may have a word that is nearly one of these. */
const SECRET_WORDS = ['secret', 'token', 'password', 'license', 'credential', 'passphrase'];

/** Whether a field of this name may hold a secret, also when the name is misspelt. */
export function isSecretName(name: string): boolean {
  return saysSecret(name) && !HARMLESS_NAME.test(name);
}

function saysSecret(name: string): boolean {
  return (
    SECRET_NAME.test(name) ||
    SECRET_VARIABLE.test(name) ||
    wordsOf(name).some(isNearlySecret) ||
    isNear(name.toLowerCase(), 'deploymentid', 2)
  );
}

function wordsOf(name: string): string[] {
  return name.length > 64 ? [] : name.split(/[^A-Za-z]|(?<=[a-z])(?=[A-Z])/);
}

function isNearlySecret(word: string): boolean {
  const lower = word.toLowerCase().replace(/s$/, '');
  return SECRET_WORDS.some((secret) => isNear(lower, secret, secret.length > 5 ? 2 : 1));
}

/** Words differ in at least as many letters as their lengths do, which most pairs are told apart by. */
function isNear(word: string, secret: string, slips: number): boolean {
  return Math.abs(word.length - secret.length) <= slips && distance(word, secret) <= slips;
}

/** What Terraform reads a variable of its configuration from. */
const TERRAFORM_VARIABLE = /^TF_VAR_[a-z][a-z0-9_]*$/;

/**
 * Whether a string where a name belongs, of a variable or a file, looks like one. People put secrets there, and those are
 * of capitals, lowercase letters and digits, while names keep to one kind and have dots and slashes.
 */
export function looksLikeName(text: string): boolean {
  if (/[/\\.]/.test(text)) return true;
  return TERRAFORM_VARIABLE.test(text) || /^[A-Z_][A-Z0-9_]*$|^[a-z_-]+$|^[A-Za-z]+(_[A-Za-z]+)+$/.test(text);
}
