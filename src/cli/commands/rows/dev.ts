import { DEV_ACTIONS } from '../actions';
import { clusterTools } from '../../../dev/tools/registry';
import type { CommandEntry } from '../../command';
import { EVENT_FORMAT_OPTION, TERRAFORM_OPTIONS } from '../../cluster-options';
import { FROZEN_OPTIONS } from '../../frozen-options';
import { MIRROR_OPTION } from '../../mirrors';

/** Clusters on the user's own machine. */
export const devCommands: readonly CommandEntry[] = [
  {
    name: 'dev',
    arguments: '<action> [file]',
    choices: { action: DEV_ACTIONS },
    summary: 'make, open and delete a cluster of a document on this machine',
    description: `Has kind, k3d or minikube make a cluster on this machine for a document with the profile dev (default: pachyderm.yaml), and
deploys the document to it.
  up       makes the cluster where there is none, with exactly the ports that the document's URLs name; deploys as pachkit deploy does, waits, checks the login as pachkit doctor does, and prints what to open, who can log in, and how to go on; run again, it changes nothing
  down     deletes the cluster with its data, if up has made it
  reset    down and up: the same secrets, and no data
  status   as pachkit status
  verify   compares what runs with the document and its lock file, and says what differs: image and version of the node, digests of images, objects, Secrets (their keys, never a value), ports
  open     opens Console, or the login page, in a browser
  forward  has kubectl open the ports as long as it runs, for a cluster that does not open them
  logs     the last lines of every container, without secrets of the document
  config   prints the configuration for the tool, or what minikube is started with; --write makes it a file

Objects are those of pachkit synth. Where a Service of the document does not open a port of the node, another one beside it does.
With --mirror, up fetches the images of a registry from another one, such as docker.io=localhost:5001, into .pachkit/images beside the
document, compares their digests, and loads them into the cluster before anything is deployed.
What up has made is noted in .pachkit beside the document; clusters of anyone else are not touched.
Ports are open to this machine alone. With access.tls.secretName in the document they answer https: up makes the certificate where
the Secret is missing, and says how a browser trusts it.

Exits 0 when done, 1 when the document has errors or a registry does not have an image, 2 when the command line is wrong or the profile is another one, 3 when a tool
is missing or fails, a port is in use, an image cannot be fetched, the cluster refuses or is not ready in time, or a hop of the login fails, 16 when verify
finds differences.

Examples:
  pachkit dev up
  pachkit dev up pachyderm.yaml --with k3d --image-archive pachd.tar
  pachkit dev up --mirror docker.io=localhost:5001
  pachkit dev up --offline
  pachkit dev config pachyderm.yaml --with kind --write kind.yaml
  pachkit dev down`,
    options: [
      {
        flags: '--with <tool>',
        description: 'what makes the cluster (default: the one that made it, or the first on PATH)',
        choices: clusterTools.map(({ name }) => name),
      },
      {
        flags: '--image-archive <file>',
        description: 'load the images of this archive, as docker save writes it; may be given several times',
        repeats: true,
      },
      MIRROR_OPTION,
      {
        flags: '--offline',
        description:
          'with up and reset: ask no registry, and load the images that --mirror has fetched before',
      },
      {
        flags: '--timeout <seconds>',
        description: 'longest wait until the cluster is ready',
        default: '600',
      },
      { flags: '--no-verify', description: 'do not look at the login when all is ready' },
      { flags: '--tail <lines>', description: 'with logs: lines of each container', default: '50' },
      { flags: '--write <file>', description: 'with config: write the configuration into this file' },
      { flags: '--force', description: 'with --write: replace a file that exists' },
      { flags: '--context <context>', description: 'with forward: context of the kubeconfig' },
      {
        flags: '--kubeconfig <file>',
        description: 'kubeconfig to use (default: KUBECONFIG, or ~/.kube/config)',
      },
      ...TERRAFORM_OPTIONS,
      ...FROZEN_OPTIONS,
      EVENT_FORMAT_OPTION,
    ],
    load: async () => (await import('../dev')).dev,
  },
];
