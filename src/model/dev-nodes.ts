/** What nodes of dev clusters are, by the name of the tool that makes them. */
export interface DevNodes {
  /** Image of kind's nodes, with its tag. */
  readonly kind?: string;
  /** Image of k3d's nodes, with its tag. */
  readonly k3d?: string;
  /** Version of Kubernetes, such as `v1.34.0`. */
  readonly minikube?: string;
}

/** The images among them; the node image of minikube is that of its version. */
export function nodeImages({ kind, k3d }: DevNodes): string[] {
  return [kind, k3d].flatMap((image) => image ?? []);
}
