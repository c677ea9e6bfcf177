import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about values of the official chart that are imported, and about values that are exported. */
export const helmValuesExplanations: readonly Explanation[] = [
  {
    code: 'IMP001',
    title: 'Not values of the official chart',
    reason:
      'pachkit import helm-values reads what Helm was given with --values: one mapping with sections such as pachd, console and oidc. A file without any of them says nothing about Pachyderm, so the document would describe a default cluster in the place of the one that runs.',
    remedy:
      'Give the files that were given to helm install or helm upgrade, in the same order. For a release that runs, helm get values NAME -o yaml prints what was set.',
  },
  {
    code: 'IMP002',
    title: 'Document given to import',
    reason: 'The file is a document of pachkit, which is what import makes of values.',
    remedy: 'Check it with pachkit validate and write its manifests with pachkit synth.',
  },
  {
    code: 'IMP003',
    title: 'Value that is not carried',
    reason:
      'The value changes what the chart renders, and the document has no field that says the same, or the field takes no such value. The manifests of pachkit do without it, so applying them changes the cluster in this place.',
    remedy:
      'Read in the message what that means. Where the cluster needs it, set it in another way, or keep this part of the release in Helm.',
  },
  {
    code: 'IMP004',
    title: 'Value that the chart does not read',
    reason:
      'Helm takes any key, and ignores what its templates do not read. So the value had no effect in the release either, although someone meant it to have one.',
    remedy: 'Correct the name, or remove the value. The document does without it, as the release did.',
  },
  {
    code: 'IMP005',
    title: 'Cluster, enterprise server or member that cannot be imported',
    reason:
      'A document describes a cluster, with pachd.enabled, or an enterprise server, with enterpriseServer.enabled. A release with both is two of them in one namespace, which the chart refuses from 2.3.5 on; with neither, nothing is left that a document describes. A member without an address of its server, a token or an address to be called back at does not start in the release either, and a document without its server would be of another cluster: one in which other people log in.',
    remedy:
      'Set the two so that one is true, and what the message names of a member. A server and its members are documents of their own.',
  },
  {
    code: 'IMP006',
    title: 'File that would be overwritten',
    reason: 'The file of -o exists, and may have been edited since it was written.',
    remedy: 'Name another file, or add --force to replace it.',
  },
  {
    code: 'IMP007',
    title: 'Values without a release',
    reason:
      'What values mean depends on the release of the chart: defaults, names and what is read at all. Values files do not say which one they are for.',
    remedy: 'Name the release with --release, as helm list shows it under APP VERSION.',
  },
  {
    code: 'IMP008',
    title: 'File that is not written',
    reason: 'The file of -o cannot be written, or the disk is full. Nothing was written.',
    remedy: 'Change the permissions of the folder, make room, or name another file.',
  },
  {
    code: 'IMP009',
    title: 'Secrets in plain text in the document',
    reason:
      'With --secrets plain the document holds every secret that the values held. Anyone who reads it can log in as root, and git keeps it forever. Such a document needs profile dev. A secret in a URL, such as the password in global.proxy, is in the document whatever --secrets says: a URL cannot refer to a Secret.',
    remedy:
      'Take secrets out of URLs. For anything but a dev cluster import with --secrets existing, which refers to the Secrets of the release, or with --secrets env.',
  },
  {
    code: 'IMP010',
    title: 'Storage that cannot be imported',
    reason:
      'The values have a storage backend that pachd does not know, or settings of it that no document takes. A document without a backend is one of local storage: its pachd would begin with no data.',
    remedy:
      'Set deployTarget or pachd.storage.backend to LOCAL, AMAZON, GOOGLE, MICROSOFT or, up to 2.9, MINIO, in uppercase letters, and correct the values that the report names beside it.',
  },
  {
    code: 'IMP011',
    title: 'Release that Helm does not keep',
    reason:
      'Helm keeps each release in Secrets of its namespace, labelled owner=helm. None of them is a deployed release of the official chart with the name, there are several, or the namespace is another one. A release that failed or was uninstalled does not count.',
    remedy:
      'helm list -A shows names, namespaces and charts. Name them with --helm-release and --namespace, and the cluster with --context.',
  },
  {
    code: 'IMP012',
    title: 'Record of a release that cannot be read',
    reason:
      'The Secret is not written as Helm 3 and 4 write it: base64, gzip and JSON. It was changed by hand, or is of another program. Nothing of it is shown, since it holds the secrets of the values.',
    remedy:
      'Import the values as files; helm get values NAME -o yaml prints them where Helm can read the record.',
  },
  {
    code: 'IMP013',
    title: 'Profile dev for a cluster that others reach',
    reason:
      'The cluster has what must not be in production: a mock login, no authentication, plain http, secrets in plain text. pachkit makes manifests of it with profile: dev alone, which a cluster on one machine may have. This one has a host that others reach.',
    remedy:
      'Put right what the comment beside profile names, or what the message does, and remove profile: dev: production is the default.',
  },
  {
    code: 'EXP001',
    title: 'Field that the chart cannot say',
    reason:
      'The official chart has no value for the field, or renders something else for it. What Helm installs from the values differs from the manifests of pachkit there.',
    remedy:
      'Read what it did, and decide whether the cluster can do without it before you give the values to Helm.',
  },
  {
    code: 'EXP002',
    title: 'Secrets in plain text in the values',
    reason:
      'The chart takes most secrets as text. Those written in the document are in the values too; Helm keeps them in its release record, and anyone who reads the file can use them.',
    remedy:
      'Refer to environment variables in the document: the values then have placeholders, which envsubst fills in.',
  },
  {
    code: 'EXP003',
    title: 'Several documents for one release',
    reason: 'Values describe one release of the chart, and the file has several documents, each a cluster.',
    remedy: 'Give a file with one document.',
  },
];
