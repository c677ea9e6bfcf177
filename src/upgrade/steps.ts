import { shellWord } from '../diagnostics/shell-word';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Cluster } from '../model/cluster';
import type { Move } from './difference';

/** One step of an upgrade, in its order. */
export interface Step {
  readonly text: string;
  /** Commands that do it; missing where people have to. */
  readonly commands?: readonly string[];
}

/** What the order of steps depends on. */
export interface StepsInput extends Move {
  /** The document, as the user named it. */
  readonly file: string;
  /** What is to be done before, as the differences and the objects say. */
  readonly todos: readonly string[];
  /** What is wrong with the document in the newer release, and not in its own. */
  readonly findings: readonly Diagnostic[];
  /** Whether the releases are of two lines, such as 2.11 and 2.12. */
  readonly changesLine: boolean;
}

/** What to do, first things first. */
export function stepsOf({ before, after, file, todos, findings, changesLine }: StepsInput): readonly Step[] {
  const document = shellWord(file);
  const release = after.release.version.text;
  const kubectl = `kubectl -n ${before.namespace}`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    ...(changesLine ? [backup(before)] : []),
    ...(changesLine && before.release.hasPreflightJob && !before.enterpriseServer
      ? [
          {
            text: `try the migration while ${before.release.version.text} runs: the section preflightJob with the image of ${release} makes a Job that changes nothing`,
            commands: [
              `# in the document, still in release ${before.release.version.text}: preflightJob: { image: { tag: ${release} } }`,
              `pachkit deploy ${document}`,
              `${kubectl} logs job/pachyderm-preflight-check`,
            ],
          },
        ]
      : []),
    {
      text: `bring the document to ${release}${errors === 0 ? '' : `, and fix what is an error there: ${errors}, listed below`}`,
      commands: [`pachkit upgrade ${document} --to ${release} --write`, `pachkit validate ${document}`],
    },
    ...(todos.length === 0 ? [] : [{ text: `do what has to be done before: ${todos.join('; ')}` }]),
    {
      text: 'look at what changes in the cluster',
      commands: [`pachkit diff ${document}`],
    },
    { text: 'deploy, and wait until all is ready', commands: [`pachkit deploy ${document}`] },
    ...(changesLine
      ? [{ text: `give everyone pachctl ${release}: pachd tells clients of older lines to upgrade` }]
      : []),
    ...(before.auth ? [{ text: 'log in', commands: [`pachkit doctor ${document} --login`] }] : []),
  ];
}

function backup({ database, storage, namespace, auth }: Cluster): Step {
  const names = [database.name, ...(auth ? [database.identityName] : [])];
  // The Pod of PostgreSQL has the password in its environment, and no one has to type it.
  const dump = (name: string): string =>
    database.internal
      ? `kubectl -n ${namespace} exec statefulset/postgres -- sh -c ${shellWord(`PGPASSWORD="$POSTGRES_PASSWORD" pg_dump -U "$POSTGRES_USER" ${shellWord(name)}`)}`
      : `pg_dump -h ${shellWord(database.host)} -p ${database.port} -U ${shellWord(database.user)} ${shellWord(name)}`;
  return {
    text: `back up ${storage.backend.kind === 'local' ? `the folder ${storage.backend.hostPath} of the node` : 'the bucket'} and the databases ${names.join(' and ')}: pachd migrates them when it starts, and there is no way back`,
    commands: names.map((name) => `${dump(name)} > ${shellWord(`${name}.sql`)}`),
  };
}
