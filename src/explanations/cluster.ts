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
      'kubectl config get-contexts lists what there is. Name one with --context, or make one the current one with kubectl config use-context.',
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
      'The API server knows who asks and does not allow it (RBAC). The message names the verb and the resource. Comparing and deploying need get, list, create, patch and delete of all kinds of objects that the document has, in its namespace; Roles can only be made by those who have all rights in them.',
    remedy:
      'Ask for the ClusterRole admin in the namespace, or name another context with --context. kubectl auth can-i --list --namespace NAMESPACE shows what is allowed.',
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
];
