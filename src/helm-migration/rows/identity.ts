import { rowsOf, text, type FieldRow } from '../row';

/** Settings of Dex. Its connectors and clients are not here. */
export const identityRows: readonly FieldRow[] = [
  ...rowsOf('oidc', 'identity', {
    IDTokenExpiry: [text, 'idTokenExpiry'],
    RotationTokenExpiry: [text, 'rotationTokenExpiry'],
    dexCredentialSecretName: [text, 'credentialFilesSecretName'],
  }),
  { path: 'pachd.oauthClientID', to: 'auth.clientID', as: text },
];
