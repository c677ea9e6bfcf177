import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about running clusters that `pachkit diff` and its siblings talk to. */
export const clusterExplanations: readonly Explanation[] = [
  {
    code: 'CLU001',
    title: 'No kubeconfig',
    reason:
      'Which API server to ask, and as whom, is in a kubeconfig: that of --kubeconfig, those that KUBECONFIG names, ~/.kube/config, or in a Pod its service account. None of them is there, or the file cannot be read.',
    remedy:
      'Have your cloud provider write one (aws eks update-kubeconfig, gcloud container clusters get-credentials, az aks get-credentials), or name a file with --kubeconfig. To compare without a cluster, use pachkit diff --against.',
  },
  {
    code: 'CLU002',
    title: 'Unknown context',
    reason:
      'A context of a kubeconfig joins a cluster and a user. The one that is named does not exist, none is named and the kubeconfig has no current one, or its cluster is missing or has no address.',
    remedy:
      'kubectl config get-contexts lists them. Name one with --context, or make one the current one with kubectl config use-context.',
  },
  {
    code: 'CLU003',
    title: 'API server that cannot be asked',
    reason:
      'The API server of the context does not answer: its name has no address, nothing takes a connection there, its certificate is not that of the kubeconfig, or it answers with something else than Kubernetes does. Nothing was changed by the request that failed.',
    remedy:
      'See whether kubectl with the same context works. VPN, tunnel or proxy may be down, a cluster for development stopped, or another context meant. After an interrupted deploy run the command again: it goes on.',
  },
  {
    code: 'CLU004',
    title: 'Credentials that are not accepted',
    reason:
      'The API server answers 401 Unauthorized: the token has expired or was revoked, or the client certificate is out of its time. Or the program that the kubeconfig gets credentials from is not on PATH, or failed; what it printed is not shown, because it may hold tokens.',
    remedy:
      'Log in again, as with aws sso login, gcloud auth login, az login or kubectl oidc-login. kubectl auth whoami shows when it works.',
  },
  {
    code: 'CLU005',
    title: 'Missing rights',
    reason:
      'The API server knows who asks and does not allow it (RBAC). Rights are asked about before anything is compared or changed, and the message names every verb that is missing, with the kinds that it is missing on. Comparing needs to list, patch and create all kinds of objects that the document has, since the API server tries each object; a deploy needs Leases besides, and to delete what goes; Roles can only be made by those who have all rights in them, or may escalate.',
    remedy:
      'Have someone who may give rights run the commands of the finding, or give the ClusterRole admin in the namespace; or name another context with --context. kubectl auth can-i --list --namespace NAMESPACE shows what is allowed.',
  },
  {
    code: 'CLU006',
    title: 'Object that the API server refuses',
    reason:
      'The API server has tried the object and refuses it: a value that its version does not take, a field that cannot be changed once the object exists, or a kind that it does not have. Its own words are in the message.',
    remedy:
      'Change the field of the document that the value comes from. A claim for a volume can only become larger; to make it smaller, make another one and move the data.',
  },
  {
    code: 'CLU007',
    title: 'Object that a policy of the cluster refuses',
    reason:
      'The object is valid, and the cluster does not take it: an admission webhook denies it, Pod Security forbids it in the namespace, or a ResourceQuota is used up. The words of the policy are in the message.',
    remedy:
      'Change the document so that it fits: resources, security contexts, labels and annotations have fields. Or ask those who run the cluster for an exception. docs/testing.md lists what Pod Security admits.',
  },
  {
    code: 'CLU008',
    title: 'Namespace that is being deleted',
    reason:
      'Someone has deleted the namespace, and Kubernetes is deleting what is in it. Until it is gone nothing can be created there: `because it is being terminated`.',
    remedy:
      'Wait until kubectl get namespace does not list it any more. When it hangs, kubectl get namespace NAMESPACE -o yaml says in its conditions which finalizers it waits for.',
  },
  {
    code: 'CLU009',
    title: 'Another deploy under way',
    reason:
      'A deploy holds a Lease in the namespace while it applies, waits and deletes, and renews it every few seconds. Another process holds that of this cluster and renews it, or has taken it over from this one, whose connection was away for longer than 15 seconds.',
    remedy:
      'Wait until the other one is done. The Lease of a deploy that was killed is taken over by itself: at once on the same machine, after 15 seconds from another.',
  },
  {
    code: 'CLU010',
    title: 'Fields that someone else sets differently',
    reason:
      'Kubernetes knows for every field of an object who has said it last: pachkit, helm, kubectl-edit, a controller. Fields of the document have another value in the cluster, and a manager other than pachkit owns them. To overwrite them silently would undo what someone did on purpose.',
    remedy:
      'pachkit diff shows both values. Write the value into the document, or take the fields over with --force-conflicts. For what an autoscaler or another controller keeps changing, leave the field to it.',
  },
  {
    code: 'CLU011',
    title: 'Release older than the one that runs',
    reason:
      'pachd migrates its database when a later release starts, and an older one refuses to start on it. The release that runs is what the last deploy has noted, or the tag of the image of pachd.',
    remedy:
      'Keep the release that runs. To go back, restore a backup of the database and the object store that was made with the older release, and deploy with --allow-downgrade.',
  },
  {
    code: 'CLU012',
    title: 'Objects of a Helm release',
    reason:
      'The namespace has the record of a Helm release, and objects of the document are marked as its own. Deploying over it works, but helm upgrade puts back what its chart says, and helm uninstall deletes everything, the database with it.',
    remedy:
      'docs/guide/migrate-from-helm.md moves a cluster in place: import the values, compare, save the record. Then deploy with --take-over-helm --force-conflicts, and have Helm forget the release.',
  },
  {
    code: 'CLU013',
    title: 'Secret that is not there',
    reason:
      'The document refers to a Secret, or a key of one, that exists in the cluster, and it does not: Pods wait with CreateContainerConfigError or FailedMount until it is there.',
    remedy:
      'Create it in the namespace of the document. The Secret of an Ingress that cert-manager makes appears by itself once the Ingress is there.',
  },
  {
    code: 'CLU014',
    title: 'Workload that does not become ready',
    reason:
      'Everything is applied, and Pods of a workload are not ready in time. What Kubernetes says about the first of them is in the message: the image, the exit code and last lines of the program, no node that takes it, a volume claim without a volume, a missing Secret, a policy that refuses the Pods.',
    remedy:
      'Fix the cause and run pachkit deploy again: it goes on from there. pachd ends and starts again while the database starts; a longer --timeout may be all it needs.',
  },
  {
    code: 'CLU015',
    title: 'Object that cannot be deleted',
    reason:
      'An object was deleted and is still there after a minute: a finalizer, an admission webhook or a controller that does not run holds it back.',
    remedy:
      'Look at metadata.finalizers of the object and at the controller that should remove them. Then run the command again.',
  },
  {
    code: 'CLU016',
    title: 'Interrupted deploy',
    reason:
      'The command was stopped while it applied, waited or deleted. What is applied stays; what was about to be made is in the inventory already, so that nothing is forgotten.',
    remedy: 'Run the same command again: it compares anew and goes on.',
  },
  {
    code: 'CLU017',
    title: 'Cluster that pachkit has not deployed',
    reason:
      'Deploys note what they make in a ConfigMap of the namespace, and there is none for this cluster. Objects that kubectl or Helm have made are not touched.',
    remedy: 'Name the right context with --context, or delete with kubectl what kubectl has made.',
  },
  {
    code: 'CLU018',
    title: 'Activation that the environment takes over',
    reason:
      'pachd runs, and its environment does not activate authentication; with the document it does, at every start. Where authentication is off, it comes on. Where it was activated by hand with pachctl auth activate, pachd replaces the root token, the connectors, its clients and the cluster role bindings by those of the document.',
    remedy:
      'Look at the current state: pachctl auth whoami, pachctl auth get cluster, pachctl idp list-connector, pachctl idp list-client. Write into the document what has to stay. Without auth.roleBindings the bindings stay as they are.',
  },
  {
    code: 'CLU019',
    title: 'Expired license',
    reason:
      'The key in enterprise.licenseKey says itself when it ends, and that day is over. Up to release 2.11 pachd checks the key at every start (`the activation code has expired`) and exits. A pachd that was started before goes on until its Pod is restarted.',
    remedy:
      'Set enterprise.licenseKey to a new key and deploy again. Release 2.12 needs no license: pachkit diff FILE --to-release 2.12.0-rc.3 shows what moving there changes.',
  },
  {
    code: 'CLU020',
    title: 'Objects of another document',
    reason:
      'Every object that pachkit deploy makes is marked with the inventory of its document, which is called by the name of the document. Objects of this document are marked with another one: the document was renamed since the last deploy, or two documents are deployed to one namespace, where the names of their objects are the same.',
    remedy:
      'After renaming, write the old name again, or deploy once with --renamed-from and the old name: objects, volumes and Secrets are taken over, and the old inventory is deleted. Two clusters need two namespaces.',
  },
];
