import { shellWord } from '../diagnostics/shell-word';
import type { Keycloak } from '../model/cluster';
import {
  CLIENT_SECRET,
  keycloakClient,
  keycloakRealm,
  passwordVariable,
} from '../identity-providers/keycloak-realm';
import type { Output } from './output';
import { secretExports, type SecretVariable } from './secret-exports';

/**
 * `keycloak/realm.json`: a realm with the client, as `kc.sh import` reads it. `keycloak/client.json`: the client alone, for a
 * realm that exists. Neither has a secret in it: Keycloak takes those from the environment that imports the realm.
 */
export const keycloak: Output = {
  emit: (cluster) => {
    if (!cluster.keycloak) return [];
    return [
      ['client', keycloakClient(cluster.keycloak, cluster.name)] as const,
      ['realm', keycloakRealm(cluster.keycloak, cluster.name)] as const,
    ].map(([name, content]) => ({
      path: `keycloak/${name}.json`,
      content: `${JSON.stringify(content, null, 2)}\n`,
      isSecret: false,
    }));
  },
  commands: ({ cluster, document, directory, workingDirectory }) => {
    // Terraform makes the client then, and finds one that was imported in its way.
    if (!cluster.keycloak || cluster.keycloak.terraform) return [];
    const { realm } = cluster.keycloak;
    const file = (name: string): string => shellWord(`${directory}/keycloak/${name}.json`);
    return [
      ...secretExports(document, variables(cluster.keycloak), workingDirectory),
      `kc.sh import --file ${file('realm')} --override false`,
      `# in a realm that exists, which kc.sh leaves alone: jq ${shellWord(`.secret = env.${CLIENT_SECRET}`)} ${file('client')} | kcadm.sh create clients -r ${shellWord(realm)} -f -`,
      `# where it has the client already, too: jq ${shellWord(`{ifResourceExists: "OVERWRITE", clients: [.secret = env.${CLIENT_SECRET}]}`)} ${file('client')} | kcadm.sh create partialImport -r ${shellWord(realm)} -f -`,
    ];
  },
};

function variables({ clientSecret, clientSecretPath, users }: Keycloak): SecretVariable[] {
  return [
    { name: CLIENT_SECRET, path: clientSecretPath, secret: clientSecret },
    ...users.map((user, position) => ({
      name: passwordVariable(position),
      path: ['keycloak', 'users', position, 'password'],
      secret: user.password,
    })),
  ];
}
