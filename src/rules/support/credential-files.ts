import { dexTraits } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import type { ConnectorType } from '../../connectors/connector-types';

/** A key of connectors that some release reads, and whose value is the path of a file, in Dex's spelling. */
interface FileKey {
  readonly name: string;
  /** The value is a list of paths. */
  readonly isList?: true;
  /** Types whose Dex takes the text of the file too, where the trait `takesCertificateText` holds. */
  readonly takesText?: readonly ConnectorType[];
}

export const fileKeys: readonly FileKey[] = [
  // ldap reads its rootCA itself, as a file alone.
  { name: 'rootCA', takesText: ['github', 'openshift'] },
  { name: 'rootCAs', isList: true, takesText: ['oidc', 'oauth'] },
  { name: 'ca' },
  { name: 'clientCert' },
  { name: 'clientKey' },
  { name: 'serviceAccountFilePath' },
];

/** The key of that name in any case, as Dex reads keys. */
export function fileKeyNamed(name: string): FileKey | undefined {
  return fileKeys.find((key) => key.name.toLowerCase() === name.toLowerCase());
}

/** Whether a target's Dex takes the text of a file in place of its path; the one inside Pachyderm never does. */
export function takesText(target: Target, type: ConnectorType, key: FileKey | undefined): boolean {
  return key?.takesText?.includes(type) === true && dexTraits(target).takesCertificateText;
}
