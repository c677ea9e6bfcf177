import type { OutputEntry } from './output';

/** Every output, in the order in which they are written and listed. */
export const outputs: readonly OutputEntry[] = [
  {
    name: 'manifests',
    description: 'Kubernetes manifests, for kubectl apply',
    appliesTo: () => true,
    load: async () => (await import('./manifests')).manifests,
  },
  {
    name: 'connectors',
    description: 'connector documents, for pachctl idp create-connector',
    // A Dex beside pachd has its connectors in its own configuration.
    appliesTo: (cluster) => cluster.dex === undefined && cluster.identity.connectors.length > 0,
    load: async () => (await import('./connectors')).connectors,
  },
  {
    name: 'terraform',
    description: 'the application at Auth0, for terraform apply',
    appliesTo: (cluster) => cluster.auth0 !== undefined,
    load: async () => (await import('./terraform')).terraform,
  },
];
