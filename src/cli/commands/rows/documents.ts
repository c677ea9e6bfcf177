import { SECRET_ACTIONS } from '../actions';
import type { CommandEntry } from '../../command';
import type { StarterRow } from '../../starter/row';
import { CLUSTER_OPTIONS } from '../../cluster-options';
import { MIRROR_OPTION } from '../../mirrors';
import { FORMAT_OPTION } from '../../reporters';
import { STABLE_EXAMPLE } from '../../../releases/pachyderm';
import { accessRows } from '../../starter/access';
import { providerRows } from '../../starter/providers';
import { STORE_TOOLS } from '../../../plan/store-tools';
import { storageRows } from '../../starter/storage';
import { usualCommands } from './usual';

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
  ...usualCommands,
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
