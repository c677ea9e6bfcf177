import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { KnownSecrets } from '../cluster/compare/known-secrets';
import type { TerraformEnd } from './run-terraform';
import { withoutTrailing } from '../forms/trim';

/** Something that Terraform says when it fails: how it is told, and the way out. */
interface FailureRow {
  readonly pattern: RegExp;
  readonly code?: Code;
  /** `DIRECTORY` stands for the folder that Terraform works in. */
  readonly hint: string;
}

/** The first that applies is told. */
const rows: readonly FailureRow[] = [
  {
    pattern: /Unsupported (Terraform Core|OpenTofu Core|Terraform|OpenTofu) version|required_version/,
    code: 'TFR002',
    hint: 'install Terraform 1.11 or OpenTofu 1.11, or a later one, and name it with --terraform PATH',
  },
  {
    pattern: /Error acquiring the state lock/,
    hint: 'wait until the other Terraform has ended; if there is none any more, terraform -chdir=DIRECTORY force-unlock ID removes its lock',
  },
  {
    pattern: /Backend configuration (block )?(has )?changed|Backend initialization required/,
    hint: 'terraform -chdir=DIRECTORY init -migrate-state moves the state to where the document says; then deploy again',
  },
  {
    pattern: /[Ff]ailed to (query available provider packages|install provider)|registry/,
    hint: 'let Terraform reach its registry, or give it a mirror of the provider auth0/auth0: provider_installation in its own configuration',
  },
  {
    pattern: /insufficient_scope|Insufficient scope|\b403\b/,
    hint: 'give the Machine to Machine application of Terraform the scopes that docs/guide/auth0.md lists for what the document uses',
  },
  {
    pattern: /access_denied|\b401\b|Unauthorized|invalid_client/,
    hint: 'check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN: those of a Machine to Machine application that is authorized for the Management API of this tenant',
  },
  {
    pattern: /no such host|connection refused|i\/o timeout|certificate/,
    hint: 'the domain of the tenant is auth0.domain, or auth0.terraform.tenantDomain behind a custom domain; see whether this machine reaches it',
  },
];

const OTHERS = 'the message is that of Terraform; terraform -chdir=DIRECTORY plan shows all of it';

/** Longest part of what Terraform says that is quoted, in characters. */
const QUOTE_LIMIT = 900;

/** What is quoted, and where it was. */
export interface TerraformFailure {
  /** What Terraform was to do: `init`, `plan`, `apply`, `destroy`. */
  readonly action: string;
  /** What stays because of it, as a sentence. */
  readonly effect: string;
  readonly end: TerraformEnd;
  /** The folder, as the user would name it. */
  readonly directory: string;
  readonly file: string;
  readonly secrets: KnownSecrets;
}

/** A Terraform that failed, in its own words, without secrets. */
export function terraformFailure({
  action,
  effect,
  end,
  directory,
  file,
  secrets,
}: TerraformFailure): Diagnostic {
  const all = secrets.hideInLog(saidBy(end));
  const said = all.length > QUOTE_LIMIT ? `${all.slice(0, QUOTE_LIMIT)}…` : all;
  const row = rows.find(({ pattern }) => pattern.test(all));
  return {
    code: row?.code ?? 'TFR004',
    severity: 'error',
    message: `terraform ${action} failed (${said === '' ? 'it says nothing' : said}). ${effect}`,
    location: { file },
    path: '/auth0',
    hint: (row?.hint ?? OTHERS).replace('DIRECTORY', directory),
  };
}

/** The errors among lines of JSON, or else what went to standard error, in one line. */
function saidBy({ output, errors }: TerraformEnd): string {
  const told = output.split('\n').flatMap((line) => {
    const message = messageIn(line);
    return message?.type === 'diagnostic' && message.diagnostic?.severity === 'error'
      ? [`${message.diagnostic.summary ?? ''}: ${message.diagnostic.detail ?? ''}`]
      : [];
  });
  const line = (told.length > 0 ? told.join('; ') : errors)
    .replace(/[╷│╵]/g, ' ')
    .replace(/\s+/g, ' ')
    .trimStart();
  return withoutTrailing(line, ': ');
}

/** A line that Terraform writes with `-json`. */
export interface TerraformMessage {
  readonly type?: string;
  readonly diagnostic?: {
    readonly severity?: string;
    readonly summary?: string;
    readonly detail?: string;
  };
  readonly hook?: { readonly action?: string; readonly resource?: { readonly addr?: string } };
}

export function messageIn(line: string): TerraformMessage | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as TerraformMessage;
  } catch {
    return undefined;
  }
}
