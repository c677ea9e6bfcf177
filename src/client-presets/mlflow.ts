import { shellWord } from '../diagnostics/shell-word';
import { redirectURIs, SCOPES, type ClientPreset } from './preset';
import { withoutSlash } from '../forms/without-slash';

/**
 * MLflow, which has no OpenID Connect itself, with the plugin mlflow-oidc-auth: its variables and its callback were read in the
 * source of 11.0.2. It takes groups from the claim `groups`, and admits members of `OIDC_GROUP_NAME` alone.
 */
export const mlflow: ClientPreset = {
  name: 'mlflow',
  title: 'MLflow with mlflow-oidc-auth',
  callbacks: ['/callback'],
  needsOneIssuer: true,
  scopes: SCOPES,
  settings: ({ id, url, issuer }) => ({
    file: 'the environment of mlflow server --app-name oidc-auth',
    language: 'sh',
    lines: [
      `OIDC_DISCOVERY_URL=${shellWord(`${withoutSlash(issuer)}/.well-known/openid-configuration`)}`,
      `OIDC_CLIENT_ID=${shellWord(id)}`,
      ...redirectURIs(mlflow, url).map((uri) => `OIDC_REDIRECT_URI=${shellWord(uri)}`),
      `OIDC_SCOPE=${shellWord(SCOPES.join(' '))}`,
      'OIDC_GROUP_NAME=mlflow',
      'OIDC_ADMIN_GROUP_NAME=mlflow-admin',
    ],
  }),
  namespace: 'mlflow',
  notes: [
    'Members of the groups in OIDC_GROUP_NAME may log in, and those in OIDC_ADMIN_GROUP_NAME administer: write the names of groups that pachkit who shows',
    'MLflow gets the secret from the variable OIDC_CLIENT_SECRET of its container, and needs a SECRET_KEY of its own for its cookies',
  ],
};
