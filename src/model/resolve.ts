import { createHash } from 'node:crypto';
import type { Document } from '../document/document';
import { withSortedKeys } from '../document/sorted-keys';
import { placeAt } from '../document/source-node';
import type { Diagnostic, Result } from '../diagnostics/diagnostic';
import type { ClusterDocument, SecretValue } from '../generated/cluster-document';
import type { Auth, Cluster, Enterprise } from './cluster';
import { defined } from './defined';
import { parseMinutes } from './duration';
import { parseRelease } from '../releases/release';
import { releaseTraits } from '../releases/release-traits';
import { unsupportedRelease } from '../releases/supported';
import { resolveDevUsers } from './dev-users';
import { resolveGitOps } from './gitops';
import { resolveAccess } from './resolve-access';
import { resolveDex } from './resolve-dex';
import { resolveEnterpriseServer } from './resolve-enterprise-server';
import { resolveIdentity } from './resolve-identity';
import { resolveJobs } from './resolve-jobs';
import { resolveNetwork } from './resolve-network';
import { resolveSecretForm } from './resolve-secret-form';
import { resolveDatabase, resolveStorage } from './resolve-storage';
import { resolveConsole, resolveEtcd, resolvePachd, resolvePachw } from './resolve-workloads';
import { hardeningOf, registryOf, type MadeApplication, type ResolveContext } from './resolve-context';
import { existingSecret, literalSecret, Secret, type SecretReference } from './secret';
import type { SecretReader } from './secret-reader';
import { FORWARDED_PACHD } from './service-ports';

const GENERATED: SecretValue = { generate: { length: 32 } };

/**
 * Turns a document that the schema accepted into a cluster: defaults applied, the release's traits looked up, URLs
 * derived, secrets read with `readSecret`. `made` is the application at Auth0, where the document does not say it. Without value when the release is not known or a secret cannot be read.
 */
export function resolveCluster(
  source: Document,
  readSecret: SecretReader,
  made?: MadeApplication,
): Result<Cluster> {
  // No cluster may depend on the order in which someone wrote the keys of a mapping.
  const document = withSortedKeys(source.value) as unknown as ClusterDocument;
  const diagnostics: Diagnostic[] = [];
  const version = parseRelease(document.release);
  if (!version) {
    diagnostics.push({
      code: 'REL001',
      severity: 'error',
      ...unsupportedRelease(document.release),
      ...placeAt(source.root, ['release']),
    });
    return { diagnostics };
  }

  let complete = true;
  const context: ResolveContext = {
    document,
    release: releaseTraits(version),
    ...(source.providers === undefined ? {} : { providers: source.providers }),
    ...(made === undefined ? {} : { made }),
    secret(path, value, fallback = GENERATED) {
      const reference = readSecret({ path, value: value ?? fallback });
      if (reference) return reference;
      complete = false;
      return literalSecret('');
    },
  };

  const name = document.name ?? source.defaultName;
  const { access, urls } = resolveAccess(context);
  const auth = resolveAuth(context);
  const enterprise = resolveEnterprise(context);
  const { identity, auth0, keycloak } = resolveIdentity(context, urls);
  const database = resolveDatabase(context);
  const console = resolveConsole(context);
  const pachd = resolvePachd(context, access.via);
  const dev = resolveDevUsers(context);
  const cluster: Cluster = defined({
    name,
    namespace: document.namespace ?? 'pachyderm',
    helmReleaseName: document.helmReleaseName ?? 'pachyderm',
    profile: document.profile ?? 'production',
    release: context.release,
    access,
    urls,
    auth,
    enterprise,
    enterpriseServer: resolveEnterpriseServer(context, access.via),
    identity,
    dex: resolveDex(context, { name, urls, identity, access, auth, console, database, dev }),
    auth0,
    keycloak,
    dev,
    devNodes: document.dev?.nodes,
    storage: resolveStorage(context),
    database,
    etcd: resolveEtcd(context),
    pachd,
    pachw: resolvePachw(context, pachd),
    ...resolveJobs(context),
    console,
    images: { registry: registryOf(context), pullSecrets: document.images?.pullSecrets ?? [] },
    network: resolveNetwork(document),
    loki: { ...document.loki, enabled: document.loki?.enabled ?? context.release.lokiByDefault },
    securityContexts: document.securityContexts ?? true,
    hardening: hardeningOf(document),
    podSecurity: document.security?.podSecurity,
    deploymentID: resolveDeploymentID(document, name),
    gitops: resolveGitOps(document),
    supplyChain: {
      sbom: document.supplyChain?.sbom ?? false,
      checksums: document.supplyChain?.checksums ?? false,
    },
    secretForm: resolveSecretForm(context, name),
    overrides: document.overrides ?? [],
  });
  return complete ? { value: cluster, diagnostics } : { diagnostics };
}

/** Not a secret, although it is kept in one: the same at every synthesis without anything being stored. */
function resolveDeploymentID(document: ClusterDocument, name: string): SecretReference {
  const given = document.deploymentID;
  if (typeof given === 'object') return existingSecret(given.existing.name, given.existing.key);
  if (given !== undefined) return literalSecret(given);
  const seed = `pachkit/v1 deployment ${document.namespace ?? 'pachyderm'}/${name}`;
  let derived: Secret | undefined;
  return {
    kind: 'literal',
    // Derived on use: a document can be checked without node:crypto, which takes 2 ms to load.
    get value() {
      return (derived ??= new Secret(createHash('sha256').update(seed).digest('hex').slice(0, 32)));
    },
  };
}

function resolveAuth({ document, secret }: ResolveContext): Auth | undefined {
  const auth = document.auth ?? {};
  if (auth.enabled === false) return undefined;
  return defined({
    rootToken: secret(['auth', 'rootToken'], auth.rootToken),
    sessionDurationMinutes:
      auth.sessionDuration === undefined ? undefined : parseMinutes(auth.sessionDuration),
    clientID: auth.clientID ?? 'pachd',
    clientSecret: secret(['auth', 'clientSecret'], auth.clientSecret),
    requireVerifiedEmail: auth.requireVerifiedEmail ?? false,
    scopes: auth.scopes ?? ['email', 'profile', 'groups', 'openid'],
    robots: (auth.robots ?? []).map(({ name, ttl, secretName }) =>
      defined({
        name,
        ttlMinutes: ttl === undefined ? undefined : parseMinutes(ttl),
        secretName: secretName ?? `pachyderm-robot-${name.toLowerCase().replaceAll('_', '-')}`,
      }),
    ),
    roleBindings: auth.roleBindings,
  });
}

function resolveEnterprise({ document, release, secret }: ResolveContext): Enterprise | undefined {
  const enterprise = document.enterprise;
  if (!enterprise || !release.needsLicense) return undefined;
  const { licenseKey, member } = enterprise;
  if (licenseKey === undefined && !member) return undefined;
  return defined({
    licenseKey: licenseKey === undefined ? undefined : secret(['enterprise', 'licenseKey'], licenseKey),
    secret: secret(['enterprise', 'secret'], enterprise.secret),
    member: member && {
      serverAddress: member.serverAddress,
      serverToken: secret(['enterprise', 'member', 'serverToken'], member.serverToken),
      callbackAddress: member.callbackAddress,
      userAddress: member.userAddress ?? FORWARDED_PACHD,
    },
  });
}
