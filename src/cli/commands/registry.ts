import { outputs } from '../../outputs/registry';
import type { CommandEntry } from '../command';
import { CLUSTER_OPTIONS, EVENT_FORMAT_OPTION } from '../cluster-options';
import { LAYER_OPTIONS } from '../layer-options';
import { FINDINGS_OPTION, FORMAT_OPTION, REPORT_OPTIONS } from '../reporters';
import { STABLE_EXAMPLE } from '../../releases/pachyderm';
import { accessRows } from '../starter/access';
import { providerRows } from '../starter/providers';
import type { StarterRow } from '../starter/row';
import { storageRows } from '../starter/storage';

/** Every command, in the order of `pachkit --help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    arguments: '[dir]',
    summary: 'write a document to start from',
    description: `Writes a document to start from into DIR (default: this folder), with the schema that editors use and a
.gitignore for generated secrets. The document validates and synthesizes as it is. Nothing that exists is overwritten.

Without options it is a dev cluster with a mock login, which needs no license and no account. The options choose
something else, with names of example.com to replace; what is not chosen follows from the rest.

Provider:
${rowLines(providerRows)}

Access:
${rowLines(accessRows)}

Storage:
${rowLines(storageRows)}

Choices that do not go together, such as a mock login in production, are refused with the finding that they have.

Examples:
  pachkit init my-cluster
  pachkit init my-cluster && cd my-cluster && pachkit synth pachyderm.yaml
  pachkit init production --profile production --provider okta --access ingress --storage s3
  pachkit init legacy --release 2.2.8 --provider ldap`,
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
    ],
    load: async () => (await import('./init')).init,
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
  upstream-idps  a list of connectors, alone or under upstream-idps of a Secret
  dex-config     the configuration of a standalone Dex
They are told from cluster documents by what is in them; --as says what a file is.

With --values or an option that begins with --set all that is named is one set of values, laid over each other as helm does: files
first, then --values, --set-json, --set, --set-string, --set-file and --set-literal, in this order. A finding is at the place,
in a file or in an argument, that the value comes from.

--fix fixes what is safe to fix, in the file where it was written: a key whose case differs or with one wrong letter, the slash after an Auth0 issuer. Comments and layout stay. What is read from standard input is printed, fixed.

Exits 0 when there is no error, 1 when there is, 2 when a file cannot be read or written, 70 when pachkit itself fails.
Findings are printed on standard output; what --fix makes of standard input takes their place, and they go to standard error.

Examples:
  pachkit validate pachyderm.yaml
  pachkit validate clusters/*.yaml --format json
  pachkit validate pachyderm.yaml --fix
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
      { flags: '--fix', description: 'fix what is safe to fix', default: false },
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('./validate')).validate,
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
standard output. Exits 0 when all is written, 1 when a document has errors, 2 when a file cannot be read or written, 70 when
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
      {
        flags: '--frozen',
        description: 'generate no secrets; a missing one is an error (default when CI is set)',
      },
      { flags: '--no-frozen', description: 'generate secrets although CI is set' },
      {
        flags: '--adopt',
        description: 'take over the folder of a cluster that was written from another document',
      },
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('./synth')).synth,
  },
  {
    name: 'diff',
    arguments: '<file>',
    summary: 'show what a document would change in a running cluster',
    description: `Compares a document with a running cluster, which is not changed: its API server applies everything and writes nothing.
Prints a table of the objects that would be created, updated, replaced or deleted, and of those whose Pods restart; below it the
fields that change, with secrets shown as changed and nothing more; then what it means for people who use the cluster.
Fields that others fill in are no difference: defaults, replicas of autoscalers, injected sidecars. Objects that are no
longer in the document are deleted if pachkit deploy made them.

Without a cluster:
  --against FILE    compares with another document
  --against DIR     compares with the manifests in a folder, such as one that synth wrote
  --to-release R    takes the document in another release; together with --against and the same file it compares two releases

Generated secrets are made once and kept in .pachkit beside the document, as by synth.
Exits 0 when nothing differs and 16 when something does, 1 when the document has errors, 2 when a file cannot be read or the
command line is wrong, 3 when the cluster cannot be asked.

Examples:
  pachkit diff pachyderm.yaml
  pachkit diff pachyderm.yaml --context production --format json
  pachkit diff staging.yaml --against production.yaml
  pachkit diff pachyderm.yaml --against pachyderm.yaml --to-release 2.12.0-rc.3`,
    options: [
      ...CLUSTER_OPTIONS,
      {
        flags: '--against <file-or-dir>',
        description: 'compare with another document, or a folder of manifests',
      },
      { flags: '--to-release <release>', description: 'take the document in this release of Pachyderm' },
      {
        flags: '--frozen',
        description: 'generate no secrets; a missing one is an error (default when CI is set)',
      },
      { flags: '--no-frozen', description: 'generate secrets although CI is set' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('./diff')).diff,
  },
  {
    name: 'deploy',
    arguments: '<file...>',
    summary: 'apply documents to a running cluster, and wait until it is ready',
    description: `Brings a running cluster to what documents say, one after the other:
  1. checks the document, and compares it with the cluster as pachkit diff does
  2. shows what would change and asks whether to go on; --yes does not ask, and is needed where no one can be asked
  3. applies on the side of the server, as the field manager pachkit: namespace, definitions, configuration, workloads
  4. waits until every workload is ready, and says why one is not: image, crash loop, node, volume claim, Secret, policy
  5. deletes what an earlier deploy made and this document does not have; claims for volumes stay, and Secrets whose values are nowhere else
  6. when something has changed, looks at every hop of the login as pachkit doctor does; what cannot be reached from here is marked !

What deploys have made is noted in the ConfigMap pachkit-NAME, which kubectl understands as an ApplySet. A Lease keeps two
deploys of a cluster apart. Stopped at any moment, the next run goes on. A second run changes nothing.

Refused, unless an option allows it: fields that others say otherwise (--force-conflicts), objects of a Helm release
(--take-over-helm), a release older than the one that runs (--allow-downgrade).
Exits 0 when the cluster is as the document says and ready, 1 when a document has errors, 2 when a file cannot be read, the
command line is wrong or no one confirms, 3 when the cluster refuses, is not ready in time, cannot be asked, or a hop of the
login fails.

Examples:
  pachkit deploy pachyderm.yaml
  pachkit deploy pachyderm.yaml --context production --yes
  pachkit deploy clusters/*.yaml --yes --format json`,
    options: [
      ...CLUSTER_OPTIONS,
      { flags: '-y, --yes', description: 'do not ask', default: false },
      { flags: '--dry-run', description: 'show what would change, and stop', default: false },
      { flags: '--no-wait', description: 'do not wait until workloads are ready' },
      { flags: '--no-verify', description: 'do not look at the login when all is ready' },
      { flags: '--timeout <seconds>', description: 'longest wait for a cluster', default: '600' },
      {
        flags: '--prune <when>',
        description: 'whether to delete what is no longer in the document',
        choices: ['true', 'false'],
        default: 'true',
      },
      {
        flags: '--remove <kind/name>',
        description: 'delete this object too, although it would be kept; may be given several times',
        repeats: true,
      },
      {
        flags: '--force-conflicts',
        description: 'take over fields that others say otherwise',
        default: false,
      },
      { flags: '--take-over-helm', description: 'take over objects of a Helm release', default: false },
      {
        flags: '--allow-downgrade',
        description: 'deploy a release older than the one that runs',
        default: false,
      },
      {
        flags: '--frozen',
        description: 'generate no secrets; a missing one is an error (default when CI is set)',
      },
      { flags: '--no-frozen', description: 'generate secrets although CI is set' },
      EVENT_FORMAT_OPTION,
    ],
    load: async () => (await import('./deploy')).deploy,
  },
  {
    name: 'destroy',
    arguments: '<file>',
    summary: 'delete what deploys of a document have made',
    description: `Deletes every object that pachkit deploy has made of a document, workloads first, and asks before it does. Data stays
without --with-data: claims for volumes, and Secrets whose values the document does not have. So does the namespace.
Exits 0 when all is deleted, 1 when the document has errors, 2 when the command line is wrong or no one confirms, 3 when the
cluster refuses or cannot be asked.

Examples:
  pachkit destroy pachyderm.yaml
  pachkit destroy staging.yaml --context staging --with-data --yes`,
    options: [
      ...CLUSTER_OPTIONS,
      { flags: '-y, --yes', description: 'do not ask', default: false },
      { flags: '--with-data', description: 'delete claims for volumes and all Secrets too', default: false },
      EVENT_FORMAT_OPTION,
    ],
    load: async () => (await import('./destroy')).destroy,
  },
  {
    name: 'status',
    arguments: '<file>',
    summary: 'show how the running cluster of a document is',
    description: `Shows on one screen what a cluster is like now: the last deploy, objects that are there, drift from the document, the
issuer, connectors and administrators that pachd is told, whether authentication is activated, when the license ends, and
every workload with its image, or the reason why it is not ready.
What pachd itself knows, such as role bindings made by hand, it tells only to those who log in: pachctl shows it.

Exits 0 when every workload is ready and nothing differs, 16 when something differs from the document, 3 when a workload is
not ready or the cluster cannot be asked, 1 when the document has errors, 2 when the command line is wrong.

Examples:
  pachkit status pachyderm.yaml
  pachkit status pachyderm.yaml --watch
  pachkit status pachyderm.yaml --context production --format json`,
    options: [
      ...CLUSTER_OPTIONS,
      { flags: '--watch', description: 'go on, and print what changes, until Ctrl-C', default: false },
      FORMAT_OPTION,
    ],
    load: async () => (await import('./status')).status,
  },
  {
    name: 'doctor',
    arguments: '<file>',
    summary: 'look at every hop of the login that a document describes',
    description: `Looks at every hop of the login of a document, from where it runs, and prints one line for each: what was seen, and
the fix where something is wrong.
  document    what validate finds, and whether secrets can be read
  Dex         DNS, TCP, TLS, discovery and issuer, clock, keys, the client and the client secret of pachd
  pachd API   with the root token, from 2.8 on behind the proxy: role bindings, clients and connectors beside the document's
  way back    where browsers come back to pachd and Console after a login
  connectors  DNS, TCP, TLS; the provider's discovery, issuer, clock and keys; the request for a login followed to the provider's own page, whose words are quoted when it refuses; the client secret; for LDAP the bind and a search; for passwords Dex's form, filled in as a user who does not exist
Hops that need one that failed are skipped. Every hop has --timeout seconds. Secrets are sent only to the servers that
they are for, over verified TLS, and never printed; nothing is changed, and no one is logged in. HTTPS_PROXY, NO_PROXY and
SSL_CERT_FILE are honoured. With --offline nothing is asked, and the hops are listed.

With --in-cluster the Secrets that the document refers to with existing are read from the cluster of the kubeconfig, so that
what needs them is asked too: client secrets, binds, the root token. Without it no cluster is asked.

With --login someone logs in once, and the claims, the subject and the groups that pachd will see are shown, with the roles
that auth.roleBindings gives them. Connectors that check passwords ask on the terminal, or take name and password as two lines
of standard input. Others log in through a browser: it comes back here with a client of the document whose redirect URI is of
this machine, by the device flow with one that has /device/callback, or its last address is typed in. No token is printed.

Exits 0 when nothing is wrong, 1 when the document has errors, 2 when a file cannot be read or the command line is wrong,
3 when a hop fails.

Examples:
  pachkit doctor pachyderm.yaml
  pachkit doctor pachyderm.yaml --resolve pachyderm.acme.com:443:10.0.0.5 --ca corporate-ca.pem
  pachkit doctor pachyderm.yaml --login corp
  pachkit doctor pachyderm.yaml --offline
  pachkit doctor pachyderm.yaml --format json`,
    options: [
      {
        flags: '--in-cluster',
        description:
          'read the Secrets that the document refers to from the cluster (default: ask no cluster)',
        default: false,
      },
      ...CLUSTER_OPTIONS,
      {
        flags: '--login <connector>',
        description: 'log in once with the connector of this id, and show what pachd will see',
      },
      { flags: '--offline', description: 'ask nothing; list the hops', default: false },
      {
        flags: '--resolve <host:port:address>',
        description:
          'connect to this address for that host and port, as curl does; may be given several times',
        repeats: true,
      },
      {
        flags: '--ca <file>',
        description: 'certificates of authorities to trust besides those of this machine',
      },
      { flags: '--timeout <seconds>', description: 'what each hop may take', default: '10' },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('./doctor')).doctor,
  },
  {
    name: 'connector',
    arguments: '<action> <file> [id...]',
    summary: 'list, compare, apply or delete connectors with pachctl',
    description: `Manages the connectors of a running cluster whose connectors pachctl sets: every cluster of release 2.2, and later ones
whose pachd does not get them from its environment. The pachctl on PATH is used, with your login and your context.
  list    the connectors of the document and of the cluster, by id, type and name; reads no secrets
  diff    every setting that differs; of secrets only that they differ
  apply   create what is missing, update what differs; the version is that of the cluster raised by one
  delete  delete the connectors with these ids, or without ids those that the document does not have
With ids, diff and apply look at these connectors alone. apply and delete show what changes and ask first; --yes says that it
is meant. Before anything is changed, what validate finds is said, and whether the cluster has the issuer of the document.
What pachctl reads goes through its standard input: no secret is an argument, a file, or printed.

Exits 0 when done, 16 when diff finds differences, 1 when the document has errors, 2 when the command line is wrong or
connectors of the cluster are not pachctl's to change, 3 when pachctl is missing or the cluster refuses.

Examples:
  pachkit connector diff pachyderm.yaml
  pachkit connector apply pachyderm.yaml --context production
  pachkit connector apply pachyderm.yaml auth0 --yes
  pachkit connector delete pachyderm.yaml old-ldap`,
    options: [
      { flags: '--context <name>', description: "pachctl's context (default: the active one)" },
      { flags: '--prune', description: 'with apply: delete what the document does not have', default: false },
      { flags: '-y, --yes', description: 'do not ask', default: false },
      { flags: '--timeout <seconds>', description: 'what each command of pachctl may take', default: '60' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('./connector')).connector,
  },
  {
    name: 'import',
    arguments: '<format> [file...]',
    summary: 'make a document of values of the official chart',
    description: `Makes a document of values of the official Helm chart, for a cluster that is moved to pachkit:

  pachkit import helm-values FILE…
  pachkit import helm-values --from-cluster

Several files are laid over each other as Helm does, and over them what --set and its like say; - is standard input. Prints the document on standard output, and on
standard error what became of every value: carried, derived, as by default, dead in that release, of another product, or not
carried and what that means. With --format json both are one JSON document on standard output.

With --from-cluster the values are those that Helm keeps of the release in the cluster, and namespace, name and release of the chart
too; nothing is changed there.

Secrets, with --secrets:
  existing  refer to the Secrets that the release has, so that nothing changes; what no key holds alone is read from the environment
  env       read from environment variables, which the report lists
  plain     stand in the document as in the values; only for profile dev

Exits 0 when the document is made, 1 when the values cannot be a document, 2 when a file cannot be read or written, 3 when
the cluster cannot be asked, 70 when pachkit itself fails.

Examples:
  pachkit import helm-values values.yaml --release 2.11.6 -o pachyderm.yaml
  pachkit import helm-values values.yaml production.yaml --set pachd.replicas=2
  helm get values pachyderm -o yaml | pachkit import helm-values - --release 2.11.6 --namespace pach`,
    options: [
      {
        flags: '--release <release>',
        description: 'release of the chart, such as 2.11.6 (default: that of pachd.image.tag, or the newest)',
      },
      ...LAYER_OPTIONS,
      { flags: '--namespace <namespace>', description: 'namespace of the release' },
      {
        flags: '--from-cluster',
        description: 'read what Helm keeps of the release in the cluster',
        default: false,
      },
      ...CLUSTER_OPTIONS,
      {
        flags: '--helm-release <name>',
        description: 'name of the release, as helm list shows it (default: pachyderm)',
      },
      {
        flags: '--secrets <form>',
        description: 'how secrets are written',
        choices: ['existing', 'env', 'plain'],
        default: 'existing',
      },
      { flags: '-o, --output <file>', description: 'write the document into a file' },
      { flags: '--force', description: 'replace the file of -o', default: false },
      FORMAT_OPTION,
    ],
    load: async () => (await import('./import')).importCommand,
  },
  {
    name: 'export',
    arguments: '<format> <file>',
    summary: 'make values of the official chart of a document',
    description: `Makes values of the official Helm chart of a document, which render to the same objects:

  pachkit export helm-values FILE

- is standard input. Prints the values on standard output, and on standard error what became of every field: what the chart cannot
say is listed. With --format json both are one JSON document on standard output.

Secrets, with --secrets:
  env    as in the document: named Secrets stay named, text stays text, and the rest are placeholders such as \${ROOT_TOKEN}, which
         envsubst fills in
  plain  variables, files and generated secrets are read, and stand in the values

Exits 0 when the values are made, 1 when the document has errors, 2 when a file cannot be read or written, 3 when pachkit itself
fails.

Examples:
  pachkit export helm-values pachyderm.yaml -o values.yaml
  pachkit export helm-values pachyderm.yaml --release 2.11.6 --secrets plain`,
    options: [
      { flags: '--release <release>', description: 'release of the chart (default: that of the document)' },
      {
        flags: '--secrets <form>',
        description: 'how secrets are written',
        choices: ['env', 'plain'],
        default: 'env',
      },
      { flags: '-o, --output <file>', description: 'write the values into a file' },
      { flags: '--force', description: 'replace the file of -o', default: false },
      FORMAT_OPTION,
    ],
    load: async () => (await import('./export')).exportCommand,
  },
  {
    name: 'schema',
    arguments: '[name]',
    summary: 'print a JSON Schema',
    description: `Prints a JSON Schema as one file without references to others: that of the document, or the one named.

With --target it is the schema of what one version of Pachyderm or Dex reads, and refuses all keys that it ignores:
  connector   a connector file, or one item of a Dex configuration's connectors
  oidc, …     the config of a connector of that type
  dex         the configuration of a standalone Dex
It accepts what validate --as finds nothing wrong with in form, save that keys must be in Dex's spelling and have a value.

helm-values is the schema of the values that the official chart of one release of Pachyderm reads (--release, default: the
newest): for editors, and for values.schema.json of a chart that depends on it. Helm itself takes any key.

Examples:
  pachkit schema > schemas/cluster.schema.json
  pachkit schema connectors/oidc
  pachkit schema oidc --target dex@2.45
  pachkit schema connector --target pachyderm@2.11
  pachkit schema helm-values --release 2.11.6 > values.schema.json`,
    options: [
      {
        flags: '--target <product@version>',
        description: 'the Pachyderm or Dex that reads it, such as pachyderm@2.11 or dex@2.45',
      },
      {
        flags: '--form <form>',
        description:
          'with --target: a file that the product reads itself (the default), or a cluster document, where redirectURI is derived and secrets may be mappings',
        choices: ['file', 'document'],
      },
      {
        flags: '--release <version>',
        description: 'with helm-values: the release of Pachyderm, such as 2.11.6 or 2.11',
      },
    ],
    load: async () => (await import('./schema')).schema,
  },
  {
    name: 'explain',
    arguments: '<code-or-field>',
    summary: 'explain a code, or a field of the document',
    description: `Explains a code of a finding, or its slug: the reason and the remedy. Or a field of the document: what it is for,
what it takes, its default.

Examples:
  pachkit explain SCH001
  pachkit explain unknown-key
  pachkit explain auth.sessionDuration`,
    options: [],
    load: async () => (await import('./explain')).explain,
  },
];

/** What can be chosen for a document to start from. */
function rowLines(rows: Readonly<Record<string, StarterRow>>): string {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  return Object.entries(rows)
    .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
    .join('\n');
}

/** What is in the folder of each output. */
function outputLines(): string {
  const width = Math.max(...outputs.map(({ name }) => name.length)) + 1;
  return outputs
    .map(
      ({ name, description, isDefault }) =>
        `  ${`${name}/`.padEnd(width)}  ${description}${isDefault ? '' : `; written with --only ${name}`}`,
    )
    .join('\n');
}
