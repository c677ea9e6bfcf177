import { quoted, SCOPES, SECRET_KEY, secretNameOf, type ClientPreset } from './preset';

/**
 * Argo CD with `oidc.config`, in the place of its own Dex: callback, `$SECRET:KEY` and the label that such a Secret needs, as
 * in operator-manual/user-management of Argo CD 3.3.
 */
export const argoCD: ClientPreset = {
  name: 'argo-cd',
  title: 'Argo CD',
  callbacks: ['/auth/callback'],
  needsOneIssuer: true,
  scopes: SCOPES,
  settings: ({ id, url, issuer }) => ({
    file: 'ConfigMap argocd-cm, below data',
    language: 'yaml',
    lines: [
      `url: ${quoted(url)}`,
      'oidc.config: |',
      '  name: Pachyderm',
      `  issuer: ${quoted(issuer)}`,
      `  clientID: ${quoted(id)}`,
      `  clientSecret: $${secretNameOf(argoCD)}:${SECRET_KEY}`,
      `  requestedScopes: [${SCOPES.join(', ')}]`,
    ],
  }),
  notes: [
    'Groups get roles in the ConfigMap argocd-rbac-cm: g, platform, role:admin in policy.csv',
    'argocd login --sso needs a client of its own, without a secret: cliClientID, and in the document { id: argo-cd-cli, public: true, redirectURIs: [http://localhost:8085/auth/callback] } with a standalone Dex',
  ],
  namespace: 'argocd',
  secretLabel: 'app.kubernetes.io/part-of=argocd',
};
