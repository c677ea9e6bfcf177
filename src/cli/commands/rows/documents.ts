import { SECRET_ACTIONS } from '../actions';
import type { CommandEntry } from '../../command';
import type { StarterRow } from '../../starter/row';
import { CLUSTER_OPTIONS } from '../../cluster-options';
import { BASELINE_OPTIONS } from '../../baseline-options';
import { FROZEN_OPTIONS } from '../../frozen-options';
import { LOCK_OPTION } from '../../lock-option';
import { MIRROR_OPTION } from '../../mirrors';
import { LAYER_OPTIONS } from '../../layer-options';
import { FINDINGS_OPTION, FORMAT_OPTION, REPORT_OPTIONS } from '../../reporters';
import { STABLE_EXAMPLE } from '../../../releases/pachyderm';
import { accessRows } from '../../starter/access';
import { outputs } from '../../../outputs/registry';
import { pictureFormats } from '../../../graph/formats';
import { providerRows } from '../../starter/providers';
import { STORE_TOOLS } from '../../../plan/store-tools';
import { storageRows } from '../../starter/storage';

/** Commands about documents and what is written of them. */
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
  {
    name: 'who',
    arguments: '<file>',
    summary: 'show who gets in, as whom, and with which groups',
    description: `Shows for every connector who can log in, the exact form of user: and group: that pachd will see, where it comes from
and what has to be set up at the provider for it; and for every role binding which connector can send its subject, or that
no one can ever be it. Nothing is asked of the network.

With --claims it says who one person becomes and which roles they get: from an ID token or its claims as JSON, from
attributes of SAML or Microsoft Graph as JSON, or from entries in LDIF, the person's first and then those of groups. A token
is decoded here, not verified, and never printed.

Exits 0 when the document is right, 1 when it has errors or the person of --claims is refused, 2 when a file cannot be read
or the command line is wrong.

Examples:
  pachkit who pachyderm.yaml
  pachkit who pachyderm.yaml --claims token.txt
  ldapsearch -LLL … | pachkit who pachyderm.yaml --claims - --connector corp
  pachkit who pachyderm.yaml --format json`,
    options: [
      {
        flags: '--claims <file>',
        description: 'what the provider says about a person; - for standard input',
      },
      {
        flags: '--connector <id>',
        description:
          'the connector that the person logs in with (default: the one whose issuer the claims name, or the only one)',
      },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('../who')).who,
  },
  {
    name: 'setup',
    arguments: '<file> [id]',
    summary: 'show what to set up at the identity providers, and in products that log in',
    description: `Shows for every connector, or the one with this id, what someone has to set up at its identity provider: what to enter, where
to click, which value comes back into which field of the document, the same with the provider's own command line where it has
one, and commands that show what Dex will see. Nothing is asked of the network, and no secret is read.

For each client in identity.clients with a preset, or the one with this id, it shows what to enter in that product.

synth writes the same pages into setup/, one for each connector and client. What Terraform sets up for the section auth0 has none.

Exits 0 when the document is right, 1 when it has errors, 2 when there is no such connector or client, or the command line is wrong.

Examples:
  pachkit setup pachyderm.yaml
  pachkit setup pachyderm.yaml okta
  pachkit setup pachyderm.yaml grafana
  pachkit setup pachyderm.yaml --format json`,
    options: [FINDINGS_OPTION],
    load: async () => (await import('../setup')).setup,
  },
  {
    name: 'why',
    arguments: '<file> <object> [field]',
    summary: 'show where a field of what is written comes from',
    description: `Says where a field of what synth writes comes from:
  - the lines of the document that decide it, the fields that the document leaves out, and what they mean then
  - how URLs are derived
  - what it is in other releases

pachkit finds out by trying: it makes the cluster again with one thing changed, left out or added, and looks at the field.

OBJECT is Kind/name, connectors/ID, or a name of Terraform's, such as auth0_client.application. FIELD is a path in it, into
configuration files as well: auth-config.issuer. Without FIELD, or with one that has fields inside, all of them answer.
Secrets are not read; values in Secrets and connectors are not shown. A document with errors answers as it was probably meant.

Exits 0 with an answer, 1 when the document has errors, 2 when a file cannot be read or nothing is called so.

Examples:
  pachkit why pachyderm.yaml Secret/pachyderm-auth auth-config.issuer
  pachkit why pachyderm.yaml Deployment/pachd 'containers[pachd].image'
  pachkit why pachyderm.yaml connectors/auth0 config.redirectURI
  pachkit why pachyderm.yaml auth0_client.application callbacks`,
    options: [FORMAT_OPTION],
    load: async () => (await import('../why')).why,
  },
  {
    name: 'graph',
    arguments: '<file>',
    summary: 'draw the chain of a login and the parts of the cluster',
    description: `Draws the clusters of a file: who calls whom, at which URL, with which protocol and port. Solid arrows are connections,
dashed ones what browsers carry. What is wrong stands out, with its code; secrets are named, never shown. A document with
errors has a picture of what is known; findings go to standard error. The same document makes the same bytes.

Format:
${formatLines()}
  json     the picture as data, for programs

The picture is printed, or written to the file of -o, whose name says the format. One that pachkit did not make is not
overwritten without --force.

Exits 0 when the document is right, 1 when it has errors, 2 when a file cannot be read or written.

Examples:
  pachkit graph pachyderm.yaml
  pachkit graph pachyderm.yaml -o login.svg
  pachkit graph pachyderm.yaml --format dot | dot -Tpdf > login.pdf`,
    options: [
      {
        flags: '--format <format>',
        description: 'form of the picture (default: as the name of -o ends, else mermaid)',
        choices: [...pictureFormats.map(({ name }) => name), 'json'],
      },
      { flags: '-o, --output <file>', description: 'file to write (default: standard output)' },
      { flags: '--force', description: 'replace a file that pachkit did not make' },
    ],
    load: async () => (await import('../graph')).graph,
  },
  {
    name: 'report',
    arguments: '<file...>',
    summary: 'make a page about clusters, in one file',
    description: `Makes a page of everything that is known about the clusters of documents: the picture of graph, every URL with who calls it
and why it is that, who can log in as whom, role bindings, what to register at each provider, findings at their lines, the
objects and folders that synth writes, and what the official chart says in another way. For several clusters an overview is first.

The page is one HTML file that asks no server for anything, and has no secret: none is read for it. Documents with errors are on
it with what is known. With more than five clusters, and with --serve, URLs do not say why they are what they are; pachkit why does.

It is printed, or written to the file of -o. One that pachkit did not make is not overwritten without --force. With --serve it is
shown to this machine alone, and made anew whenever one of the files is saved. --format json prints what it says as data.

Exits 0 when all documents are right, 1 when one has errors, 2 when a file cannot be read or written or the port of
--serve cannot be had.

Examples:
  pachkit report pachyderm.yaml -o report.html
  pachkit report clusters/*.yaml -o report.html
  pachkit report pachyderm.yaml --serve
  pachkit report clusters/*.yaml --format json`,
    options: [
      {
        flags: '--format <format>',
        description: 'html the page, json what it says as data, for programs',
        choices: ['html', 'json'],
        default: 'html',
      },
      { flags: '-o, --output <file>', description: 'file to write (default: standard output)' },
      { flags: '--force', description: 'replace a file that pachkit did not make' },
      { flags: '--serve', description: 'show the page in a browser while files are edited' },
      { flags: '--port <port>', description: 'port of --serve; 0 for any that is free', default: '8090' },
    ],
    load: async () => (await import('../report')).report,
  },
  {
    name: 'upgrade',
    arguments: '<file>',
    summary: 'show what another release changes, and bring a document to it',
    description: `Says what changes when the cluster of a document moves to a newer release of Pachyderm:
  - what people notice, and what has to be done about it
  - what differs between the two releases, as far as it touches this cluster; --all shows the rest
  - which keys of its connectors the Dex of the newer release begins or ceases to read
  - which secrets move, which must be kept, and where they are
  - every object that changes, and why; --all shows every field
  - the steps, in their order, with commands

Below it is what is wrong with the document in the newer release alone.

Nothing is asked of a cluster, and no secret is read. pachkit diff --to-release compares with the cluster that runs.
--write changes the release in the document and removes what the newer release does not read; comments and layout stay.

Exits 0 when the document is right in the newer release, 1 when it has errors there, 2 when a file cannot be read or
written, there are no facts about the release, or it is not newer.

Examples:
  pachkit upgrade pachyderm.yaml --to 2.12.0-rc.3
  pachkit upgrade pachyderm.yaml --to 2.11.6 --all
  pachkit upgrade pachyderm.yaml --to 2.11.6 --write`,
    options: [
      { flags: '--to <release>', description: 'the release to move to, such as 2.11.6', isRequired: true },
      { flags: '--write', description: 'bring the document to the release' },
      {
        flags: '--all',
        description: 'show every field, and what does not touch the cluster',
      },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('../upgrade')).upgrade,
  },
];

/** What can be chosen for a document to start from. */
function rowLines(rows: Readonly<Record<string, StarterRow>>): string {
  return Object.entries(rows)
    .map(([name, { summary }]) => `  ${name}  ${summary}`)
    .join('\n');
}

/** What pictures can be written as. */
function formatLines(): string {
  return pictureFormats.map(({ name, description }) => `  ${name}  ${description}`).join('\n');
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
