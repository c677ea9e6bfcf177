import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { formatPath, locate, toPointer, type PathStep } from '../document/source-node';
import type { Cluster, ConfigValue } from '../model/cluster';
import { ReferredSecret, Secret, type SecretReference } from '../model/secret';
import { isWellKnownPassword } from '../rules/profile/well-known-passwords';

/** What can be wrong with a secret once its text is known. Messages never hold the text. */
export function checkSecretValues(document: Document, cluster: Cluster): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (code: string, steps: readonly PathStep[], message: string, hint: string): void => {
    diagnostics.push({
      code,
      severity: 'error',
      message,
      location: locate(document.root, steps),
      path: toPointer(steps),
      hint,
    });
  };
  for (const { steps, reference } of secretsOf(cluster)) {
    if (reference.kind !== 'literal') continue;
    const text = reference.value.reveal();
    if (cluster.release.bootstrap === 'job' && READ_BY_JOB.has(steps[0]) && text.startsWith('$'))
      report(
        'SEC007',
        steps,
        `The text of ${formatPath(steps)} begins with $; the bootstrap job of release ${cluster.release.version.text} takes it for the name of an environment variable and fails with "expected environment variable, NAME, is not set"`,
        'use another text',
      );
    if (steps.at(-1) === 'hash' && !BCRYPT_HASH.test(text))
      report(
        'SEC009',
        steps,
        `The text of ${formatPath(steps)} is no bcrypt hash with a cost from 10 to 16, and Dex refuses it when it starts (\`malformed bcrypt hash\`) or at the login (\`given hash cost = … does not meet minimum cost requirement = 10\`)`,
        'hash the password with `htpasswd -bnBC 10 "" PASSWORD | tr -d ":\\n"`',
      );
    if (cluster.profile !== 'dev' && steps[0] === 'database' && isWellKnownPassword(text))
      report(
        'PRO005',
        steps,
        `The text of ${formatPath(steps)} is a default password that everybody knows`,
        'use a password of your own, or { generate: {} }',
      );
  }
  for (const { steps, reference } of [...secretsOf(cluster), ...otherSecretsOf(cluster)])
    if (
      reference.kind === 'literal' &&
      /[\r\n]/.test(reference.value.reveal()) &&
      !MULTILINE.has(formatPath(steps))
    )
      report(
        'SEC008',
        steps,
        `The text of ${formatPath(steps)} has several lines`,
        'is it the right file or variable?',
      );
  return diagnostics;
}

interface FoundSecret {
  readonly steps: readonly PathStep[];
  readonly reference: SecretReference;
}

/** Sections whose secrets are in the Secret that the bootstrap job reads. */
const READ_BY_JOB: ReadonlySet<PathStep | undefined> = new Set(['auth', 'console', 'enterprise']);

/** A hash as Dex's Go library reads it. */
const BCRYPT_HASH = /^\$2[abxy]?\$1[0-6]\$[./A-Za-z0-9]{53}$/;

/** A service account key is JSON, which may have lines. */
const MULTILINE = new Set(['storage.gcs.credentials']);

/** Secrets of the cluster itself. */
function secretsOf(cluster: Cluster): FoundSecret[] {
  const { auth, dex, enterprise, storage, database, console } = cluster;
  const found: { steps: readonly PathStep[]; reference: SecretReference | undefined }[] = [
    { steps: ['auth', 'rootToken'], reference: auth?.rootToken },
    { steps: ['auth', 'clientSecret'], reference: auth?.clientSecret },
    { steps: ['console', 'clientSecret'], reference: console.clientSecret },
    { steps: ['enterprise', 'licenseKey'], reference: enterprise?.licenseKey },
    { steps: ['enterprise', 'secret'], reference: enterprise?.secret },
    { steps: ['enterprise', 'member', 'serverToken'], reference: enterprise?.member?.serverToken },
    { steps: ['database', 'internal', 'password'], reference: database.internal?.password },
    { steps: ['database', 'internal', 'rootPassword'], reference: database.internal?.rootPassword },
    {
      steps: ['database', 'external', 'password'],
      reference: database.internal ? undefined : database.password,
    },
    ...(dex?.staticPasswords ?? []).map(({ hash }, index) => ({
      steps: ['dex', 'staticPasswords', index, 'hash'],
      reference: hash,
    })),
    ...(storage.backend.kind === 'gcs'
      ? [{ steps: ['storage', 'gcs', 'credentials'], reference: storage.backend.credentials }]
      : []),
  ];
  return found.filter((entry): entry is FoundSecret => entry.reference !== undefined);
}

/** Secrets that the cluster shares with others. */
function otherSecretsOf({ identity, storage: { backend }, auth0 }: Cluster): FoundSecret[] {
  const found: FoundSecret[] = identity.clients.map(({ secret }, index) => ({
    steps: ['identity', 'clients', index, 'secret'],
    reference: secret,
  }));
  if (backend.kind === 's3')
    for (const [key, reference] of Object.entries(backend.credentials ?? {}))
      found.push({ steps: ['storage', 's3', 'credentials', key], reference });
  if (backend.kind === 'azure') found.push({ steps: ['storage', 'azure', 'key'], reference: backend.key });
  if (auth0?.application.clientSecret)
    found.push({
      steps: ['auth0', 'application', 'clientSecret'],
      reference: auth0.application.clientSecret,
    });
  identity.connectors
    .filter(({ id }) => id !== auth0?.connectorID)
    .forEach(({ config }, index) => {
      found.push(...secretsInside(config, ['identity', 'connectors', index, 'config']));
    });
  return found;
}

function secretsInside(value: ConfigValue, steps: readonly PathStep[]): FoundSecret[] {
  if (Secret.isSecret(value)) return [{ steps, reference: { kind: 'literal', value } }];
  if (value === null || typeof value !== 'object' || ReferredSecret.isReferredSecret(value)) return [];
  return Object.entries(value).flatMap(([key, child]: [string, ConfigValue]) =>
    secretsInside(child, [...steps, Array.isArray(value) ? Number(key) : key]),
  );
}
