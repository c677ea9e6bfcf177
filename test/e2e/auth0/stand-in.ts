import * as path from 'node:path';
import { runToSuccess, temporaryDirectory } from '../harness';
import type { Provider } from './workspace';

/** Builds the stand-in; Go's own cache makes every build but the first one short. */
export async function buildStandIn(): Promise<Provider> {
  const directory = temporaryDirectory('auth0-stand-in');
  const program = directory.join('terraform-provider-auth0');
  await runToSuccess(
    {
      name: 'go build',
      program: 'go',
      args: ['build', '-mod=readonly', '-buildvcs=false', '-o', program, '.'],
      workingDirectory: path.join(__dirname, 'stand-in-provider'),
    },
    600,
  );
  return {
    program,
    environment: {
      PACHKIT_PROVIDER_SCHEMA: path.resolve(__dirname, '../../fixtures/auth0/provider-schema.json'),
    },
  };
}
