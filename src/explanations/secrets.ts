import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about reading and keeping secrets. */
export const secretExplanations: readonly Explanation[] = [
  {
    code: 'SEC001',
    title: 'Environment variable that is not set',
    reason:
      'The secret is read from an environment variable that is missing or empty where pachkit runs. An empty secret would be accepted by Kubernetes and refused at the first login.',
    remedy: 'Set the variable, or give the secret in another way.',
  },
  {
    code: 'SEC002',
    title: 'Secret file that cannot be read',
    reason: 'The secret is read from a file that is missing, empty, too large or not readable.',
    remedy: 'Check the path; it is relative to the document that names it.',
  },
  {
    code: 'SEC003',
    title: 'Store of generated secrets that is unusable',
    reason:
      'Generated secrets are kept in .pachkit beside the document. The file is damaged, a newer pachkit wrote it, or another user owns it. pachkit does not replace it: new secrets would lock everyone out of the running cluster.',
    remedy:
      'Restore the file from a copy, or use the pachkit that wrote it, as the user who owns it. If there is none and no cluster uses the secrets, delete it.',
  },
  {
    code: 'SEC004',
    title: 'Generated secret that is missing',
    reason:
      'With --frozen, which is the default when CI is set, nothing is generated, so that no run of a pipeline rolls a token without anyone wanting it. The store does not hold this secret. Constructs of the library never generate one.',
    remedy:
      'Run pachkit synth once on a machine whose store is kept, and give CI the store; or give the secret as { env: NAME } or { existing: { name, key } }. In profile dev secrets.seed needs no store. In props of a construct, give it as existingSecret(NAME, KEY) or literalSecret(STRING).',
  },
  {
    code: 'SEC005',
    title: 'Store of generated secrets that cannot be written',
    reason:
      'Secrets were generated but cannot be kept; the next synthesis would make others. So nothing is written.',
    remedy:
      'Make the folder of the document writable, or give every secret as { env: NAME } or { file: PATH }.',
  },
  {
    code: 'SEC006',
    title: 'Store of generated secrets that others can read',
    reason: 'The store holds the root token in clear text and may be read by other users of the machine.',
    remedy: 'chmod 600 the file.',
  },
  {
    code: 'SEC007',
    title: 'Secret that begins with $',
    reason:
      'Up to release 2.2 a job reads the bootstrap secret and takes a string that begins with $ for the name of an environment variable.',
    remedy: 'Use another text.',
  },
  {
    code: 'SEC008',
    title: 'Secret with several lines',
    reason:
      'A token or password has one line. Several lines come from naming the wrong file, and pachd compares them with what people type.',
    remedy: 'Name the right file or variable.',
  },
  {
    code: 'SEC009',
    title: 'Hash that is not valid',
    reason:
      'Dex keeps the passwords of its own users as bcrypt hashes. It refuses any other text when it starts ("malformed bcrypt hash"), and a hash of too low or too high a cost at every login ("given hash cost = 8 does not meet minimum cost requirement = 10").',
    remedy: 'Hash the password with bcrypt and a cost from 10 to 16; 10 is enough.',
  },
  {
    code: 'SEC018',
    title: 'License key that is not valid',
    reason:
      'Up to release 2.11 pachd decodes the license key when it starts: base64 of JSON that has a token and the signature of that token. It exits over anything else, with "error validating activation code: activation code is not base64 encoded", and authentication is never activated. The key is looked at where it is known: when it stands in the document, and when synth reads it. Neither its signature nor the day it expires is checked. Nor is a word such as example-license-key looked at, which stands in for a key where a pipeline has none.',
    remedy:
      'Give the whole key as it was issued, without quotes, blanks or a prompt around it; a rehearsal without a license can take { existing: { name, key } }.',
  },
  {
    code: 'ACC022',
    title: 'Certificate or key that TLS does not start with',
    reason:
      'A certificate of the document and its key are written as a TLS Secret. pachd, the proxy or the ingress reads them at its start and serves no https if the certificate is not one, if the key needs a passphrase, or if the key belongs to another certificate. A certificate for another host is served, and refused by browsers and pachctl.',
    remedy:
      'Give the own certificate first and those of authorities behind it, in PEM, and the private key of that certificate without a passphrase.',
  },
  {
    code: 'STO011',
    title: 'Database password that pachd cannot use',
    reason:
      "pachd forms its connection string without quotes. A blank ends the password there, a backslash escapes the next character, and a ' in front begins a quoted text: pachd logs in with another password, or cannot read the string. A NUL character cannot be in an environment variable.",
    remedy:
      "Use a password without blanks and backslashes that does not begin with '; change it in PostgreSQL with ALTER ROLE.",
  },
  {
    code: 'STO012',
    title: 'Database password that pg-bouncer cannot use',
    reason:
      'With authType scram-sha-256 the entrypoint of pg-bouncer writes the password between quotes into userlist.txt and escapes nothing. A " ends it, and every login through pg-bouncer fails.',
    remedy: 'Use a password without ", or authType md5, with which a hash is written.',
  },
  {
    code: 'STO031',
    title: 'Key of Azure that is none',
    reason:
      'The key of a storage account is base64, and pachd reads it so. With a connection string or a SAS token in its place it opens no container: `illegal base64 data`.',
    remedy: 'Give one of the two keys that `az storage account keys list` shows.',
  },
  {
    code: 'PCH111',
    title: 'Token that gRPC cannot carry',
    reason:
      'pachctl and pachd send the token as metadata of each call, and gRPC takes printable ASCII characters alone there.',
    remedy: 'Use letters and digits, or { generate: {} }.',
  },
  {
    code: 'SEC010',
    title: 'Store of generated secrets that is locked',
    reason:
      'Only one pachkit at a time adds to the store. Another one holds the lock and did not release it in five seconds. A lock whose owner was killed is taken over; this owner runs, or is on another machine and still at work.',
    remedy:
      'Wait until the named process is done, or stop it. If there is no such process on that machine any more, delete the lock file.',
  },
  {
    code: 'SEC022',
    title: 'Certificate that nothing can be sealed with',
    reason:
      'The Secrets are encrypted for the controller of Sealed Secrets with the key in its certificate. What is not a certificate of RSA seals nothing. The controller keeps the key of an expired certificate, but kubeseal no longer seals with it: a new key has been in use since, and the old one may be known to others.',
    remedy:
      'Fetch the certificate that the controller uses now: pachkit secret certificate FILE. The controller makes a new key every 30 days and keeps the old ones, so what was sealed before still opens; its certificates are valid for ten years unless it is told otherwise.',
  },
  {
    code: 'IDN019',
    title: 'Secret that ends the import at Keycloak',
    reason:
      'The realm that Keycloak imports has the names of environment variables in the place of secrets. Keycloak puts their values into the JSON as they are and reads it then, so that a quotation mark ends the string, a backslash begins an escape, and `${NAME}` becomes the value of another variable: kc.sh import ends with `Unexpected character`, or the client has another secret than the connector.',
    remedy:
      'Give a secret without quotation marks, backslashes, control characters and `${`, or leave it out, and pachkit generates it.',
  },
  {
    code: 'SEC023',
    title: 'Encryption key that can be guessed',
    reason:
      'The keys and nonces of encrypted files follow from secrets.encryptionKey, so that equal secrets give equal files. Everyone who reads the repository can try keys until one fits.',
    remedy:
      'Leave secrets.encryptionKey out, and pachkit generates it; or give 22 random characters or more.',
  },
  {
    code: 'SEC025',
    title: 'Encrypted store without its key',
    reason:
      'Generated secrets are encrypted for the recipients in secrets.store.age, and the private key of one of them is needed to read them. Without it nothing is generated either: a running cluster knows the secrets that are there. The store is not written for recipients that the key at hand is none of: the next run could not read it.',
    remedy:
      'Set PACHKIT_AGE_KEY, or the variable or file that secrets.store.identity names, to a key of age-keygen whose recipient is in the list. Someone who has such a key adds yours: write the recipient into secrets.store.age and run pachkit synth.',
  },
  {
    code: 'SEC026',
    title: 'Store in clear text beside the encrypted one',
    reason:
      'The secrets were kept in clear text before secrets.store. They have been encrypted since, and the old file is not deleted, in case the key is lost.',
    remedy:
      'Make sure that the encrypted store is committed and that its key is kept, then delete the file in .pachkit.',
  },
  {
    code: 'SEC027',
    title: 'Key of encrypted files that no service has encrypted',
    reason:
      'KMS, Vault and PGP encrypt differently at each run and over the network, so synth does not ask them: NAME.sops-keys.json beside the document has what they made of the key of the files. The file is missing, or the recipients, the namespace or secrets.encryptionKey have changed since, so that its keys would decrypt nothing.',
    remedy:
      'Run pachkit secret wrap FILE where the program sops may encrypt with those keys, and commit the file. It has no secret in it.',
  },
  {
    code: 'SEC028',
    title: 'Unusable file of encrypted keys',
    reason:
      'NAME.sops-keys.json beside the document cannot be read, is not what pachkit secret wrap writes, or is of another version. Secrets would be written that no one can decrypt, so nothing is.',
    remedy: 'Restore the file from Git, or delete it and run pachkit secret wrap FILE.',
  },
  {
    code: 'SEC029',
    title: 'The program sops failed',
    reason:
      'Keys of AWS, Google Cloud, Azure, Vault and PGP are used through the program sops, with the logins that it finds by itself. It is not on PATH, or it could not encrypt for one of the keys: the key is not there, this login may not use it, or gpg has no public key of that fingerprint. The file of keys stays as it was.',
    remedy:
      'Install sops 3.9 or newer (getsops.io); see what it says, and try the key by itself: sops encrypt --kms ARN FILE. Everyone else needs no such right: synth only reads the file of keys.',
  },
  {
    code: 'SEC030',
    title: 'Controller of SealedSecrets that does not answer',
    reason:
      'pachkit secret certificate asks the Service of the controller through the API server, as kubeseal --fetch-cert does. There is no such Service, or no Pod answers for it. The charts call it sealed-secrets or sealed-secrets-controller.',
    remedy:
      'Name the Service with --controller-name and --controller-namespace; kubectl get services -A -l app.kubernetes.io/name=sealed-secrets lists it.',
  },
  {
    code: 'SEC031',
    title: 'Entry name that a store does not take',
    reason:
      'secrets.externalSecret.prefix and the name of a Secret are the name of its entry. Google Cloud takes letters, digits, - and _, Azure letters, digits and -; a slash in the prefix is right for Vault and AWS alone.',
    remedy: 'Write another prefix, such as prod-.',
  },
];
