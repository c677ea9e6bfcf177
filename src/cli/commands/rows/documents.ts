import { SECRET_ACTIONS } from '../actions';
import type { CommandEntry } from '../../command';
import type { StarterRow } from '../../starter/row';
import { CLUSTER_OPTIONS } from '../../cluster-options';
import { BASELINE_OPTIONS } from '../../baseline-options';
import { FROZEN_OPTIONS } from '../../frozen-options';
import { LOCK_OPTION } from '../../lock-option';
import { MIRROR_OPTION } from '../../mirrors';
import { LAYER_OPTIONS } from '../../layer-options';
import { FORMAT_OPTION, REPORT_OPTIONS } from '../../reporters';
import { STABLE_EXAMPLE } from '../../../releases/pachyderm';
import { accessRows } from '../../starter/access';
import { outputs } from '../../../outputs/registry';
import { providerRows } from '../../starter/providers';
import { STORE_TOOLS } from '../../../plan/store-tools';
import { storageRows } from '../../starter/storage';

/** Commands that write documents, check them, and write what follows from them. */
export const documentCommands: readonly CommandEntry[] = [
  {
    name: 'init',
    arguments: '[dir]',
    summary: 'write a document to start from',
    description: `Writes a document to start from into DIR (default: this folder), with the schema that editors use and a
.gitignore for generated secrets. The document validates and synthesizes as it is. Nothing that exists is overwritten;
with --force the document is.

On a terminal it asks for what no option says and offers only what goes together; Ctrl-C or Escape writes nothing.
With --yes or --format json, or without a terminal, what is not chosen follows from the rest, and without options it is a dev cluster with a
mock login, which needs no license and no account. Other choices have names of example.com to replace.

With --agents it writes a section about pachkit into AGENTS.md, for coding agents that work with the documents, and nothing
else. What is in the file stays: the section comes after it, or takes the place of an earlier one.

Provider:
${rowLines(providerRows)}

Access:
${rowLines(accessRows)}

Storage:
${rowLines(storageRows)}

Choices that do not go together, such as a mock login in production, are refused with the finding that they have.

Exits 0 when all is written, 2 when a file is there or cannot be written, or choices do not go together, 130 when someone leaves
the questions.

Examples:
  pachkit init my-cluster
  pachkit init my-cluster && cd my-cluster && pachkit synth pachyderm.yaml
  pachkit init production --profile production --provider okta --access ingress --storage s3
  pachkit init legacy --release 2.2.8 --provider ldap
  pachkit init --agents`,
    options: [
      {
        flags: '--profile <profile>',
        description: 'dev (the default) permits what must never reach production',
        choices: ['dev', 'production'],
      },
      {
        flags: '--release <release>',
        description: `release of Pachyderm, such as ${STABLE_EXAMPLE} (default: the newest known)`,
      },
      {
        flags: '--provider <provider>',
        description: 'who knows the people (default: mock; oidc in production)',
        choices: Object.keys(providerRows),
      },
      {
        flags: '--access <way>',
        description: 'how browsers and pachctl come in (default: proxy, where the release has one)',
        choices: Object.keys(accessRows),
      },
      {
        flags: '--storage <backend>',
        description: 'where data is kept (default: local; s3 in production)',
        choices: Object.keys(storageRows),
      },
      {
        flags: '-y, --yes',
        description: 'ask nothing: what no option says follows from the rest',
      },
      { flags: '--force', description: 'replace a document that is there' },
      { flags: '--agents', description: 'write the section about pachkit into AGENTS.md' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../init')).init,
  },
  {
    name: 'validate',
    arguments: '[file...]',
    summary: 'check documents',
    description: `Checks documents (YAML, JSON or TypeScript; - is standard input):
  1. reads each file and what it extends,
  2. checks its form against the schema, and connectors against what the release's Dex reads,
  3. checks what is known to go wrong at deployment or at the first login.

All findings come out in one run. Reads no secrets, and writes nothing without --fix.

Files that Pachyderm and Dex read themselves are checked too, for the version that --target names (default: the newest, and for
values the release that they say):
  connector      what pachctl idp create-connector reads: type, id, name, version and config
  helm-values    values of the official chart: names, types, effect, what the chart refuses, and the rules for logins
  upstream-idps  a list of connectors, alone or in a Secret, and what else pachd starts with in Secrets and ConfigMaps of the chart
  dex-config     the configuration of a standalone Dex, by itself or in what Argo CD and the chart of Dex have it in

They are told from cluster documents by what is in them; --as says what a file is.

With --values or an option that begins with --set all that is named is one set of values, laid over each other as helm does: files
first, then --values, --set-json, --set, --set-string, --set-file and --set-literal, in this order. A finding is at the place,
in a file or in an argument, that the value comes from.

--fix fixes what is safe to fix, in the file where it was written: a key whose case differs or with one wrong letter, the slash after an Auth0 issuer. Comments and layout stay. What is read from standard input is printed, fixed.

With --expand the connectors of documents without errors are printed as Dex has them, those that name an identity provider
(pachkit explain provider) among them, and clients where presets are: secrets as references, and plain ones hidden.

--baseline names a file of findings that are known and left out, errors among them, for those who start with old files:
--write-baseline writes it. An entry that is not found any more is a finding.

Exits 0 when there is no error, 1 when there is, 2 when a file cannot be read or written, 70 when pachkit itself fails.
Findings are printed on standard output; what --fix makes of standard input takes their place, and they go to standard error.

Examples:
  pachkit validate pachyderm.yaml
  pachkit validate clusters/*.yaml --format json
  pachkit validate pachyderm.yaml --fix
  pachkit validate clusters/*.yaml --baseline known.json
  pachkit validate values.yaml --target pachyderm@2.11
  pachkit validate -f values.yaml -f production.yaml --set pachd.replicas=2
  pachkit validate oidc-dex-connector.yaml --as connector --target pachyderm@2.11`,
    options: [
      {
        flags: '--as <kind>',
        description: 'what the files are (default: each says it itself)',
        choices: ['cluster', 'connector', 'dex-config', 'helm-values', 'upstream-idps'],
      },
      {
        flags: '--target <product@version>',
        description: 'the Pachyderm or Dex that reads the files, such as pachyderm@2.11 or dex@2.45',
      },
      ...LAYER_OPTIONS,
      { flags: '--fix', description: 'fix what is safe to fix' },
      {
        flags: '--expand',
        description: 'print the connectors of documents, and clients with presets, as Dex has them',
      },
      ...BASELINE_OPTIONS,
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('../validate')).validate,
  },
  {
    name: 'synth',
    arguments: '<file...>',
    summary: 'check documents and write everything a login needs',
    description: `Checks documents, then writes for each into DIR/<name>:
${outputLines()}

Each folder is written beside the old one and swapped in; when anything is wrong, nothing is written at all.
Generated secrets are made once and kept in .pachkit beside the document. Files with secrets are readable by you only, and
a .gitignore beside them keeps them out of git.
Prints what was written on standard output and findings on standard error; with --format json both are one JSON document on
standard output.

Exits 0 when all is written, 1 when a document has errors, 2 when a file cannot be read or written, 70 when
pachkit itself fails.

Examples:
  pachkit synth pachyderm.yaml
  pachkit synth clusters/*.yaml --out build
  pachkit synth pachyderm.yaml --only terraform`,
    options: [
      { flags: '-o, --out <dir>', description: 'folder to write into', default: 'dist/pachkit' },
      {
        flags: '--only <outputs>',
        description: `outputs to write, separated by commas: ${outputs.map(({ name }) => name).join(', ')}`,
      },
      ...FROZEN_OPTIONS,
      LOCK_OPTION,
      {
        flags: '--adopt',
        description: 'take over the folder of a cluster that was written from another document',
      },
      {
        flags: '--allow-tracked-secrets',
        description: 'in production, write secrets in clear text into files that git tracks',
      },
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('../synth')).synth,
  },
  {
    name: 'lock',
    arguments: '<file...>',
    summary: 'write the digests of images into a lock file, or check them',
    description: `Asks registries which image each tag of the documents leads to, and writes the digests into a lock file, to be committed:
the one that images.lock of the document or --output names, or else pachkit.lock beside the document. synth and deploy then write image:tag@sha256:…, so that a cluster runs what was locked, wherever the tag moves.
Images that are in the lock file stay as they are; --update asks for all of them anew, and drops those that the documents do
not name any more. When one image cannot be had, nothing is written.

--check writes nothing, and finds images that are not locked and tags that moved since: for pipelines.

Credentials are those of docker login: DOCKER_CONFIG, or ~/.docker/config.json with its helpers. Registries on this machine
(localhost, 127.0.0.1) are asked without TLS.

Exits 0 when done, 1 when a document has errors, an image is not there or not locked, 2 when a file cannot be read or written,
3 when a registry refuses or does not answer, 16 when tags moved and nothing else is wrong.

Examples:
  pachkit lock pachyderm.yaml
  pachkit lock clusters/*.yaml --update
  pachkit lock clusters/prod.yaml -o locks/prod.lock
  pachkit lock clusters/*.yaml --check`,
    options: [
      {
        flags: '--check',
        description: 'compare the lock file with the registries, and write nothing',
      },
      { flags: '--update', description: 'ask for every image anew' },
      {
        flags: '-o, --output <file>',
        description: 'lock file (default: images.lock of the document, or pachkit.lock beside it)',
      },
      MIRROR_OPTION,
      { flags: '--timeout <seconds>', description: 'what each answer may take', default: '15' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../lock')).lock,
  },
  {
    name: 'secret',
    arguments: '<action> <file> [key...]',
    choices: { action: SECRET_ACTIONS },
    summary: 'list, print, set or rotate generated secrets',
    description: `Works on the secrets of a document, above all on those that pachkit generated and keeps: in .pachkit beside the document,
or encrypted with age where the document has secrets.store. A cluster that runs is not changed.
  list    every secret of the document with where it comes from, and those that are kept for nothing; prints none
  get     prints one secret and nothing else, for a pipe
  set     puts what comes on standard input in the place of a generated secret
  rotate  generates secrets anew, says what that breaks, and prints the commands in the order that keeps logins working
  wrap    has the program sops encrypt the key of encrypted files for KMS, Vault and PGP, once, and keeps that in
          NAME.sops-keys.json beside the document, to be committed
  certificate  fetches what SealedSecrets are encrypted with from their controller, into the file that the document names
  store   prints the commands that put what ExternalSecrets fetch into the store, with the program of --with; without --show
          no secret is in them
  entry   prints the entry of one Secret as JSON, for a pipe: the commands of store call it

A key is that of list, or the field: auth.rootToken.

Exits 0 when done, 1 when the document has errors, 2 when the command line is wrong or the store cannot be used,
3 when sops or the cluster fails.

Examples:
  pachkit secret list pachyderm.yaml
  pachkit secret get pachyderm.yaml auth.rootToken | pachctl auth use-auth-token
  pachkit secret rotate pachyderm.yaml console.clientSecret
  pachkit secret store pachyderm.yaml --with vault | sh`,
    options: [
      {
        flags: '--with <tool>',
        description: 'with store: the program that fills the store',
        choices: STORE_TOOLS.map(({ name }) => name),
      },
      {
        flags: '--in <name>',
        description:
          'with store: the mount of the KV engine (default: secret), or the name of the key vault for az',
      },
      { flags: '--show', description: 'with store: write the secrets into the commands' },
      {
        flags: '--controller-name <name>',
        description: 'with certificate: the Service of the controller',
        default: 'sealed-secrets-controller',
      },
      {
        flags: '--controller-namespace <name>',
        description: 'with certificate: its namespace',
        default: 'kube-system',
      },
      ...CLUSTER_OPTIONS,
      FORMAT_OPTION,
    ],
    load: async () => (await import('../secret')).secret,
  },
];

/** What can be chosen for a document to start from. */
function rowLines(rows: Readonly<Record<string, StarterRow>>): string {
  return Object.entries(rows)
    .map(([name, { summary }]) => `  ${name}  ${summary}`)
    .join('\n');
}

/** What is in the folder of each output. */
function outputLines(): string {
  return outputs
    .map(
      ({ name, description, isDefault }) =>
        `  ${name}/  ${description}${isDefault === true ? '' : `; written with --only ${name}`}${typeof isDefault === 'function' ? ', or where the document asks for it' : ''}`,
    )
    .join('\n');
}
