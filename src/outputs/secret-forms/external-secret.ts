import type { SecretForm } from '../../model/secret-form';
import { literally, type SecretContent } from './secret-object';

/** Name of the entry in the store that has the values of a Secret, each as a property. */
export function entryName(
  { name }: Pick<SecretContent, 'name'>,
  { prefix }: Extract<SecretForm, { kind: 'externalSecret' }>,
): string {
  return `${prefix}${name}`;
}

/**
 * An ExternalSecret (external-secrets.io/v1) that makes a Secret: the values from a store, and what is not secret from a
 * template, so that reviewers see it and the store need not be touched when it changes.
 */
export function externalSecret(
  content: SecretContent,
  form: Extract<SecretForm, { kind: 'externalSecret' }>,
): Record<string, unknown> {
  const { name, namespace, type, labels, annotations, plain, secrets } = content;
  const metadata = { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) };
  const template = {
    ...(type === undefined ? {} : { type }),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    ...(Object.keys(plain).length > 0
      ? {
          engineVersion: 'v2',
          mergePolicy: 'Merge',
          data: Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, literally(value)])),
        }
      : {}),
  };
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
    spec: {
      refreshInterval: form.refreshInterval,
      secretStoreRef: { name: form.store.name, kind: form.store.kind },
      target: {
        name,
        creationPolicy: 'Owner',
        ...(Object.keys(template).length > 0 ? { template } : {}),
      },
      data: Object.keys(secrets).map((key) => ({
        secretKey: key,
        remoteRef: { key: entryName(content, form), property: key },
      })),
    },
  };
}
