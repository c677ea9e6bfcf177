import type { Diagnostic } from '../diagnostics/diagnostic';
import { toPointer, type JsonValue, type SourceNode } from '../document/source-node';
import { secretInUrl } from '../document/url-secrets';
import { valueAt, type JsonMapping } from './json';
import type { ReportEntry } from './report';

/** What was made, and how it can be made without secrets in it. */
const MADE = {
  document: {
    code: 'IMP009',
    holds: 'The document holds',
    hint: 'import with --secrets existing or --secrets env for anything but a dev cluster',
  },
  values: {
    code: 'EXP002',
    holds: 'The values hold',
    hint: 'read secrets from environment variables in the document, or give them to Helm on their own',
  },
} as const;

/** That something holds as many secrets in plain text; nothing where it holds none. */
export function plainSecrets(made: keyof typeof MADE, amount: number, root: SourceNode): Diagnostic[] {
  if (amount === 0) return [];
  const { code, holds, hint } = MADE[made];
  return [
    {
      code,
      severity: 'warning',
      message: `${holds} ${amount === 1 ? 'a secret' : `${amount} secrets`} in plain text, and anyone who can read the file can use ${amount === 1 ? 'it' : 'them'}`,
      location: { file: root.source.name },
      path: '',
      hint,
    },
  ];
}

/** Entries of values that are carried with a secret in a URL, which no reference can stand for, with what is to be known of it. */
export function withSecretsInUrls(entries: readonly ReportEntry[], document: JsonMapping): ReportEntry[] {
  return entries.map((entry) => {
    const { fate, field, message } = entry;
    // What has a message is a secret, and how it is written.
    if (fate !== 'carried' || field === undefined || message !== undefined) return entry;
    return hasSecretInUrl(valueAt(document, field.split('.'))) ? { ...entry, message: IN_URL } : entry;
  });
}

const IN_URL = 'with the secret in its URL, in plain text';

function hasSecretInUrl(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return secretInUrl(value) !== undefined;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasSecretInUrl);
}

/** That a value has a secret in a URL, which the document has too; undefined for any other. */
export function secretInUrlCarried({ path, field, message, location }: ReportEntry): Diagnostic | undefined {
  if (message !== IN_URL || !location) return undefined;
  return {
    code: 'IMP009',
    severity: 'warning',
    message: `The document holds the secret in the URL of ${path} in plain text, as ${field ?? path}: a URL cannot refer to a Secret`,
    location,
    path: toPointer(path.split('.')),
    hint: 'take it out of the URL; pachkit explain SEC032 says what to write in its place',
  };
}
