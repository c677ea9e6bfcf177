import type { OutputName } from '../generated/output-names';
import { hasSecretTexts } from '../model/secret-form';
import type { SecretRequest } from '../model/secret-reader';
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
    readsSecret: (request, form) => hasSecretTexts(form) && !isPasswordOfUser(request),
    load: async () => (await import('./manifests')).manifests,
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
    name: 'terraform',
    description: 'the application at Auth0, when the document has an auth0 section',
    isDefault: true,
    needs: [],
    keepsState: true,
    isPart: true,
    appliesTo: ({ auth0 }) => auth0 !== undefined && auth0.application.provision !== 'none',
    // Terraform gets secrets through variables. Those that pachkit makes can be looked up in the store then.
    readsSecret: ({ path: [section], value }) =>
      section === 'auth0' && typeof value === 'object' && 'generate' in value,
    load: async () => (await import('./terraform')).terraform,
  },
];

/** The outputs that are written when none is named. */
export const defaultOutputs: readonly OutputEntry[] = outputs.filter(({ isDefault }) => isDefault);

/** The outputs of these names. */
export function outputsNamed(...names: readonly OutputName[]): readonly OutputEntry[] {
  return outputs.filter(({ name }) => names.includes(name));
}

/** Only Terraform gives Auth0 the passwords of users. */
function isPasswordOfUser({ path: [section, field] }: SecretRequest): boolean {
  return section === 'auth0' && field === 'users';
}
