import { quoted, redirectURIs, SECRET_KEY, secretNameOf, type ClientPreset } from './preset';

const SCOPES = ['groups', 'email', 'profile'] as const;

/**
 * Argo Workflows: callback and the section `sso` as in docs/argo-server-sso.md of Argo Workflows 3.7; it asks for `openid` itself.
 */
export const argoWorkflows: ClientPreset = {
  name: 'argo-workflows',
  title: 'Argo Workflows',
  callbacks: ['/oauth2/callback'],
  needsOneIssuer: true,
  scopes: ['openid', ...SCOPES],
  settings: ({ url, issuer }) => ({
    file: 'ConfigMap workflow-controller-configmap, below data',
    language: 'yaml',
    lines: [
      'sso: |',
      `  issuer: ${quoted(issuer)}`,
      `  clientId: { name: ${secretNameOf(argoWorkflows)}, key: client-id }`,
      `  clientSecret: { name: ${secretNameOf(argoWorkflows)}, key: ${SECRET_KEY} }`,
      ...redirectURIs(argoWorkflows, url).map((uri) => `  redirectUrl: ${quoted(uri)}`),
      `  scopes: [${SCOPES.join(', ')}]`,
      '  rbac: { enabled: true }',
    ],
  }),
  namespace: 'argo',
  readsID: true,
  notes: [
    'The server starts with --auth-mode=sso; a service account with workflows.argoproj.io/rbac-rule says which groups become it',
  ],
};
