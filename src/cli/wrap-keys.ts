import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { placeAt } from '../document/source-node';
import { replaceFile } from '../files/replace-file';
import { isSystemError, writeFailure, writeHint } from '../files/system-error';
import type { Cluster } from '../model/cluster';
import { listedSecrets } from '../secrets/listed-secrets';
import { SecretSession } from '../secrets/secret-session';
import { wrapKey, type Wrapping } from '../secrets/wrap-keys';
import { fileKeyOf, keyFileOf, keyFileText, sopsWithMasterKeys } from '../secrets/wrapped-keys';
import { secretInput, type Host } from './host';

const SOPS = ['secrets', 'sops'] as const;

interface WrappedFile {
  readonly file: string;
  /** For how many keys. */
  readonly count: number;
}

/** Has SOPS encrypt the key of a cluster's files for its master keys, and writes what it made beside the document. */
export async function wrapKeysOf(
  host: Host,
  document: Document,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<{ readonly keys?: WrappedFile; readonly diagnostics: readonly Diagnostic[] }> {
  const problem = (code: 'SEC027' | 'SEC028' | 'SEC029', message: string, hint: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    ...placeAt(document.root, SOPS),
    hint,
  });
  const form = sopsWithMasterKeys(cluster);
  if (!form)
    return {
      diagnostics: [
        problem(
          'SEC027',
          'no key of a service is named that sops has to be asked for: what age decrypts needs no file of keys',
          'write secrets.output: sops and secrets.sops with kms, gcpKms, azureKeyVault, vaultTransit or pgp',
        ),
      ],
    };
  const { text, diagnostics } = encryptionKeyOf(host, document);
  if (text === undefined) return { diagnostics };
  const { key, fingerprint } = fileKeyOf(cluster, form, text);
  const end = await wrapKey(key, form.recipients.masterKeys, {
    environment: host.environment,
    workingDirectory: host.directory,
    signal,
  });
  if ('failure' in end)
    return { diagnostics: [...diagnostics, problem('SEC029', ...FAILURES[end.failure](end))] };
  const { absolute, name } = keyFileOf(document, cluster);
  try {
    replaceFile(absolute, keyFileText(fingerprint, end.wrapped), 0o644);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const message = `${name} cannot be written (${writeFailure(error)})`;
    const hint = writeHint(error, 'change the permissions of the folder of the document');
    return { diagnostics: [...diagnostics, problem('SEC028', message, hint)] };
  }
  const count = Object.values(end.wrapped).flat().length;
  return { keys: { file: name, count }, diagnostics };
}

type Failure = Extract<Wrapping, { failure: string }>;

/** Message and hint for what went wrong. */
const FAILURES: Readonly<Record<Failure['failure'], (end: Failure) => [string, string]>> = {
  missing: () => [
    'The program sops is not on PATH, and it alone reaches keys of clouds, of Vault and of PGP',
    'install sops (getsops.io); pachkit secret wrap is run once, and synth does not need it',
  ],
  interrupted: () => ['sops was interrupted; the file of keys is as it was', 'run it again'],
  refused: (end) => [
    `sops could not encrypt for every key: ${reasonsOf(end) || 'it says no reason'}`,
    'see that this login may encrypt with the key, that it is there, and for PGP that gpg --list-keys has it',
  ],
};

/** What sops said, but for the file that it works on, which no one but pachkit knows. */
function reasonsOf(end: Failure): string {
  const said = 'said' in end ? end.said : [];
  return said.filter((line) => !line.includes('Syncing keys for file')).join(' / ');
}

/** The key that encrypted files follow from; a generated one is made and kept. */
function encryptionKeyOf(
  host: Host,
  document: Document,
): { readonly text?: string; readonly diagnostics: readonly Diagnostic[] } {
  const session = new SecretSession(document, secretInput(host));
  const listed = listedSecrets(document).find(({ steps }) => steps.join('.') === 'secrets.encryptionKey');
  const read = listed && session.reader({ path: listed.steps, value: listed.value });
  if (!listed || read?.kind !== 'literal' || hasErrors(session.diagnostics))
    return { diagnostics: session.diagnostics };
  const { changed } = session.save();
  if (hasErrors(session.diagnostics)) return { diagnostics: session.diagnostics };
  // Another process has stored one a moment earlier, which holds.
  if (changed) return encryptionKeyOf(host, document);
  return { text: read.value.reveal(), diagnostics: session.diagnostics };
}
