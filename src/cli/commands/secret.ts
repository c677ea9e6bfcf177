import fs from 'node:fs';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { shellWord } from '../../diagnostics/shell-word';
import { didYouMean, unknownOf } from '../../diagnostics/suggest';
import { readDescriptor } from '../../files/read-file';
import type { SecretValue } from '../../generated/cluster-document';
import { isGenerated } from '../../model/secret-reader';
import { checkFiles } from '../../pipeline/check-files';
import type { CheckedDocument } from '../../pipeline/check-document';
import { randomText } from '../../secrets/generate-text';
import { listedSecrets, type ListedSecret } from '../../secrets/listed-secrets';
import { rotationOf } from '../../secrets/rotations';
import { SECRET_LIMIT_BYTES, secretTextOf, SecretSession } from '../../secrets/secret-session';
import { SECRET_ACTIONS } from './actions';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { interruptible } from '../interrupts';
import { documentInput, secretInput, type Host } from '../host';
import { programName } from '../program-name';
import { refusing } from '../refuse';
import type { DataOf } from '../report-types';
import { report } from '../reporters';

const refuse = refusing('secret');

type Action = (typeof SECRET_ACTIONS)[number];

/** What each action takes beside the document. */
const ACTIONS: Readonly<Record<Action, 'none' | 'one' | 'some'>> = {
  list: 'none',
  get: 'one',
  set: 'one',
  rotate: 'some',
  wrap: 'none',
  certificate: 'none',
  store: 'none',
  entry: 'one',
};

interface Task {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly file: string;
  readonly checked: CheckedDocument & Required<Pick<CheckedDocument, 'cluster'>>;
  readonly session: SecretSession;
  readonly secrets: readonly ListedSecret[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What an action about files in Git works on. */
interface GitTask extends Pick<Task, 'host' | 'options' | 'file' | 'checked' | 'diagnostics'> {
  readonly names: readonly string[];
}

/** Actions for the forms in which Secrets are committed. */
const FOR_GIT: Readonly<Partial<Record<Action, (task: GitTask) => Promise<ExitCode>>>> = {
  wrap,
  certificate,
  store: async ({ host, options, file, checked, diagnostics }) => {
    const { storeCommands } = await import('../secret-entries');
    const made = storeCommands(host, file, checked, options);
    if ('problem' in made) return refuse(host, made.problem);
    const { data, text = '' } = made;
    const said = { ...(data ? { data } : {}), verbatim: () => text };
    return end(host, options, [...diagnostics, ...made.diagnostics], said);
  },
  entry: async ({ host, options, checked, diagnostics, names }) => {
    const { oneEntry } = await import('../secret-entries');
    const made = oneEntry(host, checked, names[0] ?? '');
    if ('problem' in made) return refuse(host, made.problem);
    if (hasErrors(made.diagnostics)) return end(host, options, [...diagnostics, ...made.diagnostics]);
    host.writeOut(made.text ?? '');
    return ExitCode.fine;
  },
};

/** `pachkit secret ACTION FILE [KEY…]` */
export async function secret(
  host: Host,
  [action = '', file = '-', ...names]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (!isAction(action)) return refuse(host, unknownOf('action', action, SECRET_ACTIONS));
  const wrong = wrongCount(action, names.length);
  if (wrong !== undefined) return refuse(host, wrong);
  const { documents, diagnostics } = checkFiles([file], documentInput(host));
  const [found, second] = documents;
  if (second) return refuse(host, `${file} has several clusters: give each a file of its own`);
  if (!found?.cluster || hasErrors(diagnostics)) return end(host, options, diagnostics);
  const checked = { ...found, cluster: found.cluster };
  const forGit = FOR_GIT[action];
  if (forGit) return forGit({ host, options, file, checked, diagnostics, names });
  const secrets = listedSecrets(found.document);
  const chosen: ListedSecret[] = [];
  for (const name of names) {
    const one = secrets.find(({ key, field }) => name === key || name === field);
    if (!one) return refuse(host, unknownSecret(name, secrets));
    chosen.push(one);
  }
  const session = new SecretSession(found.document, secretInput(host, true));
  const task = { host, options, file, checked, session, secrets, diagnostics };
  if (action === 'list') return list(task);
  if (action === 'get') return get(task, chosen[0]);
  return replace(task, chosen, action === 'set' ? 'set' : 'rotate');
}

function list(task: Task): Promise<ExitCode> {
  const { host, options, session, secrets, diagnostics } = task;
  const stored = session.stored();
  const rows = secrets.map(({ key, field, value }) => ({
    key,
    field,
    source: sourceOf(value),
    ...(isGenerated(value) ? { isStored: stored?.[key] !== undefined } : {}),
  }));
  const unused = Object.keys(stored ?? {})
    .filter((key) => !rows.some((row) => row.key === key))
    .sort();
  const width = Math.max(...rows.map(({ key }) => key.length), ...unused.map((key) => key.length));
  const lines = [
    ...rows.map(
      ({ key, source, isStored }) =>
        `${key.padEnd(width)}  ${source}${isStored === undefined ? '' : isStored ? ', kept' : ', not generated yet'}`,
    ),
    ...unused.map((key) => `${key.padEnd(width)}  kept, and no longer in the document`),
  ];
  return end(host, options, [...diagnostics, ...session.diagnostics], {
    data: { secrets: rows, unused },
    text: lines.map((line) => `${line}\n`).join(''),
  });
}

/** Prints the secret alone, for a pipe. */
async function get(
  { host, options, session, checked, diagnostics }: Task,
  one?: ListedSecret,
): Promise<ExitCode> {
  if (!one) return ExitCode.usage;
  const reference = session.reader({ path: one.steps, value: one.value });
  if (reference?.kind === 'existing')
    return refuse(
      host,
      `${one.field} is in the cluster: kubectl -n ${checked.cluster.namespace} get secret ${shellWord(reference.name)} shows it`,
    );
  const problems = [...diagnostics, ...session.diagnostics].filter(({ severity }) => severity === 'error');
  if (!reference || problems.length > 0) return end(host, options, problems);
  const text = reference.value.reveal();
  host.writeOut(
    options['format'] === 'json' ? `${JSON.stringify({ secret: text, diagnostics: [] })}\n` : `${text}\n`,
  );
  return ExitCode.fine;
}

function replace(
  task: Task,
  chosen: readonly ListedSecret[],
  action: 'set' | 'rotate',
): Promise<ExitCode> | ExitCode {
  const { host, options, session, checked, file, diagnostics } = task;
  const fixed = chosen.find(({ value }) => !isGenerated(value));
  if (fixed)
    return refuse(
      host,
      `${fixed.field} is not generated: it is ${sourceOf(fixed.value)}, so change it there`,
    );
  if (hasSeed(checked))
    return refuse(host, 'the secrets of this document follow from secrets.seed, and none is kept');
  const given = action === 'set' ? secretTextOf(readStandardInput()) : undefined;
  if (given && 'problem' in given)
    return refuse(
      host,
      `standard input ${given.problem}; pipe the secret into it, or have one generated with rotate`,
    );
  const texts = Object.fromEntries(
    chosen.map(({ key, value }) => [key, given?.text ?? randomText(lengthOf(value))]),
  );
  session.replace(texts);
  const problems = [...diagnostics, ...session.diagnostics];
  if (hasErrors(problems)) return end(host, options, problems);
  const rotations = chosen.map(({ key, field, steps }) => ({
    key,
    ...rotationOf(steps, checked.cluster, {
      get: `${programName(host)} secret get ${shellWord(file)} ${shellWord(field)}`,
      deploy: `${programName(host)} deploy ${shellWord(file)}`,
    }),
  }));
  return end(host, options, problems, {
    data: { rotated: rotations },
    text: rotations
      .map(
        ({ key, breaks, steps }) =>
          `${key} is replaced in the store; the cluster has the one of before.\n  ! ${breaks}\n${steps.map((step) => `  ${step}\n`).join('')}`,
      )
      .join(''),
  });
}

/** Has the user's SOPS encrypt the key of the files, and keeps what it made. */
async function wrap({ host, options, checked, diagnostics: known }: GitTask): Promise<ExitCode> {
  const { document, cluster } = checked;
  const { wrapKeysOf } = await import('../wrap-keys');
  const { diagnostics, keys } = await interruptible((signal) => wrapKeysOf(host, document, cluster, signal));
  return end(host, options, [...known, ...diagnostics], {
    ...(keys ? { data: { wrapped: keys } } : {}),
    text: keys
      ? `${keys.file}: the key of the files, encrypted for ${keys.count} key${keys.count === 1 ? '' : 's'} by sops; commit it\n`
      : '',
  });
}

/** Fetches the certificate that Secrets are sealed with. */
async function certificate({ host, options, checked, diagnostics: known }: GitTask): Promise<ExitCode> {
  const { certificateText, fetchCertificate } = await import('../fetch-certificate');
  const fetched = await fetchCertificate(host, checked.document, options);
  return end(host, options, [...known, ...fetched.diagnostics], {
    ...(fetched.certificate ? { data: { certificate: fetched.certificate } } : {}),
    text: fetched.certificate ? certificateText(fetched.certificate) : '',
  });
}

function hasSeed({ document }: Task['checked']): boolean {
  const { secrets } = document.value as { readonly secrets?: { readonly seed?: string } };
  return secrets?.seed !== undefined;
}

function lengthOf(value: SecretValue): number {
  return isGenerated(value) ? (value.generate.length ?? 32) : 32;
}

/** What is piped in; nothing where a person would have to type it in plain sight. */
function readStandardInput(): Buffer {
  try {
    return fs.fstatSync(0).isCharacterDevice() ? Buffer.alloc(0) : readDescriptor(0, SECRET_LIMIT_BYTES);
  } catch {
    return Buffer.alloc(0);
  }
}

function sourceOf(value: SecretValue): string {
  if (typeof value === 'string') return 'in the document';
  if ('env' in value) return 'in an environment variable';
  if ('file' in value) return 'in a file';
  if ('existing' in value) return `in the Secret ${value.existing.name} of the cluster`;
  return 'generated';
}

function unknownSecret(name: string, secrets: readonly ListedSecret[]): string {
  const fields = secrets.map(({ field }) => field);
  return `the document has no secret "${name}"; ${didYouMean(name, fields) ?? 'pachkit secret list shows all'}`;
}

function wrongCount(action: Action, count: number): string | undefined {
  const takes = ACTIONS[action];
  if (takes === 'none' && count > 0) return `${action} takes no keys`;
  if (takes === 'one' && count !== 1)
    return action === 'entry'
      ? 'entry takes the name of a Secret, such as pachyderm-auth'
      : `${action} takes one key, such as auth.rootToken`;
  if (takes === 'some' && count === 0) return `${action} takes the keys of secrets, such as auth.rootToken`;
  return undefined;
}

function isAction(text: string): text is Action {
  return Object.hasOwn(ACTIONS, text);
}

/** What an action says beside findings. */
interface Said {
  readonly data?: DataOf<'secret'>;
  readonly text?: string;
  readonly verbatim?: () => string;
}

function end(
  host: Host,
  options: CommandOptions,
  diagnostics: readonly Diagnostic[],
  { data = {}, text = '', verbatim }: Said = {},
): Promise<ExitCode> {
  return report(
    host,
    options,
    { diagnostics, data, after: () => text, ...(verbatim ? { verbatim } : {}) },
    { findings: 'stderr', result: 'stdout' },
  );
}
