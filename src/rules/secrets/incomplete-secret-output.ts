import type { Rule } from '../rule';

/** What each form of output needs to know. */
const NEEDED = {
  sops: {
    section: 'sops',
    missing: 'recipients',
    hint: 'write secrets.sops: { age: [age1…] }; age-keygen prints the recipient of a key. Keys of clouds, Vault and PGP do too',
  },
  sealedSecret: {
    section: 'sealedSecret',
    missing: 'the certificate of the controller',
    hint: 'write secrets.sealedSecret: { certificate: { file: ./sealed-secrets.pem } }, and run pachkit secret certificate FILE, which fetches it',
  },
  externalSecret: {
    section: 'externalSecret',
    missing: 'the name of a store',
    hint: 'write secrets.externalSecret: { store: NAME }, as in kubectl get secretstores',
  },
} as const;

export const incompleteSecretOutput: Rule = {
  code: 'SEC020',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Incomplete form of Secrets',
  reason:
    'Secrets for Git are encrypted for someone, or fetched from somewhere; without that there is nothing to write. The key that encrypted files follow from has to be known at synthesis, so it cannot be in the cluster.',
  remedy:
    'Add the section that belongs to the form: secrets.sops, secrets.sealedSecret or secrets.externalSecret.',
  *check({ document: { secrets } }) {
    if (secrets === undefined) return;
    const { output, encryptionKey } = secrets;
    const needed =
      output === undefined || !(output in NEEDED) ? undefined : NEEDED[output as keyof typeof NEEDED];
    if (needed && secrets[needed.section] === undefined)
      yield {
        path: ['secrets', 'output'],
        message: `secrets.output: ${output} needs ${needed.missing}, and secrets.${needed.section} is missing: no Secret can be written`,
        hint: needed.hint,
      };
    if (typeof encryptionKey === 'object' && 'existing' in encryptionKey)
      yield {
        path: ['secrets', 'encryptionKey', 'existing'],
        onKey: true,
        message:
          'secrets.encryptionKey is in the cluster, where a synthesis does not read it: nothing can be encrypted',
        hint: 'write { env: NAME }, { file: PATH } or { generate: {} }',
      };
  },
};
