import { defined } from './defined';
import type { ResolveContext } from './resolve-context';
import { literalSecret } from './secret';
import type { SecretForm } from './secret-form';

/** The form of Secrets that a document asks for; a rule says what is missing in it. */
export function resolveSecretForm({ document, secret }: ResolveContext, name: string): SecretForm {
  const { output = 'manifests', encryptionKey, sops, sealedSecret, externalSecret } = document.secrets ?? {};
  switch (output) {
    case 'sops': {
      const { age = [], ...masterKeys } = sops ?? {};
      return {
        kind: output,
        recipients: { age, masterKeys: defined(masterKeys) },
        encryptionKey: secret(['secrets', 'encryptionKey'], encryptionKey),
      };
    }
    case 'sealedSecret':
      return defined({
        kind: output,
        certificate: certificateOf(sealedSecret?.certificate, secret),
        scope: sealedSecret?.scope ?? 'strict',
        encryptionKey: secret(['secrets', 'encryptionKey'], encryptionKey),
      });
    case 'externalSecret':
      return {
        kind: output,
        store: { name: externalSecret?.store ?? '', kind: externalSecret?.storeKind ?? 'SecretStore' },
        prefix: externalSecret?.prefix ?? `${name}-`,
        refreshInterval: externalSecret?.refreshInterval ?? '1h',
      };
    default:
      return { kind: output };
  }
}

/** No secret, but read like one that is in a file. */
function certificateOf(
  given: string | { file: string } | undefined,
  secret: ResolveContext['secret'],
): Extract<SecretForm, { kind: 'sealedSecret' }>['certificate'] {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return literalSecret(given);
  const read = secret(['secrets', 'sealedSecret', 'certificate'], given);
  return read.kind === 'literal' ? read : undefined;
}
