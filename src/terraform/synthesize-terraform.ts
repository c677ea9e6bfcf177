import { RootConstruct } from 'constructs';
import { setOwn } from '../document/source-node';
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
  const { name: clusterName, auth0 } = cluster;
  return filesOf(() => new Auth0Stack(new RootConstruct(), clusterName, { auth0, clusterName }));
}

/** The Terraform of a cluster's client at Keycloak, by file name; undefined for a cluster that has none made by Terraform. */
export function synthesizeKeycloak({
  name,
  keycloak,
}: Cluster): Readonly<Record<string, string>> | undefined {
  const { terraform } = keycloak ?? {};
  if (!keycloak || !terraform) return undefined;
  return filesOf(
    () =>
      new KeycloakStack(new RootConstruct(), name, {
        keycloak: { ...keycloak, terraform },
        clusterName: name,
      }),
  );
}

function filesOf(stack: () => TerraformStack): Readonly<Record<string, string>> {
  // Not prepared, as App does: that resolves everything once more to find references to other stacks, and there are none.
  const configuration = withoutItsTokens(() => canonical(stack().toTerraform()));
  return { [CONFIGURATION_FILE]: `${JSON.stringify(configuration, null, 2)}\n` };
}

/** cdktf 0.21 and cdktn 0.24 keep every token in a global map until the process ends, and with most of them the stack that they are of. */
function withoutItsTokens<Result>(work: () => Result): Result {
  const before = new Set(tokens()?.keys());
  const result = work();
  for (const key of tokens()?.keys() ?? []) if (!before.has(key)) tokens()?.delete(key);
  return result;
}

function tokens(): Map<string, unknown> | undefined {
  const { __cdktfTokenMap: map } = globalThis as {
    readonly __cdktfTokenMap?: { readonly stringTokenMap?: Map<string, unknown> };
  };
  return map?.stringTokenMap;
}

/** Keys in the order of their code units, cdktf's metadata left out: it names the version of cdktf, and nothing reads it. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort())
    if (key !== '//') setOwn(ordered, key, canonical((value as Record<string, unknown>)[key]));
  return ordered;
}
