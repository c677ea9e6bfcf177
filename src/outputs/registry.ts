import { connectorType } from '../connectors/connector-types';
import type { OutputName } from '../generated/output-names';
import { hasSecretTexts, type SecretForm } from '../model/secret-form';
import type { Cluster } from '../model/cluster';
import { isGenerated } from '../model/secret-reader';
import type { SecretRequest } from '../model/secret-reader';
import { helmTestImage } from './helm-test-image';
import type { OutputEntry } from './output';

/** Every output, in the order in which they are written and listed. Loaded at every start: code comes with `load()`. */
export const outputs: readonly OutputEntry[] = [
  {
    name: 'manifests',
    description:
      "Kubernetes manifests: pachd, Dex's configuration, the bootstrap secret, everything around them",
    isDefault: true,
    needs: ['objects', 'client-id'],
    appliesTo: () => true,
    readsSecret: isInManifests,
    load: async () => (await import('./manifests')).manifests,
  },
  {
    name: 'kustomize',
    description:
      'components of Kustomize for the parts of the cluster, and overlays where documents share a base',
    isDefault: false,
    needs: ['objects', 'client-id'],
    sharesBases: true,
    appliesTo: () => true,
    readsSecret: isInManifests,
    load: async () => (await import('./kustomize')).kustomize,
  },
  {
    name: 'helm',
    description:
      'a chart of the cluster, with values for host, images, replicas, resources, storage class, names of Secrets',
    isDefault: false,
    needs: ['objects', 'client-id'],
    appliesTo: () => true,
    readsSecret: isInManifests,
    otherImages: (cluster) => [helmTestImage(cluster)],
    load: async () => (await import('./helm')).helm,
  },
  {
    name: 'argocd',
    description:
      'an Application of Argo CD and what it rolls out, in waves; an ApplicationSet for all clusters',
    isDefault: false,
    needs: ['objects', 'client-id', 'repository'],
    appliesTo: ({ gitops }) => gitops !== undefined,
    readsSecret: isInManifests,
    load: async () => (await import('./argocd')).argocd,
  },
  {
    name: 'flux',
    description:
      'a source and Kustomizations of Flux, which roll the cluster out in stages and decrypt with sops',
    isDefault: false,
    needs: ['objects', 'client-id', 'repository'],
    decrypts: true,
    appliesTo: ({ gitops }) => gitops !== undefined,
    readsSecret: isInManifests,
    load: async () => (await import('./flux')).flux,
  },
  {
    name: 'identity',
    description: 'copies for review, without secrets: role bindings, connectors, clients',
    isDefault: true,
    needs: ['client-id'],
    appliesTo: () => true,
    readsSecret: () => false,
    load: async () => (await import('./identity')).identity,
  },
  {
    name: 'connectors',
    description: 'connector documents, as pachctl idp create-connector reads them',
    isDefault: true,
    needs: ['client-id'],
    // A standalone Dex has its connectors in its own configuration; secrets that are not read are in no document.
    appliesTo: (cluster) =>
      cluster.dex === undefined &&
      cluster.identity.connectors.length > 0 &&
      hasSecretTexts(cluster.secretForm.kind),
    readsSecret: ({ path: [section, field] }, form) =>
      hasSecretTexts(form) &&
      ((section === 'identity' && field === 'connectors') ||
        (section === 'auth0' && field === 'application')),
    load: async () => (await import('./connectors')).connectors,
  },
  {
    name: 'setup',
    description:
      'what to set up at the identity provider of each connector, and in products that log in, as pages',
    isDefault: true,
    needs: [],
    appliesTo: (cluster) => hasProviders(cluster) || cluster.identity.clients.some(({ preset }) => preset),
    readsSecret: () => false,
    load: async () => (await import('./setup')).setup,
  },
  {
    name: 'keycloak',
    description: 'a realm and a client as Keycloak imports them, when the document has a keycloak section',
    isDefault: true,
    needs: [],
    appliesTo: (cluster) => cluster.keycloak !== undefined,
    // Keycloak gets secrets from the environment. Those that pachkit makes can be looked up in the store then.
    readsSecret: ({ path: [section, list], value }) =>
      (section === 'keycloak' || (section === 'identity' && list === 'connectors')) && isGenerated(value),
    load: async () => (await import('./keycloak')).keycloak,
  },
  {
    name: 'terraform',
    description: 'the application at Auth0, when the document has an auth0 section',
    isDefault: true,
    needs: [],
    keepsState: true,
    isMadeByDeploy: true,
    isPart: true,
    appliesTo: ({ auth0 }) => auth0 !== undefined && auth0.application.provision !== 'none',
    // Terraform gets secrets through variables. Those that pachkit makes can be looked up in the store then.
    readsSecret: ({ path: [section], value }) => section === 'auth0' && isGenerated(value),
    load: async () => (await import('./terraform')).terraform,
  },
  {
    name: 'keycloak-terraform',
    description: 'the client at Keycloak as Terraform makes it, when the document has keycloak.terraform',
    isDefault: true,
    needs: [],
    keepsState: true,
    isPart: true,
    appliesTo: ({ keycloak }) => keycloak?.terraform !== undefined,
    // Terraform gets the secret through a variable. One that pachkit makes can be looked up in the store then.
    readsSecret: ({ path: [section, list], value }) =>
      section === 'identity' && list === 'connectors' && isGenerated(value),
    load: async () => (await import('./keycloak-terraform')).keycloakTerraform,
  },
  {
    name: 'sbom',
    description: 'a list of the images that the cluster runs, in the format of CycloneDX',
    isDefault: ({ supplyChain }) => supplyChain.sbom,
    needs: ['images'],
    isPart: true,
    appliesTo: () => true,
    readsSecret: () => false,
    load: async () => (await import('./sbom')).sbom,
  },
];

/** The outputs that are written when none is named. */
export const defaultOutputs: readonly OutputEntry[] = outputs.flatMap((row) => {
  const { isDefault } = row;
  if (typeof isDefault === 'boolean') return isDefault ? [row] : [];
  return [{ ...row, appliesTo: (cluster: Cluster) => row.appliesTo(cluster) && isDefault(cluster) }];
});

/** The outputs of these names. */
export function outputsNamed(...names: readonly OutputName[]): readonly OutputEntry[] {
  return outputs.filter(({ name }) => names.includes(name));
}

/**
 * Whether someone has to set up an identity provider: Terraform does it for the section auth0, what Keycloak imports for the
 * section keycloak, and no one for the mock ones.
 */
function hasProviders({ identity, auth0, keycloak }: Cluster): boolean {
  const own = auth0?.application.provision === 'none' ? undefined : auth0?.connectorID;
  return identity.connectors.some(
    ({ id, type }) => id !== own && id !== keycloak?.connectorID && connectorType(type)?.mock !== true,
  );
}

/** Images that outputs of a cluster name besides those of its objects. */
export function otherImagesOf(rows: readonly OutputEntry[], cluster: Cluster): readonly string[] {
  return rows.flatMap((row) => row.otherImages?.(cluster) ?? []);
}

/** What is in Secrets of manifests. */
function isInManifests(request: SecretRequest, form: SecretForm['kind']): boolean {
  return hasSecretTexts(form) && !isPasswordOfUser(request);
}

/** Only Terraform gives Auth0 the passwords of users. */
function isPasswordOfUser({ path: [section, field] }: SecretRequest): boolean {
  return section === 'auth0' && field === 'users';
}
