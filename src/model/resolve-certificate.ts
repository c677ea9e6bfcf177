import type { PathStep } from '../document/source-node';
import type { SecretValue } from '../generated/cluster-document';
import type { NewCertificate } from './cluster';
import type { ResolveContext } from './resolve-context';
import { literalSecret } from './secret';

/** A certificate that is to be written. One that the document holds is no secret, and is read with the document. */
export function resolveNewCertificate(
  { secret }: ResolveContext,
  path: readonly PathStep[],
  given: { certificate: string | { file: string }; key: SecretValue } | undefined,
): NewCertificate | undefined {
  if (given === undefined) return undefined;
  const { certificate, key } = given;
  return {
    certificate:
      typeof certificate === 'string'
        ? literalSecret(certificate)
        : secret([...path, 'certificate'], certificate),
    key: secret([...path, 'key'], key),
  };
}
