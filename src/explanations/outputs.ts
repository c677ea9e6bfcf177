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
    title: 'Files of someone else in the output',
    reason:
      'The folder of a cluster is replaced as a whole. It holds files that pachkit did not write, and they would be lost. What is in terraform/ (state, plans, variables, configuration of your own) and Terraform states anywhere else are taken over and do not count, unless pachkit is to write a file of the same name.',
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
      'The document had a section auth0 and has none any more. What Terraform made at Auth0 is still there and in its state, and people can still log in to it. pachkit synth and pachkit deploy leave the configuration, which names the provider, where it is as long as something is in the state, and say the command that removes the application with it. Without the configuration neither terraform apply nor terraform destroy takes the application away.',
    remedy:
      'Run the command that is said. Where the configuration is gone, put the section back, run pachkit synth --only terraform and terraform destroy, then take the section away again and delete the folder terraform. To keep the application, leave the folder as it is: every synthesis takes the state and the configuration over.',
  },
  {
    code: 'OUT006',
    title: 'Output that another pachkit is writing',
    reason:
      'Two that write into one folder would each put back what the other one replaced, so one waits for the other. A lock whose owner was killed is taken over; this owner runs, or is on another machine and still at work.',
    remedy:
      'Wait until the named process is done, or name another folder with --out. If there is no such process on that machine any more, delete .pachkit.lock in the folder.',
  },
  {
    code: 'OUT007',
    title: 'Two documents of one name and folder',
    reason:
      'The folder of a cluster has the name of the cluster. It was written from another document, which is still there; writing this one into it would replace the manifests of the other cluster, and terraform apply would change the other application at Auth0. A document that was moved or renamed is no longer where it was, and nothing is refused.',
    remedy:
      'Give one of the clusters another name, or name another folder with --out. If both documents are of the same cluster, run pachkit synth once with --adopt: the folder then belongs to the document that is named.',
  },
  {
    code: 'OUT008',
    title: 'Secrets in a file that git tracks',
    reason:
      'The folder of a cluster has a .gitignore for its files with secrets, but git goes on committing a file that it tracks already. The file holds secrets in clear text, such as the root token. In profile production nothing is written then.',
    remedy:
      'Run git rm --cached on the files and commit that. What was pushed has been seen: replace those secrets. secrets.output writes Secrets that may be committed; --allow-tracked-secrets writes these all the same.',
  },
  {
    code: 'OUT009',
    title: 'Terraform at work in the output',
    reason:
      'Terraform runs in the folder that is to be replaced. It would write its state into the old folder, and lose sight of what it has just made at Auth0.',
    remedy: 'Wait until Terraform has ended, then synthesize again.',
  },
  {
    code: 'OUT010',
    title: 'Two Terraform states of one cluster',
    reason:
      'An earlier synthesis was interrupted while Terraform was at work. The old folder was kept, because its state differs from the newer one in the folder of the cluster, and a state that is lost leaves an application at Auth0 that no one manages.',
    remedy:
      'Compare both with terraform state list, put the right one into the folder of the cluster, and delete the old folder.',
  },
  {
    code: 'OVR002',
    title: 'Override of an object that is not there',
    reason:
      'No object of the cluster has this kind and name, so the change is lost silently: it is misspelt, or the object went with a setting or a release.',
    remedy:
      'Correct kind and name, or remove the override. They are in the manifests as kind and metadata.name.',
  },
  {
    code: 'OVR003',
    title: 'Operation that hits nothing',
    reason:
      'The place that the operation names is not in the object, or has another value than the test expects. Releases differ in what they write, so an override that was right once may be wrong after an upgrade.',
    remedy:
      'Look at the object in the manifests without the override, and correct the path. add makes the last step of a path, not those before it.',
  },
  {
    code: 'PAG001',
    title: 'Port that a page cannot be shown at',
    reason:
      'pachkit report --serve shows its page at a port of this machine. Something else listens on it, perhaps another pachkit report --serve, or this user may not open it.',
    remedy: 'Name another port with --port, or 0 for any that is free.',
  },
  {
    code: 'OVR004',
    title: 'Override of what an object is found by',
    reason:
      'API version, kind, name and namespace say which object it is. With others it would be a second object, which nothing else refers to, and the first would stay in the cluster.',
    remedy: 'Remove the operation. The namespace is a field of the document.',
  },
  {
    code: 'OVR005',
    title: 'Override that Kubernetes does not take',
    reason:
      "After the patch the object has a field that Kubernetes' API does not know, a value of another type, or is missing a field that it requires. The API server refuses such an object, or drops the field silently.",
    remedy: 'Look the field up with kubectl explain, such as kubectl explain deployment.spec.template.spec.',
  },
  {
    code: 'OVR006',
    title: 'Override that leads to a key that is not there',
    reason:
      'After the patch something refers to a key of a Secret or ConfigMap of the cluster, or to a port of a Service, that it does not have: the key is misspelt, or the patch has removed it while others read it. Pods wait with CreateContainerConfigError or for their volumes, and nothing else says so.',
    remedy: 'Name a key that is there, or write optional: true where the program starts without it.',
  },
  {
    code: 'OVR007',
    title: 'Override that leads to an object of someone else',
    reason:
      'After the patch something refers to an object that pachkit does not write. If no one else makes it, the pods do not start. It is listed in the summary of synth among what has to exist before.',
    remedy:
      'Correct the name, or make the object before the manifests are applied. Where someone does, suppress the finding with that as the reason.',
  },
  {
    code: 'OVR008',
    title: 'Something that Kubernetes has deprecated',
    reason:
      'An annotation, a label of nodes or a kind of volume that the document or one of its overrides has written is one that Kubernetes has given up. The API server takes the object and warns; from the version that the message names on, nothing acts on it: a pod runs unconfined, or is never scheduled.',
    remedy:
      'Write what the hint names. Where something of yours still reads the old name, suppress the finding with that as the reason.',
  },
  {
    code: 'POD001',
    title: 'Pod that the namespace does not admit',
    reason:
      'The document says which level of Pod Security the namespace enforces, and the API server refuses every pod of this workload under it: the Deployment is there, and nothing runs.',
    remedy:
      'Write security.hardening: strict, keep data in a bucket, or let the namespace enforce less. Pods of 2.2 do not say their user, and need overrides for restricted.',
  },
  {
    code: 'OUT011',
    title: 'No repository to roll out from',
    reason:
      'Argo CD and Flux fetch what they apply from a Git repository or an OCI registry, and what is written for them names it. The document does not say which one it is.',
    remedy: 'Write gitops.url, and gitops.path where the output is not at the root of the repository.',
  },
  {
    code: 'OUT012',
    title: 'Secrets that no engine rolls out',
    reason:
      'An engine applies what is in Git. Secrets in clear text are not, and Argo CD does not decrypt what sops encrypted: they are in the folder secrets, and pods wait for them until someone applies it.',
    remedy:
      'Apply the folder as the summary of synth says, or have Secrets written in a form that the engine rolls out: secrets.output sealedSecret or externalSecret, and for Flux sops.',
  },
  {
    code: 'OUT013',
    title: 'Branch of an OCI artifact',
    reason:
      'An artifact in a registry has tags. A branch says nothing about it, and Flux refuses the source.',
    remedy: 'Write gitops.ref.tag, or the URL of a Git repository.',
  },
];
