/**
 * The typed Kubernetes objects of cdk8s-plus-28. This file alone imports them: the package's index would load its
 * whole higher-level library as well, which doubles the time a synthesis takes to start.
 */
export * as k8s from 'cdk8s-plus-28/lib/imports/k8s';
