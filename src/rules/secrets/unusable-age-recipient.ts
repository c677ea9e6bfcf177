import { hasIdentity, recipientKey } from '../../encryption/age-keys';
import type { PathStep } from '../../document/source-node';
import type { Finding, Rule } from '../rule';

export const unusableAgeRecipient: Rule = {
  code: 'SEC021',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Recipient of age that nothing can be encrypted for',
  reason:
    'A recipient is the public key that age-keygen prints, age1 and 58 letters and digits with a checksum in them. Other kinds, SSH keys and those of plugins, are not supported. AGE-SECRET-KEY-1… is the private key: with it anyone decrypts everything that was ever encrypted for it.',
  remedy:
    'Copy the recipient once more: age-keygen -y FILE prints it. A private key that was in a document has to be replaced, and all secrets that were encrypted for it.',
  *check({ document: { secrets } }) {
    yield* findings(secrets?.sops?.age ?? [], ['secrets', 'sops', 'age']);
    yield* findings(secrets?.store?.age ?? [], ['secrets', 'store', 'age']);
  },
};

function* findings(recipients: readonly string[], path: readonly PathStep[]): Iterable<Finding> {
  for (const [index, recipient] of recipients.entries()) {
    if (recipientKey(recipient) === undefined) yield { path: [...path, index], ...problemOf(recipient) };
    else if (recipients.indexOf(recipient) < index)
      yield {
        path: [...path, index],
        severity: 'warning',
        message: 'duplicate recipient',
        hint: 'remove one of the two',
      };
  }
}

function problemOf(recipient: string): { message: string; hint: string } {
  if (hasIdentity(recipient))
    return {
      message: 'This is a private key of age, with which anyone decrypts all secrets, and not a recipient',
      hint: 'write what age-keygen -y prints for it, and replace the key: it has been in the document',
    };
  if (/^age1[a-z0-9]+$/.test(recipient) && recipient.length === RECIPIENT_LENGTH)
    return {
      message:
        'The checksum of the recipient does not match: a letter is wrong, and no one has the key to it',
      hint: 'copy it once more from age-keygen -y FILE',
    };
  return {
    message:
      'The recipient is not one of age (`malformed recipient`): expected age1 with 58 letters and digits behind it',
    hint: 'age-keygen -y FILE prints the recipient of a key',
  };
}

const RECIPIENT_LENGTH = 62;
