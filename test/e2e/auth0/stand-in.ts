import * as path from 'node:path';
import { runToSuccess, temporaryDirectory } from '../harness';
import type { Provider } from './workspace';

/** Builds the stand-in for a provider, of which it has the schema, and for Auth0 the calls; Go's own cache makes every build but the first one short. */
export async function buildStandIn(name: 'auth0' | 'keycloak' = 'auth0'): Promise<Provider> {
  const directory = temporaryDirectory(`${name}-stand-in`);
  const program = directory.join(`terraform-provider-${name}`);
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
      PACHKIT_PROVIDER_SCHEMA: path.resolve(__dirname, `../../fixtures/${name}/provider-schema.json`),
      ...(name === 'auth0' ? {} : { PACHKIT_PROVIDER_SOURCE: `registry.terraform.io/${name}/${name}` }),
    },
    ...(name === 'auth0' ? {} : { listed: { name, release: '5.8.0' } }),
  };
}
