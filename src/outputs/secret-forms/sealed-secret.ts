import { X509Certificate } from 'node:crypto';
import { DerivedBytes } from '../../encryption/derived-bytes';
import { seal } from '../../encryption/seal';
import type { SealingScope, SecretForm } from '../../model/secret-form';
import { readPem } from '../../rules/support/pem';
import { literally, type SecretContent } from './secret-object';

/** How a scope is written, and what a value is bound to by it. */
const SCOPES: Readonly<
  Record<SealingScope, { readonly annotation?: string; readonly label: (content: SecretContent) => string }>
> = {
  strict: { label: ({ namespace, name }) => `${namespace}/${name}` },
  'namespace-wide': {
    annotation: 'sealedsecrets.bitnami.com/namespace-wide',
    label: ({ namespace }) => namespace,
  },
  'cluster-wide': { annotation: 'sealedsecrets.bitnami.com/cluster-wide', label: () => '' },
};

/** A SealedSecret (bitnami.com/v1alpha1), which the controller turns into a Secret. What is not secret is in its template. */
export function sealedSecret(
  content: SecretContent,
  { certificate, scope, encryptionKey }: Extract<SecretForm, { kind: 'sealedSecret' }>,
): Record<string, unknown> {
  if (!certificate || encryptionKey.kind !== 'literal') throw new Error('the form of Secrets is incomplete');
  const { name, namespace, type, labels, annotations, plain, secrets } = content;
  const { annotation, label } = SCOPES[scope];
  const { publicKey } = new X509Certificate(ownCertificate(certificate.value.reveal()));
  const bytes = new DerivedBytes(encryptionKey.value.reveal());
  const scoped = annotation === undefined ? {} : { [annotation]: 'true' };
  const inside = { ...annotations, ...scoped };
  return {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace, ...(annotation === undefined ? {} : { annotations: scoped }) },
    spec: {
      encryptedData: Object.fromEntries(
        Object.entries(secrets).map(([key, value]) => [
          key,
          seal(value, { name: key, label: label(content), publicKey }, bytes),
        ]),
      ),
      template: {
        ...(type === undefined ? {} : { type }),
        metadata: {
          name,
          namespace,
          ...(labels ? { labels } : {}),
          ...(Object.keys(inside).length > 0 ? { annotations: inside } : {}),
        },
        ...(Object.keys(plain).length > 0
          ? {
              data: Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, literally(value)])),
            }
          : {}),
      },
    },
  };
}

function ownCertificate(text: string): Buffer {
  const block = readPem(text).blocks.find(({ type }) => type === 'CERTIFICATE');
  if (!block) throw new Error('the certificate was not checked');
  return Buffer.from(block.der);
}
