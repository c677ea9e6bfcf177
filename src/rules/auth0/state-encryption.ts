import type { Auth0 } from '../../model/cluster';

/** Whether the document says that the backend keeps the state encrypted. */
export function isStateEncrypted({ terraform }: Auth0): boolean {
  const { backend, encryptedState } = terraform;
  return encryptedState || (backend.kind === 's3' && backend.settings['encrypt'] === true);
}
