import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about writing output. */
export const outputExplanations: readonly Explanation[] = [
  {
    code: 'OUT001',
    title: 'File in the way of the output',
    reason: 'Output goes into a folder per cluster, and a file has the name of one of the folders.',
    remedy: 'Name another folder with --out, or move the file away.',
  },
  {
    code: 'OUT002',
    title: 'Folder that is not writable',
    reason:
      'The folder cannot be written, or the disk is full. The output of the last synthesis is as it was.',
    remedy: 'Change its permissions, make room, or name another folder with --out.',
  },
  {
    code: 'OUT003',
    title: 'Files of somebody else in the output',
    reason:
      'The folder of a cluster is replaced as a whole. It holds files that pachkit did not write, and they would be lost. Files that Terraform keeps in terraform/ are taken over and do not count.',
    remedy: 'Move the files away, or name another folder with --out.',
  },
  {
    code: 'OUT004',
    title: 'Client id that does not exist yet',
    reason:
      'Auth0 gives an application its client id when it is created, and the connector in the manifests has to name it.',
    remedy:
      'Run pachkit synth FILE --only terraform and terraform apply, set auth0.application.clientID to the output client_id, and synthesize again.',
  },
  {
    code: 'OUT005',
    title: 'Terraform state without configuration',
    reason:
      'The document had a section auth0 and has none any more. What Terraform made at Auth0 is still there and in its state, but the configuration, which names the provider, is gone: neither terraform apply nor terraform destroy takes the application away, and people can still log in to it.',
    remedy:
      'Put the section back, run pachkit synth --only terraform and terraform destroy, then take the section away again and delete the folder terraform. To keep the application, move that folder somewhere else.',
  },
];
