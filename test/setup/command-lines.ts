import { parseArgs } from 'node:util';

/** A command of a provider's own program, as the program's reference has it. */
interface CommandLine {
  /** The program and the words after it that are not its arguments. */
  readonly words: string;
  /** How many arguments there are besides options. */
  readonly count?: number;
  /** Options with a value. Those that may be given again end with `*`, and those that take several words with `+`; a letter has one dash. */
  readonly values?: string;
  /** Options without one. */
  readonly flags?: string;
  /** Options that the program does not run without. */
  readonly required?: string;
}

/**
 * What the programs of providers take, of what pages say: learn.microsoft.com/cli/azure (2.68, which brought
 * --requested-access-token-version), cloud.google.com/sdk/gcloud/reference, docs.aws.amazon.com/cli, cli.github.com/manual,
 * docs.gitlab.com/cli, auth0.github.io/auth0-cli, cli.okta.com, docs.openstack.org/python-openstackclient, oc help, and
 * kcadm.sh help of Keycloak 26.
 */
const COMMAND_LINES: readonly CommandLine[] = [
  { words: 'auth0 login' },
  {
    words: 'auth0 apps create',
    values: 'name type callbacks grants description auth-method',
    flags: 'reveal-secrets json',
    required: 'name type',
  },
  {
    words: 'aws cognito-idp create-user-pool-client',
    values:
      'region user-pool-id client-name callback-urls+ allowed-o-auth-flows+ allowed-o-auth-scopes+ supported-identity-providers+ query output',
    flags: 'generate-secret no-generate-secret allowed-o-auth-flows-user-pool-client',
    required: 'user-pool-id client-name',
  },
  {
    words: 'aws cognito-idp list-groups',
    values: 'region user-pool-id query output',
    required: 'user-pool-id',
  },
  {
    words: 'az ad app create',
    values:
      'display-name sign-in-audience web-redirect-uris+ optional-claims requested-access-token-version query output',
    required: 'display-name',
  },
  {
    words: 'az ad app credential reset',
    values: 'display-name id years query output',
    flags: 'append create-cert',
    required: 'id',
  },
  {
    words: 'az ad app permission add',
    values: 'id api api-permissions+ query output',
    required: 'id api api-permissions',
  },
  { words: 'az ad app permission admin-consent', values: 'id', required: 'id' },
  {
    words: 'az ad app update',
    values: 'id set* add* remove* optional-claims sign-in-audience web-redirect-uris+',
    required: 'id',
  },
  { words: 'az ad sp create', values: 'id', required: 'id' },
  { words: 'az rest', values: 'method url uri body headers query output', required: 'url' },
  { words: 'gcloud config get-value', count: 1 },
  {
    words: 'gcloud iam service-accounts create',
    count: 1,
    values: 'project display-name description format',
  },
  { words: 'gcloud iam service-accounts describe', count: 1, values: 'project format' },
  {
    words: 'gcloud iam service-accounts keys create',
    count: 1,
    values: 'iam-account key-file-type project',
    required: 'iam-account',
  },
  {
    words: 'gcloud identity groups memberships search-transitive-groups',
    values: 'labels member-email page-size format',
    required: 'labels member-email',
  },
  { words: 'gcloud services enable', count: 1, values: 'project' },
  { words: 'gh api', count: 1, values: 'method field* raw-field* header* hostname jq', flags: 'paginate' },
  { words: 'gh auth login', values: 'hostname scopes*', flags: 'web with-token' },
  { words: 'glab api', count: 1, values: 'method field* raw-field* header* hostname', flags: 'paginate' },
  { words: 'glab auth login', values: 'hostname api-host api-protocol', flags: 'stdin' },
  {
    words: 'kcadm.sh config credentials',
    values: 'server realm user password client secret',
    required: 'server realm',
  },
  { words: 'kcadm.sh create', count: 1, values: 'r s* f', flags: 'i o' },
  { words: 'kcadm.sh get', count: 1, values: 'r fields format q*', flags: 'noquotes' },
  { words: 'oc create', values: 'f', required: 'f' },
  { words: 'oc get groups', values: 'output' },
  { words: 'okta login' },
  { words: 'okta apps create web', values: 'app-name redirect-uri* authorization-server-id' },
  { words: 'openstack group list', values: 'domain user user-domain column* format', flags: 'long' },
];

/** Programs that are there, and say themselves what they do not take. */
const REAL = ['curl', 'jq', 'ldapsearch'];

/** What the program would say against a command line, its name first; undefined where it takes it. */
export function commandLineProblem(call: readonly string[]): string | undefined {
  const [program = ''] = call;
  if (REAL.includes(program)) return undefined;
  const known = COMMAND_LINES.filter(({ words }) => words.split(' ').every((word, at) => call[at] === word));
  const longest = known.reduce<CommandLine | undefined>(
    (best, each) => (best === undefined || each.words.length > best.words.length ? each : best),
    undefined,
  );
  if (longest === undefined) return `no such command: ${call.slice(0, 4).join(' ')}`;
  const { words, count = 0, values, flags, required } = longest;
  const options = Object.fromEntries([
    ...split(values).map((name) => optionOf(name, 'string')),
    ...split(flags).map((name) => optionOf(name, 'boolean')),
  ]);
  try {
    const { values: given, positionals } = parseArgs({
      args: oneByOne(call.slice(words.split(' ').length), values),
      options,
      allowPositionals: true,
    });
    const missing = split(required).filter((name) => given[name] === undefined);
    if (missing.length > 0) return `${words}: missing ${missing.join(', ')}`;
    return positionals.length === count ? undefined : `${words}: ${positionals.length} arguments`;
  } catch (error) {
    return `${words}: ${(error as Error).message}`;
  }
}

/** Each word of an option that takes several with the option before it. */
function oneByOne(args: readonly string[], values: string | undefined): string[] {
  const several = split(values).flatMap((name) => (name.endsWith('+') ? [`--${name.slice(0, -1)}`] : []));
  let option: string | undefined;
  return args.flatMap((word, at) => {
    if (word.startsWith('-')) option = several.includes(word) ? word : undefined;
    else if (option !== undefined && args[at - 1] !== option) return [option, word];
    return [word];
  });
}

function split(names = ''): string[] {
  return names.split(' ').filter((name) => name !== '');
}

function optionOf(
  written: string,
  type: 'string' | 'boolean',
): [string, { readonly type: 'string' | 'boolean'; readonly multiple: boolean; readonly short?: string }] {
  const name = written.replace(/[*+]$/, '');
  return [name, { type, multiple: name !== written, ...(name.length === 1 ? { short: name } : {}) }];
}
