/** What names an object of Kubernetes. */
interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** `Deployment/pachd`: what people call an object, and what tells it from the others of its namespace. */
export function objectName({ kind, metadata }: Named): string {
  return `${kind}/${metadata.name}`;
}
