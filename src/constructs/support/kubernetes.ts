/** Kubernetes objects, with the types of cdk8s-plus-28. */
export * as k8s from './kubernetes-objects';
