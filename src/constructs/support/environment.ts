import type { k8s } from './kubernetes';
import type { SecretReference } from '../../model/secret';

/**
 * An environment variable with a plain value: the program reads exactly `value`. Kubernetes would fill in another
 * variable, a secret's too, for `$(NAME)` in it.
 */
export function plainVariable(name: string, value: string): k8s.EnvVar {
  return { name, value: literalText(value) };
}

/** An environment variable in whose value Kubernetes fills in the variable NAME for `$(NAME)`; `$$` is one `$`. */
export function expandedVariable(name: string, value: string): k8s.EnvVar {
  return { name, value };
}

/** `text` for where Kubernetes expands `$(NAME)`: values of variables, commands, arguments and commands of probes. */
export function literalText(text: string): string {
  return text.replaceAll('$', '$$$$');
}

/** An environment variable filled from a key of a Secret. */
export function secretVariable(name: string, secretName: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
}

/** An environment variable filled from a key of a ConfigMap. */
export function configVariable(name: string, configMapName: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { configMapKeyRef: { name: configMapName, key } } };
}

/** An environment variable filled from a field of the pod, such as `metadata.name`. */
export function fieldVariable(name: string, fieldPath: string): k8s.EnvVar {
  return { name, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } };
}

/** Which Secret and key hold a secret: those of the reference when it exists already, else our own. */
export function placeOf(
  reference: SecretReference,
  own: { readonly name: string; readonly key: string },
): { readonly name: string; readonly key: string } {
  return reference.kind === 'existing' ? { name: reference.name, key: reference.key } : own;
}
