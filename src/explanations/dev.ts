import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about clusters on the user's own machine. */
export const devExplanations: readonly Explanation[] = [
  {
    code: 'DEV001',
    title: 'Program for dev clusters that is missing',
    reason:
      'pachkit dev has kind, k3d or minikube make a cluster on this machine, and pachkit dev forward has kubectl open ports. The program is in no folder of PATH. Nothing is changed.',
    remedy:
      'Install one of the three, with Docker or Podman below it, and put its folder on PATH. --with NAME says which one to use where several are there.',
  },
  {
    code: 'DEV002',
    title: 'Dev cluster of someone else',
    reason:
      'The tool has a cluster of the name that pachkit dev up gives, and the file .pachkit/NAME.dev.json beside the document does not say that pachkit made it with this tool. pachkit neither deploys to it nor deletes it.',
    remedy:
      "Give the document another name, delete the other cluster with the tool itself, or leave out --with when the document's cluster was made with another tool.",
  },
  {
    code: 'DEV003',
    title: 'Port that is in use',
    reason:
      'The URLs of a login name ports of this machine, and the cluster is made with exactly these. Something else listens on one of them, so the tool could not open it, or logins would lead to the other program. Nothing is made.',
    remedy:
      'End the program that is named, or set another port with access.port in the document; every URL and the callback follow it.',
  },
  {
    code: 'DEV004',
    title: 'Tool for dev clusters that failed',
    reason:
      'kind, k3d or minikube was started with arguments and ended with an error, which is quoted. Docker may not run, may not be allowed to this user, or have too little memory.',
    remedy:
      'Fix what the tool names and run the command again. pachkit dev down removes a cluster that is half made.',
  },
  {
    code: 'DEV005',
    title: 'Document that is not for a dev cluster',
    reason:
      'pachkit dev makes clusters that are thrown away with all of their data, and takes documents whose profile is dev.',
    remedy:
      'Write a document of its own for development, which may extend the other one, with profile: dev. pachkit deploy deploys any document to a cluster that is there.',
  },
  {
    code: 'DEV006',
    title: 'Dev cluster that is not there',
    reason: 'pachkit dev up has not made a cluster for this document, or it was deleted since.',
    remedy: 'Run pachkit dev up FILE first.',
  },
  {
    code: 'DEV007',
    title: 'Ports of an earlier document',
    reason:
      'A cluster on this machine opens the ports that the document named when the cluster was made. The document names others now, which nothing leads to.',
    remedy:
      'pachkit dev reset FILE makes the cluster anew, with the same secrets and no data. pachkit dev forward FILE opens the ports without that, as long as it runs.',
  },
];
