import { OTHER_FORMATS } from '../actions';
import type { CommandEntry } from '../../command';
import { CLUSTER_OPTIONS } from '../../cluster-options';
import { LAYER_OPTIONS } from '../../layer-options';
import { STABLE_EXAMPLE } from '../../../releases/pachyderm';
import { FORMAT_OPTION } from '../../reporters';

/** Commands between documents and the official chart. */
export const helmCommands: readonly CommandEntry[] = [
  {
    name: 'import',
    arguments: '<format> [file...]',
    choices: { format: OTHER_FORMATS },
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
  plain     are in the document as in the values; only for profile dev

Exits 0 when the document is made, 1 when the values cannot be a document, 2 when a file cannot be read or written, 3 when
the cluster cannot be asked, 70 when pachkit itself fails.

Examples:
  pachkit import helm-values values.yaml --release 2.11.6 -o pachyderm.yaml
  pachkit import helm-values values.yaml production.yaml --set pachd.replicas=2
  helm get values pachyderm -o yaml | pachkit import helm-values - --release 2.11.6 --namespace pach`,
    options: [
      {
        flags: '--release <release>',
        description: `release of the chart, such as ${STABLE_EXAMPLE} (default: that of pachd.image.tag, or the newest)`,
      },
      ...LAYER_OPTIONS,
      { flags: '--namespace <namespace>', description: 'namespace of the release' },
      {
        flags: '--from-cluster',
        description: 'read what Helm keeps of the release in the cluster',
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
      { flags: '--force', description: 'replace the file of -o' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../import')).importCommand,
  },
  {
    name: 'export',
    arguments: '<format> <file>',
    choices: { format: OTHER_FORMATS },
    summary: 'make values of the official chart of a document',
    description: `Makes values of the official Helm chart of a document, which render to the same objects:

  pachkit export helm-values FILE

- is standard input. Prints the values on standard output, and on standard error what became of every field: what the chart cannot
say is listed. With --format json both are one JSON document on standard output.

Secrets, with --secrets:
  env    as in the document: named Secrets stay named, text stays text, and the rest are placeholders such as
         \${ROOT_TOKEN}, which envsubst fills in
  plain  variables, files and generated secrets are read, and written into the values

Exits 0 when the values are made, 1 when the document has errors, 2 when a file cannot be read or written, 70 when pachkit
itself fails.

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
      { flags: '--force', description: 'replace the file of -o' },
      FORMAT_OPTION,
    ],
    load: async () => (await import('../export')).exportCommand,
  },
];
