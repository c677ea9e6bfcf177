import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { formatPath, locate, nodeAt, toPointer, writtenPath, type PathStep } from '../document/source-node';
import type { Cluster } from '../model/cluster';
import { secretsWithin } from '../model/connector-config';
import type { SecretReference } from '../model/secret';
import { checkCertificates } from './check-certificates';
import { checkSealingCertificate } from './check-sealing-certificate';
import { ACCOUNT_KEY_HINT, isAccountKey } from '../model/storage-account-key';
import { meantAs } from '../model/literal-reference';
import { isCarriedByGrpc } from '../model/grpc-token';
import { licenseKeyError } from '../model/license-key';
import { isWellKnownPassword } from '../rules/profile/well-known-passwords';

/** What can be wrong with a secret once its text is known. Messages never hold the text. */
export function checkSecretValues(document: Document, cluster: Cluster): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const { steps, reference } of secretsOf(cluster)) {
    if (reference.kind !== 'literal') continue;
    const text = reference.value.reveal();
    // No secret is empty; this one has not been read.
    if (text === '') continue;
    const written = writtenPath(document.root, steps);
    const isWritten = typeof nodeAt(document.root, steps)?.scalar === 'string';
    for (const check of CHECKS)
      if (check.fails(text, steps, cluster, isWritten))
        diagnostics.push({
          code: check.code,
          severity: 'error',
          message: check.message(written, cluster, text),
          location: locate(document.root, steps),
          path: toPointer(written),
          hint: check.hint,
        });
  }
  return [
    ...diagnostics,
    ...checkCertificates(document, cluster),
    ...checkSealingCertificate(document, cluster),
  ];
}

/** Something that a secret's text must not be. */
interface Check {
  readonly code: Code;
  /** `isWritten` says whether the text is in the document itself, and was not read from a variable or a file. */
  readonly fails: (text: string, steps: readonly PathStep[], cluster: Cluster, isWritten: boolean) => boolean;
  /** Of the field that the user wrote. Never holds the text. */
  readonly message: (steps: readonly PathStep[], cluster: Cluster, text: string) => string;
  readonly hint: string;
}

const CHECKS: readonly Check[] = [
  {
    code: 'SEC007',
    fails: (text, steps, { release }) =>
      release.bootstrap === 'job' && isReadByJob(steps) && text.startsWith('$'),
    message: (steps, { release }) =>
      `The text of ${formatPath(steps)} begins with $; the bootstrap job of release ${release.version.text} takes it for the name of an environment variable and fails with "expected environment variable, NAME, is not set"`,
    hint: 'use another text',
  },
  {
    code: 'SEC008',
    fails: (text, steps) => /[\r\n]/.test(text) && !MULTILINE.has(formatPath(steps)),
    message: (steps) => `The text of ${formatPath(steps)} has several lines`,
    hint: 'is it the right file or variable?',
  },
  {
    code: 'SEC009',
    fails: (text, steps) => steps.at(-1) === 'hash' && !BCRYPT_HASH.test(text),
    message: (steps) =>
      `The text of ${formatPath(steps)} is not a bcrypt hash with a cost from 10 to 16, and Dex refuses it when it starts (\`malformed bcrypt hash\`) or at the login (\`given hash cost = … does not meet minimum cost requirement = 10\`)`,
    hint: 'hash the password with `htpasswd -bnBC 10 "" PASSWORD | tr -d ":\\n"`',
  },
  {
    code: 'SEC018',
    fails: (text, steps, { release, profile }, isWritten) =>
      release.needsLicense &&
      formatPath(steps) === 'enterprise.licenseKey' &&
      licenseKeyError(text) !== undefined &&
      // Of a path or a variable in the document PRO002 says what to write.
      !(isWritten && profile !== 'dev' && meantAs(text) !== undefined),
    message: (steps, { release }, text) =>
      release.bootstrap === 'job'
        ? `The text of ${formatPath(steps)} is not a license key: the bootstrap job fails, and no one logs in: \`error validating activation code: ${licenseKeyError(text)}\``
        : `The text of ${formatPath(steps)} is not a license key, and pachd exits at startup: \`activate the license service: error validating activation code: ${licenseKeyError(text)}\``,
    hint: 'give the whole key as it was issued: base64 of JSON with a token and its signature',
  },
  {
    code: 'SEC023',
    fails: (text, steps) => formatPath(steps) === 'secrets.encryptionKey' && text.length < SHORTEST_KEY,
    message: (steps) =>
      `The text of ${formatPath(steps)} has fewer than ${SHORTEST_KEY} characters: who has the encrypted files could find it by trying, and all secrets with it`,
    hint: 'leave it out, and pachkit generates it; or make one with openssl rand -hex 32',
  },
  {
    code: 'IDN019',
    fails: (text, steps, { keycloak }) => isImported(steps, keycloak) && NOT_IN_REALM.test(text),
    message: (steps) =>
      `The text of ${formatPath(steps)} has a quotation mark, a backslash, a control character or \${, and Keycloak puts it unescaped into the realm that it imports: kc.sh import ends with \`Unexpected character\`, or Keycloak has another secret`,
    hint: 'use another text, or { generate: {} }',
  },
  {
    code: 'STO011',
    fails: (text, steps) => isDatabasePassword(steps) && UNQUOTED_BREAKS.test(text),
    message: (steps) =>
      `The text of ${formatPath(steps)} has a blank, a backslash or a NUL character, or begins with ', and pachd puts it unquoted into its connection string: it logs in to PostgreSQL with another text, or fails to start (\`cannot parse\`, \`password authentication failed\`)`,
    hint: "use a password without blanks and backslashes that does not begin with ', or { generate: {} }",
  },
  {
    code: 'STO012',
    fails: (text, steps, { database, release }) =>
      isDatabasePassword(steps) &&
      release.pgBouncer.passesDatabaseAndAuthType &&
      database.authType === 'scram-sha-256' &&
      text.includes('"'),
    message: (steps) =>
      `The text of ${formatPath(steps)} has a ", and pg-bouncer's entrypoint writes it unescaped into userlist.txt, where a " ends it: no login succeeds (\`password authentication failed\`)`,
    hint: 'use a password without ", or database.authType: md5, with which a hash is written instead',
  },
  {
    code: 'STO031',
    fails: (text, steps) => formatPath(steps) === 'storage.azure.key' && !isAccountKey(text),
    message: (steps) =>
      `The text of ${formatPath(steps)} is no key of a storage account, which is base64, and pachd opens no container with it: \`illegal base64 data\``,
    hint: ACCOUNT_KEY_HINT,
  },
  {
    code: 'PCH111',
    // Line breaks have a finding of their own.
    fails: (text, steps) =>
      GRPC_TOKENS.has(formatPath(steps)) && !isCarriedByGrpc(text.replace(/[\r\n]/g, '')),
    message: (steps) =>
      `The text of ${formatPath(steps)} has characters other than printable ASCII, and gRPC cannot carry it: every call with the token fails (\`header key "authn-token" contains value with non-printable ASCII characters\`)`,
    hint: 'use letters and digits, or { generate: {} }',
  },
  {
    code: 'PRO005',
    fails: (text, steps, { profile }) =>
      profile !== 'dev' && steps[0] === 'database' && isWellKnownPassword(text),
    message: (steps) => `The text of ${formatPath(steps)} is a default password that everyone knows`,
    hint: 'use a password of your own, or { generate: {} }',
  },
];

/** Characters of a key: 22 letters and digits at random have 131 bits of entropy. */
const SHORTEST_KEY = 22;

/** The password that pachd, pachw and pg-bouncer log in with. */
function isDatabasePassword([section, , field]: readonly PathStep[]): boolean {
  return section === 'database' && field === 'password';
}

/** What ends an unquoted value of a connection string, or changes it: pgconn's blanks, its escape, its quote in front. */
const UNQUOTED_BREAKS = /[\t-\r \\\0]|^'/;

/** Tokens that callers send in the metadata of gRPC. */
const GRPC_TOKENS = new Set(['auth.rootToken', 'enterprise.member.serverToken']);

interface FoundSecret {
  readonly steps: readonly PathStep[];
  readonly reference: SecretReference;
}

/** Sections whose secrets are fields of their own in the Secret that the bootstrap job reads. */
const READ_BY_JOB: ReadonlySet<PathStep | undefined> = new Set(['auth', 'console', 'enterprise']);

function isReadByJob([section, list]: readonly PathStep[]): boolean {
  return READ_BY_JOB.has(section) || (section === 'identity' && list === 'clients');
}

/** A hash as Dex's Go library reads it. */
const BCRYPT_HASH = /^\$2[abxy]?\$1[0-6]\$[./A-Za-z0-9]{53}$/;

/** A service account key is JSON, which may have lines. */
const MULTILINE = new Set([
  'storage.gcs.credentials',
  'access.tls.newSecret.key',
  'pachd.tls.newSecret.key',
  'enterpriseServer.tls.newSecret.key',
]);

function secretsOf(cluster: Cluster): FoundSecret[] {
  return [...ownSecretsOf(cluster), ...sharedSecretsOf(cluster)];
}

/** Secrets of the cluster itself. */
function ownSecretsOf(cluster: Cluster): FoundSecret[] {
  const { auth, dex, enterprise, storage, database, console, secretForm } = cluster;
  const found: { steps: readonly PathStep[]; reference: SecretReference | undefined }[] = [
    { steps: ['auth', 'rootToken'], reference: auth?.rootToken },
    { steps: ['auth', 'clientSecret'], reference: auth?.clientSecret },
    { steps: ['console', 'clientSecret'], reference: console.clientSecret },
    {
      steps: ['secrets', 'encryptionKey'],
      reference: 'encryptionKey' in secretForm ? secretForm.encryptionKey : undefined,
    },
    { steps: ['enterprise', 'licenseKey'], reference: enterprise?.licenseKey },
    { steps: ['enterprise', 'secret'], reference: enterprise?.secret },
    { steps: ['enterprise', 'member', 'serverToken'], reference: enterprise?.member?.serverToken },
    { steps: ['database', 'internal', 'password'], reference: database.internal?.password },
    { steps: ['database', 'internal', 'rootPassword'], reference: database.internal?.rootPassword },
    {
      steps: ['database', 'external', 'password'],
      reference: database.internal ? undefined : database.password,
    },
    {
      steps: ['dex', 'storage', 'postgres', 'password'],
      // The password of the cluster's own server is told of where it is given.
      reference:
        dex?.storage.type === 'postgres' && dex.storage.password !== database.password
          ? dex.storage.password
          : undefined,
    },
    ...passwordsOf(cluster),
    ...(storage.backend.kind === 'gcs'
      ? [{ steps: ['storage', 'gcs', 'credentials'], reference: storage.backend.credentials }]
      : []),
  ];
  return found.filter((entry): entry is FoundSecret => entry.reference !== undefined);
}

/** What ends a string of JSON, or begins an escape in it, or a variable, which Keycloak replaces in what it has put in, too. */
const NOT_IN_REALM = /["\\\p{Cc}]|\$\{/u;

/** Whether Keycloak gets the secret from its environment when it imports the realm. */
function isImported(steps: readonly PathStep[], keycloak: Cluster['keycloak']): boolean {
  if (keycloak === undefined) return false;
  return steps[0] === 'keycloak' || formatPath(steps) === formatPath(keycloak.clientSecretPath);
}

/** Passwords of people, or their hashes. Hashes of dev users come after those of the document, and pachkit makes them itself. */
function passwordsOf({ dev, dex }: Cluster): FoundSecret[] {
  const own = (dex?.staticPasswords ?? []).slice(
    0,
    dev?.keptIn === 'passwords' ? -dev.people.length : undefined,
  );
  return [
    ...own.map(({ hash }, index) => ({ steps: ['dex', 'staticPasswords', index, 'hash'], reference: hash })),
    ...(dev?.people ?? []).map(({ password }, index) => ({
      steps: ['dev', 'users', index, 'password'],
      reference: password,
    })),
  ];
}

/** Secrets that the cluster shares with others. */
function sharedSecretsOf({ identity, storage: { backend }, auth0, keycloak }: Cluster): FoundSecret[] {
  const found: FoundSecret[] = identity.clients.flatMap(({ secret }, index) =>
    secret === undefined ? [] : [{ steps: ['identity', 'clients', index, 'secret'], reference: secret }],
  );
  if (backend.kind === 's3' || backend.kind === 'minio')
    for (const [key, reference] of Object.entries(backend.credentials ?? {}))
      found.push({ steps: ['storage', backend.kind, 'credentials', key], reference });
  if (backend.kind === 'azure' && backend.key)
    found.push({ steps: ['storage', 'azure', 'key'], reference: backend.key });
  for (const [index, { password }] of (keycloak?.users ?? []).entries())
    found.push({ steps: ['keycloak', 'users', index, 'password'], reference: password });
  if (auth0?.application.clientSecret)
    found.push({
      steps: ['auth0', 'application', 'clientSecret'],
      reference: auth0.application.clientSecret,
    });
  identity.connectors
    .filter(({ id }) => id !== auth0?.connectorID)
    .forEach(({ config }, index) => {
      found.push(...secretsWithin(config, ['identity', 'connectors', index, 'config']));
    });
  return found;
}
