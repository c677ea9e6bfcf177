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
  {
    code: 'DEV008',
    title: 'Docker that does not answer',
    reason:
      'The nodes of a dev cluster are containers of Docker. It does not run, or does not let this user in; its own words are quoted. Nothing is made.',
    remedy:
      'Start Docker, let your user use it, or name another one with DOCKER_HOST. Without docker on PATH, nothing is asked, and the tool finds Podman itself.',
  },
  {
    code: 'DEV009',
    title: 'Too little memory for a dev cluster',
    reason:
      'Kubernetes starts a pod where the memory is free that the pod asks for. The pods of the document ask for more, taken together, than the machine has that runs the containers: some would wait forever. Nothing is made.',
    remedy:
      'Give Docker more memory (Docker Desktop: Settings, Resources), or let the components ask for less with their resources in the document.',
  },
  {
    code: 'DEV010',
    title: 'Control groups of version 1',
    reason:
      'Docker runs on a machine with control groups of version 1. Kubelets refuse to start there from Kubernetes 1.35 on, unless their configuration says failCgroupV1: false; older ones start.',
    remedy:
      'Boot the machine with version 2 (the kernel parameter systemd.unified_cgroup_hierarchy=1), or use a node of Kubernetes 1.34 or older.',
  },
  {
    code: 'DEV011',
    title: 'Archive of images that cannot be read',
    reason:
      'A file that --image-archive names is not there, is a folder, or may not be read: its images could not be loaded into the cluster, and pods would wait for them. Nothing is made.',
    remedy:
      'Correct the path, which is relative to the folder that pachkit runs in; docker save IMAGE --output FILE writes such an archive.',
  },
  {
    code: 'DEV012',
    title: 'Image of an archive that has no digest',
    reason:
      'A lock file, or the document, names an image by its digest, and nodes look for such an image by the digest alone. containerd knows an image of an archive by the names that the archive has; docker save writes the tag. The node would ask the registry, and without one the pod would wait forever. Nothing is made.',
    remedy:
      'Write an archive that has the image by its digest, with the command that the finding prints; the digest is then compared when skopeo copies it. minikube runs Docker in its node, which knows an image by a digest only when it came from a registry: take kind or k3d, or a document without a lock file.',
  },
];
