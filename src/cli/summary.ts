import { connectorType } from '../connectors/connector-types';
import { printable } from '../diagnostics/code-frame';
import { shellWord } from '../diagnostics/shell-word';
import { STANDARD_INPUT_NAME } from '../document/read-source';
import type { Cluster } from '../model/cluster';
import { headerCallbackUrl } from '../model/go-path';
import { BOOTSTRAP_CONFIG_SECRET, PLACES } from '../model/secret-places';
import { isStorageSecretSupplied, suppliedStorageKeys } from '../model/storage-settings';
import { countByKind } from '../outputs/object-files';
import { referredObjects, referredSecrets } from '../outputs/referred-secrets';
import type { ClusterPlan } from '../plan/plan';
import type { Colors } from './colors';
import { nextSteps, type TokenPlace } from './next-steps';
import { prerequisiteLines, prerequisites, type Prerequisites } from './prerequisites';
import { leftBehindBy, leftBehindLines, type LeftBehind } from './left-behind';
import { admissions, registrations } from './registration';
import { compare } from '../diagnostics/diagnostic';

/** What a person wants to know after a synthesis, and a program with `--format json`. */
export interface Summary {
  readonly name: string;
  readonly release: string;
  readonly profile: string;
  readonly namespace: string;
  /** Folder that was written, as the user would name it. */
  readonly directory: string;
  readonly files: readonly string[];
  /** Kubernetes objects by kind. */
  readonly objects: Readonly<Record<string, number>>;
  readonly issuer: string;
  readonly callbackURL: string;
  /** Where authproxy connectors take their headers, which what is in front of Dex has to guard; missing without such. */
  readonly guardedURLs?: readonly string[];
  /** Dex's login page, as browsers reach it. */
  readonly loginPage: string;
  readonly console?: string;
  readonly pachctl: string;
  readonly connectors: readonly string[];
  /** The Secret that holds the connectors instead. */
  readonly connectorsFrom?: string;
  /** Who can log in and as whom, one line for each way. */
  readonly who: readonly string[];
  /** What has to be set up at identity providers, one line for each connector. */
  readonly register: readonly string[];
  /** Secret and key that hold the root token; missing when authentication is off. */
  readonly rootToken?: TokenPlace;
  /** Keys that the storage secret has to hold, when it is the user's own. */
  readonly storageSecretKeys: readonly string[];
  /** Environment variables that Terraform reads secrets from. */
  readonly terraformVariables: readonly string[];
  /** What has to exist before the objects are applied; missing without an output of objects. */
  readonly before?: Prerequisites;
  /** What may stay in a cluster that runs already, with the command that removes it. */
  readonly leftBehind: readonly LeftBehind[];
  /** Commands to go on with. */
  readonly next: readonly string[];
}

/**
 * The summary of one cluster. `directory` is its folder, as the user would name it; commands are run in `workingDirectory`,
 * an absolute path, and those of pachkit as `program`.
 */
export function summarize(
  { cluster, document, outputs, objects, files }: ClusterPlan,
  directory: string,
  { workingDirectory, program }: { readonly workingDirectory: string; readonly program: string },
): Summary {
  const rootToken = rootTokenPlace(cluster);
  const hasObjects = objects.length > 0;
  const written = { cluster, document, directory, workingDirectory };
  const commandsOf = (need: 'objects' | 'none'): (readonly string[])[] =>
    outputs
      .filter(({ needs }) => needs.includes('objects') === (need === 'objects'))
      .map(({ output }) => output.commands?.(written) ?? []);
  const guardedURLs = cluster.identity.connectors
    .filter(({ type }) => connectorType(type)?.callback === 'header')
    .map(({ id }) => headerCallbackUrl(cluster.urls.callback, id));
  return {
    name: cluster.name,
    release: cluster.release.version.text,
    profile: cluster.profile,
    namespace: cluster.namespace,
    directory,
    files: files.map(({ path }) => path),
    objects: countByKind(objects),
    issuer: cluster.urls.issuer,
    callbackURL: cluster.urls.callback,
    ...(guardedURLs.length > 0 ? { guardedURLs } : {}),
    loginPage: cluster.urls.browserIssuer,
    ...(cluster.console.enabled ? { console: cluster.urls.console } : {}),
    pachctl: cluster.urls.pachd,
    connectors: cluster.identity.connectors.map(({ id, type }) => `${id} (${type})`),
    ...(cluster.identity.connectorsFrom ? { connectorsFrom: cluster.identity.connectorsFrom.name } : {}),
    who: admissions(cluster),
    register: registrations(cluster),
    ...(rootToken ? { rootToken } : {}),
    storageSecretKeys: hasObjects && isStorageSecretSupplied(cluster) ? suppliedStorageKeys(cluster) : [],
    terraformVariables: outputs.flatMap(({ output }) => output.variables?.(cluster) ?? []),
    ...(hasObjects
      ? { before: prerequisites(cluster, referredSecrets(objects), referredObjects(objects)) }
      : {}),
    leftBehind: hasObjects ? leftBehindBy(cluster) : [],
    next: [
      ...nextSteps(
        cluster,
        {
          preparing: [
            ...commandsOf('none').flat(),
            ...(hasObjects && cluster.secretForm.kind === 'externalSecret'
              ? [
                  `# if the store has no entries yet: ${program} secret store ${shellWord(document.file)} --with vault | sh; or --with aws, gcloud or az`,
                ]
              : []),
          ],
          applying: commandsOf('objects'),
          jobs: objects.flatMap(({ manifest: { kind, metadata } }) =>
            kind === 'Job' ? [metadata.name] : [],
          ),
        },
        rootToken,
      ),
      ...(hasObjects && cluster.auth && document.file !== STANDARD_INPUT_NAME
        ? [`# if a login fails: ${program} doctor ${shellWord(document.file)}`]
        : []),
    ],
  };
}

/** Where the root token of a cluster is; undefined for one without authentication. */
export function rootTokenPlace(cluster: Cluster): TokenPlace | undefined {
  if (!cluster.auth) return undefined;
  const { rootToken } = cluster.auth;
  if (rootToken.kind === 'existing') return { secret: rootToken.name, key: rootToken.key };
  return cluster.release.bootstrap === 'job'
    ? { secret: BOOTSTRAP_CONFIG_SECRET, key: 'rootToken' }
    : { secret: PLACES.rootToken.name, key: PLACES.rootToken.key };
}

/** The summary for people. */
export function summaryText(summary: Summary, colors: Colors): string {
  const rows: [string, string][] = [
    ['release', `Pachyderm ${summary.release}, profile ${summary.profile}`],
    ['objects', objectsText(summary.objects)],
    ['connectors', connectorsText(summary)],
    ['issuer', summary.issuer],
    ['callback URL', summary.callbackURL],
    ...summary.register.map((line): [string, string] => ['register', line]),
    ['to guard', (summary.guardedURLs ?? []).join(', ')],
    ...summary.who.map((line): [string, string] => ['who', line]),
    ['login page', summary.loginPage],
    ['Console', summary.console ?? 'off'],
    ['pachctl', `pachctl connect ${summary.pachctl}`],
    [
      'root token',
      summary.rootToken
        ? `Secret ${summary.rootToken.secret}, key ${summary.rootToken.key}`
        : 'none: authentication is off',
    ],
    ['terraform', summary.terraformVariables.map((name) => `reads ${name}`).join(', ')],
  ];
  const before = summary.before ? prerequisiteLines(summary.before) : [];
  const shown = rows.filter(([, value]) => value !== '');
  return [
    `${colors.bold(summary.name)}: wrote ${filesText(summary.files.length)} to ${printable(summary.directory)}`,
    ...shown.map(([label, value]) => `  ${colors.dim(label.padEnd(12))}  ${value}`),
    ...(before.length === 0 ? [] : [`  ${colors.dim('before')}`]),
    ...before.map((line) => `    ${line}`),
    ...(summary.next.length === 0 ? [] : [`  ${colors.dim('next')}`]),
    ...summary.next.map((command) => `    ${command}`),
    ...(summary.leftBehind.length === 0
      ? []
      : [
          `  ${colors.dim('in a running cluster, what you take out of the document stays until you run (see pachkit explain FIELD)')}`,
        ]),
    ...leftBehindLines(summary.leftBehind),
    '',
  ].join('\n');
}

function connectorsText({ connectors, connectorsFrom }: Summary): string {
  if (connectorsFrom !== undefined) return `from Secret ${connectorsFrom}`;
  return connectors.join(', ') || 'none';
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}

function objectsText(objects: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(objects).sort(([a, x], [b, y]) => y - x || compare(a, b));
  const total = kinds.reduce((sum, [, amount]) => sum + amount, 0);
  return total === 0 ? '' : `${total}: ${kinds.map(([kind, amount]) => `${amount} ${kind}`).join(', ')}`;
}
