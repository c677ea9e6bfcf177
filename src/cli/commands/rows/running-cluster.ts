import { CONNECTOR_ACTIONS } from '../actions';
import type { CommandEntry } from '../../command';
import { CLUSTER_OPTIONS, EVENT_FORMAT_OPTION, TERRAFORM_OPTIONS } from '../../cluster-options';
import { COMMENT_FORMAT_OPTION, FINDINGS_OPTION, FORMAT_OPTION } from '../../reporters';
import { FROZEN_OPTIONS } from '../../frozen-options';
import { LOCK_OPTION } from '../../lock-option';
import { LOOK_OPTIONS } from '../../look-options';

/** Commands that ask a running cluster. */
export const runningClusterCommands: readonly CommandEntry[] = [
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
  --no-secrets      needs no secret of either document: for checks of a change, where there are none

Generated secrets are made once and kept in .pachkit beside the document, as by synth. With --format markdown the result is
for a comment on the change.

Exits 0 when nothing differs and 16 when something does, 1 when the document has errors, 2 when a file cannot be read or the
command line is wrong, 3 when the cluster cannot be asked.

Examples:
  pachkit diff pachyderm.yaml
  pachkit diff pachyderm.yaml --context production --format json
  pachkit diff staging.yaml --against production.yaml
  pachkit diff pachyderm.yaml --against ../main/pachyderm.yaml --no-secrets --format markdown
  pachkit diff pachyderm.yaml --against pachyderm.yaml --to-release 2.12.0-rc.3`,
    options: [
      ...CLUSTER_OPTIONS,
      LOCK_OPTION,
      {
        flags: '--against <file-or-dir>',
        description: 'compare with another document, or a folder of manifests',
      },
      {
        flags: '--no-secrets',
        description: 'with --against FILE: read no secret, and take what the documents name instead',
      },
      { flags: '--to-release <release>', description: 'take the document in this release of Pachyderm' },
      ...FROZEN_OPTIONS,
      COMMENT_FORMAT_OPTION,
    ],
    load: async () => (await import('../diff')).diff,
  },
  {
    name: 'deploy',
    arguments: '<file...>',
    summary: 'apply documents to a running cluster, and wait until it is ready',
    description: `Brings a running cluster to what documents say, one after the other:
  1. checks the document, has Terraform or OpenTofu plan the application at Auth0 of its auth0 section, and compares it with the cluster as pachkit diff does
  2. shows what would change and asks whether to go on; --yes does not ask, and is needed where no one can be asked
  3. has Terraform apply its plan, takes the client id from its output, and applies on the side of the server, as the field manager pachkit: namespace, definitions, configuration, workloads
  4. waits until every workload is ready, and says why one is not: image, crash loop, node, volume claim, Secret, policy
  5. deletes what an earlier deploy made and this document does not have; claims for volumes stay, and Secrets whose values are nowhere else
  6. when something has changed, checks every hop of the login as pachkit doctor does; what cannot be reached from here is marked !

Terraform works in the folder terraform of the cluster below --out, where pachkit synth writes it, and keeps its state there or
in the backend of the document. Its provider needs AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET, or AUTH0_API_TOKEN.
What deploys have made is noted in the ConfigMap pachkit-NAME, which kubectl understands as an ApplySet. A Lease keeps two
deploys of a cluster apart. Stopped at any moment, the next run goes on. A second run changes nothing.

Refused, unless an option allows it: fields that others set differently (--force-conflicts), objects of a Helm release
(--take-over-helm), a release older than the one that runs (--allow-downgrade).

Exits 0 when the cluster is as the document says and ready, 1 when a document has errors, 2 when a file cannot be read, the
command line is wrong or no one confirms, 3 when Terraform fails, the cluster refuses, is not ready in time or cannot be asked,
or a hop of the login fails.

Examples:
  pachkit deploy pachyderm.yaml
  pachkit deploy pachyderm.yaml --context production --yes
  pachkit deploy clusters/*.yaml --yes --format json`,
    options: [
      ...CLUSTER_OPTIONS,
      LOCK_OPTION,
      { flags: '-y, --yes', description: 'do not ask' },
      { flags: '--dry-run', description: 'show what would change, and stop' },
      { flags: '--no-wait', description: 'do not wait until workloads are ready' },
      { flags: '--no-verify', description: 'do not look at the login when all is ready' },
      ...LOOK_OPTIONS,
      ...TERRAFORM_OPTIONS,
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
        description: 'take over fields that others set differently',
      },
      { flags: '--take-over-helm', description: 'take over objects of a Helm release' },
      {
        flags: '--renamed-from <name>',
        description: 'take over what was deployed when the document had this name',
      },
      {
        flags: '--allow-downgrade',
        description: 'deploy a release older than the one that runs',
      },
      ...FROZEN_OPTIONS,
      EVENT_FORMAT_OPTION,
    ],
    load: async () => (await import('../deploy')).deploy,
  },
  {
    name: 'destroy',
    arguments: '<file>',
    summary: 'delete what deploys of a document have made',
    description: `Deletes every object that pachkit deploy has made of a document, workloads first, and asks before it does. Data stays
without --with-data: claims for volumes, and Secrets whose values the document does not have. So does the namespace.
Then Terraform takes away the application at Auth0 that it has made of the auth0 section. It stays without --with-data where it
was there before (provision: import), and where its database has users.

Exits 0 when all is deleted, 1 when the document has errors, 2 when the command line is wrong or no one confirms, 3 when
Terraform fails, or the cluster refuses or cannot be asked.

Examples:
  pachkit destroy pachyderm.yaml
  pachkit destroy staging.yaml --context staging --with-data --yes`,
    options: [
      ...CLUSTER_OPTIONS,
      { flags: '-y, --yes', description: 'do not ask' },
      { flags: '--with-data', description: 'delete claims for volumes and all Secrets too' },
      ...TERRAFORM_OPTIONS,
      EVENT_FORMAT_OPTION,
    ],
    load: async () => (await import('../destroy')).destroy,
  },
  {
    name: 'status',
    arguments: '<file>',
    summary: 'show how the running cluster of a document is',
    description: `Shows on one screen what a cluster is like now: the last deploy, objects that are there, drift from the document, the
issuer, connectors and administrators that pachd is told, whether authentication is activated, when the license ends, and
every workload with its image, or the reason why it is not ready.
What pachd itself knows, such as role bindings made by hand, it tells only to those who log in: --pachctl asks it with the
pachctl on PATH, as the user who is logged in there. What it tells to administrators alone is named.

Exits 0 when every workload is ready and nothing differs, 16 when something differs from the document, 3 when a workload is
not ready or the cluster cannot be asked, 1 when the document has errors, 2 when the command line is wrong.

Examples:
  pachkit status pachyderm.yaml
  pachkit status pachyderm.yaml --watch
  pachkit status pachyderm.yaml --pachctl
  pachkit status pachyderm.yaml --context production --format json`,
    options: [
      ...CLUSTER_OPTIONS,
      LOCK_OPTION,
      {
        flags: '--pachctl [context]',
        description: 'ask pachd too, with pachctl and its active context, or this one',
      },
      {
        flags: '--watch',
        description: 'go on until Ctrl-C: keep the screen up to date; without a terminal, print what changes',
      },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../status')).status,
  },
  {
    name: 'doctor',
    arguments: '<file>',
    summary: 'check every hop of the login that a document describes',
    description: `Checks every hop of the login of a document, from where it runs, and prints one line for each: what was seen, and
the fix where something is wrong.
  document    what validate finds, and whether secrets can be read
  Dex         DNS, TCP, TLS, discovery and issuer, clock, keys, the client and the client secret of pachd
  pachd API   with the root token, from 2.8 on behind the proxy: role bindings, clients and connectors beside the document's
  way back    where browsers come back to pachd and Console after a login
  connectors  DNS, TCP, TLS; the provider's discovery, issuer, clock and keys; the request for a login followed to the provider's own page, whose words are quoted when it refuses; the client secret; for LDAP the bind and a search; for passwords Dex's form, filled in as a user who does not exist

Hops that need one that failed are skipped. Every hop has --timeout seconds. Secrets are sent only to the servers that
they are for, over verified TLS, and never printed; nothing is changed, and no one is logged in. HTTPS_PROXY, NO_PROXY and
SSL_CERT_FILE are honoured. With --offline nothing is asked, and the hops are listed.

With --in-cluster the cluster of the kubeconfig is asked too. The Secrets that the document refers to with existing are read, so
that what needs them is asked: client secrets, binds, the root token. And what Dex and pachd ask is asked from where they are:
through their Pod, or through a Pod that is made for this and deleted at the end. With --no-cluster, which is the default, no
cluster is asked, and no kubeconfig is needed.

With --login someone logs in once, and the claims, the subject and the groups that pachd will see are shown, with the roles
that auth.roleBindings gives them. Connectors that check passwords ask on the terminal, or take name and password as two lines
of standard input. Others log in through a browser: it comes back here with a client of the document whose redirect URI is of
this machine, by the device flow with one that has /device/callback, or its last address is typed in. No token is printed.

Exits 0 when nothing is wrong, 1 when the document has errors, 2 when a file cannot be read or the command line is wrong,
3 when a hop fails.

Examples:
  pachkit doctor pachyderm.yaml
  pachkit doctor pachyderm.yaml --resolve pachyderm.acme.com:443:10.0.0.5 --ca corporate-ca.pem
  pachkit doctor pachyderm.yaml --in-cluster --context production
  pachkit doctor pachyderm.yaml --login corp
  pachkit doctor pachyderm.yaml --offline
  pachkit doctor pachyderm.yaml --format json`,
    options: [
      {
        flags: '--in-cluster',
        description:
          'read the Secrets that the document refers to from the cluster, and look from its Pods as well',
      },
      { flags: '--no-cluster', description: 'look from outside alone, without a kubeconfig; the default' },
      {
        flags: '--image <image>',
        description:
          'with --in-cluster: image of the Pod that is made where that of Dex cannot be used; it needs sh and nc',
      },
      ...CLUSTER_OPTIONS,
      {
        flags: '--login <connector>',
        description: 'log in once with the connector of this id, and show what pachd will see',
      },
      { flags: '--offline', description: 'ask nothing; list the hops' },
      ...LOOK_OPTIONS,
      { flags: '--timeout <seconds>', description: 'what each hop may take', default: '10' },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('../doctor')).doctor,
  },
  {
    name: 'connector',
    arguments: '<action> <file> [id...]',
    choices: { action: CONNECTOR_ACTIONS },
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

Exits 0 when done, 16 when diff finds differences, 1 when the document has errors, 2 when the command line is wrong, no
one confirms, or connectors of the cluster are not pachctl's to change, 3 when pachctl is missing or the cluster refuses.

Examples:
  pachkit connector diff pachyderm.yaml
  pachkit connector apply pachyderm.yaml --context production
  pachkit connector apply pachyderm.yaml auth0 --yes
  pachkit connector delete pachyderm.yaml old-ldap`,
    options: [
      { flags: '--context <name>', description: "pachctl's context (default: the active one)" },
      { flags: '--prune', description: 'with apply: delete what the document does not have' },
      { flags: '-y, --yes', description: 'do not ask' },
      { flags: '--timeout <seconds>', description: 'what each command of pachctl may take', default: '60' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../connector')).connector,
  },
];
