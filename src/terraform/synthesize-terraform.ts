import { RootConstruct } from 'constructs';
import { compare } from '../diagnostics/diagnostic';
import type { Cluster } from '../model/cluster';
import { Auth0Stack } from './auth0-stack';
import type { TerraformStack } from './cdktf';
import { CONFIGURATION_FILE } from './configuration-file';
import { KeycloakStack } from './keycloak-stack';

/**
 * The Terraform of a cluster's application at Auth0, by file name; undefined for a cluster without one, and for one whose
 * application is managed elsewhere. The same cluster
 * always gives the same bytes: no file is written or read, and no environment variable of cdktf has a say.
 */
export function synthesizeTerraform(cluster: Cluster): Readonly<Record<string, string>> | undefined {
  if (!cluster.auth0 || cluster.auth0.application.provision === 'none') return undefined;
  // A stack of cdktf's App would do the same, but an App makes a folder as soon as it is constructed.
  return filesOf(
    new Auth0Stack(new RootConstruct(), cluster.name, { auth0: cluster.auth0, clusterName: cluster.name }),
  );
}

/** The Terraform of a cluster's client at Keycloak, by file name; undefined for a cluster that has none made by Terraform. */
export function synthesizeKeycloak({
  name,
  keycloak,
}: Cluster): Readonly<Record<string, string>> | undefined {
  const { terraform } = keycloak ?? {};
  if (!keycloak || !terraform) return undefined;
  return filesOf(
    new KeycloakStack(new RootConstruct(), name, { keycloak: { ...keycloak, terraform }, clusterName: name }),
  );
}

function filesOf(stack: TerraformStack): Readonly<Record<string, string>> {
  // Not prepared, as App does: that resolves everything once more to find references to other stacks, and there are none.
  return { [CONFIGURATION_FILE]: `${JSON.stringify(canonical(stack.toTerraform()), null, 2)}\n` };
}

/** Keys in the order of their code units, cdktf's metadata left out: it names the version of cdktf, and nothing reads it. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//')
      .sort(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}
