import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about lock files and registries. */
export const imageExplanations: readonly Explanation[] = [
  {
    code: 'LCK001',
    title: 'Unusable lock file',
    reason:
      'The lock file, pachkit.lock beside the document unless images.lock or --lock names another, cannot be read, is not what pachkit lock writes, or is of another version. Without its digests the cluster would run whatever the tags lead to now, so nothing is written.',
    remedy:
      'Restore the file from Git, or delete it and run pachkit lock FILE. After a merge of two branches, take one side and run it again.',
  },
  {
    code: 'LCK002',
    title: 'Image that is not locked',
    reason:
      'The document has a lock file, and names an image that is not in it: the release, the registry or a tag was changed since. Some images would be those that were locked, and this one whatever its tag leads to.',
    remedy:
      'Run pachkit lock FILE, which asks for the new images and leaves the others as they are, and commit the file.',
  },
  {
    code: 'LCK003',
    title: 'Tag that moved',
    reason:
      'The registry has another image under the tag than the lock file. Clusters run the locked one all the same, as long as the registry keeps it. A tag that moves may be a rebuilt image with fixes, or one that someone has replaced.',
    remedy: 'Find out why it moved; then take the new one with pachkit lock FILE --update.',
  },
  {
    code: 'LCK004',
    title: 'Image that the registry does not have',
    reason:
      'The registry has no such repository or tag, or the name is not that of an image. Pods would wait with ImagePullBackOff.',
    remedy:
      'Correct images.registry, the repository or the tag in the document, or push the image to the registry.',
  },
  {
    code: 'LCK005',
    title: 'Image that the registry does not show',
    reason:
      'The registry wants other credentials than those that docker login has kept, or none are kept. Many registries say the same of repositories that do not exist.',
    remedy:
      'Run docker login for the registry with an account that may pull the image. Helpers named in config.json of Docker are asked too.',
  },
  {
    code: 'LCK006',
    title: 'Registry that does not answer',
    reason:
      'The name is not found, the connection or TLS failed, the answer took too long or is longer than any manifest (4 MiB), or the registry says that it cannot answer now, such as 429 after too many requests. Nothing is written.',
    remedy:
      'Try again later. --mirror docker.io=mirror.acme.com asks another registry, and NODE_EXTRA_CA_CERTS names an authority that Node does not know.',
  },
  {
    code: 'LCK007',
    title: 'Lock file that is not there',
    reason:
      'images.lock of the document, or --lock, names a file that is not there. Without it the cluster would run whatever the tags of its images lead to, so nothing is written. Props of a construct can name none: constructs read no files.',
    remedy:
      'Run pachkit lock FILE, which makes it where images.lock says (--output FILE for one that only the command line names), and commit it; or correct the path, which starts from the file that has it.',
  },
  {
    code: 'LCK008',
    title: 'Mirror of a registry that no image is of',
    reason:
      'The registry of --mirror is compared with that of each image, which is docker.io for names without a host and for those at index.docker.io. A mirror of another registry changes nothing: pachkit and the nodes ask the registry that each image names.',
    remedy: 'Name one of the registries that the hint lists.',
  },
];
