import { toYaml } from '../../constructs/support/yaml';
import { shellWord } from '../../diagnostics/shell-word';
import { DerivedBytes } from '../../encryption/derived-bytes';
import { ENCRYPTED_KEYS, encryptWithSops } from '../../encryption/sops';
import { recipientRule } from '../../encryption/sops-keys';
import type { Cluster } from '../../model/cluster';
import type { ClusterObject } from '../objects';
import type { OutputFile } from '../output';

/** Folder of encrypted files: kubectl does not look into it when it applies the one around it. */
export const SOPS_FOLDER = 'secrets';

/** Ends the name of an encrypted file. */
export const SOPS_EXTENSION = '.sops.yaml';

/** The command that brings the Secrets below a folder into a cluster. */
export function decryptAndApply(folder: string): string {
  return `for file in ${shellWord(folder)}/${SOPS_FOLDER}/*${SOPS_EXTENSION}; do sops decrypt "$file" | kubectl apply -f -; done`;
}

/**
 * The files of the Secrets that sops encrypts, one each, since Flux decrypts each object on its own, and the `.sops.yaml`
 * for those who edit them. Empty in other forms.
 */
export function sopsFiles(objects: readonly ClusterObject[], cluster: Cluster, folder: string): OutputFile[] {
  const { secretForm } = cluster;
  if (secretForm.kind !== 'sops' || secretForm.encryptionKey.kind !== 'literal') return [];
  const { recipients, wrapped } = secretForm;
  const bytes = new DerivedBytes(secretForm.encryptionKey.value.reveal());
  const rules = {
    creation_rules: [
      {
        path_regex: String.raw`\.sops\.yaml$`,
        encrypted_regex: ENCRYPTED_KEYS,
        ...recipientRule(recipients),
      },
    ],
  };
  return [
    { path: `${folder}/${SOPS_FOLDER}/.sops.yaml`, content: toYaml(rules), isSecret: false },
    ...objects
      .filter(({ isSecret }) => isSecret)
      .map(({ manifest }) => ({
        path: `${folder}/${SOPS_FOLDER}/${manifest.metadata.name}${SOPS_EXTENSION}`,
        content: toYaml(
          encryptWithSops(manifest, {
            identity: manifest.metadata.name,
            cluster: cluster.namespace,
            recipients,
            wrapped,
            bytes,
          }),
        ),
        isSecret: false,
      })),
  ];
}
