import { formatPath, type PathStep } from '../document/source-node';
import { providerNamed } from '../identity-providers/registry';
import { setupOf } from '../identity-providers/setup/registry';
import type { Entered, Setup, SetupCommands, SetupPlace } from '../identity-providers/setup/setup';
import type { Cluster } from '../model/cluster';
import { DEV_CONNECTOR } from '../model/dev-users';
import { connectorTargetOf } from '../releases/connector-target';
import { elsewhereGroups } from '../rules/support/elsewhere-groups';
import { deliversGroups } from '../rules/support/group-delivery';
import { clusterConnectors, type DocumentConnector } from '../subjects/document-connectors';
import { whoOf, type Way } from '../who/who';

/** What has to be set up at the provider of a connector, as a page for people. */
export interface SetupPage {
  /** Id of the connector. */
  readonly connector: string;
  readonly type: string;
  /** What the provider calls itself. */
  readonly provider: string;
  /** As what the cluster is registered there. */
  readonly application: string;
  /** What brings groups along; missing where nothing has to be set up for them, or none are wanted. */
  readonly groups?: string;
  /** What to enter, by what the provider calls it. */
  readonly entered: readonly Entered[];
  /** Where to click, in the order in which it works. */
  readonly steps: readonly string[];
  /** What the provider shows, and the field of the document that it becomes. */
  readonly returned: readonly { readonly label: string; readonly field: string }[];
  /** The same with the provider's own program. */
  readonly commands?: SetupCommands;
  /** Commands that show what Dex will see. */
  readonly look?: SetupCommands;
  /** What pachd will know people by. */
  readonly who: Pick<Way, 'admitted' | 'user' | 'groups'>;
}

/** A connector that someone has to set up at its provider. */
export interface ToSetUp {
  readonly setup: Setup;
  readonly place: SetupPlace;
  /** What brings groups along; missing where nothing has to be set up for them, or none are wanted. */
  readonly groups?: string;
}

/**
 * The connectors that someone has to set up, in the order of the document. Terraform sets up that of `auth0`, what Keycloak
 * imports that of `keycloak`, and the manifests have the directory of `dev.users`.
 */
export function toSetUp(cluster: Cluster): readonly ToSetUp[] {
  const { name, urls } = cluster;
  const target = connectorTargetOf(cluster);
  return clusterConnectors(cluster).flatMap((connector) => {
    const setup = setupOf(connector);
    if (setup === undefined || isMade(cluster, connector)) return [];
    const hasGroups = deliversGroups(connector, target) && elsewhereGroups(connector).length === 0;
    const callback = connector.text('redirectURI') ?? urls.callback;
    const groups = hasGroups ? setup.groups?.(connector) : undefined;
    return [
      {
        setup,
        place: { connector, cluster: name, callback, loginPage: urls.browserIssuer, hasGroups },
        ...(groups === undefined ? {} : { groups }),
      },
    ];
  });
}

/** A page for each connector that someone has to set up, in the order of the document. */
export function setupPages(cluster: Cluster): readonly SetupPage[] {
  const ways = new Map(whoOf(cluster).ways.map((way) => [way.id, way]));
  return toSetUp(cluster).flatMap((one) => {
    const who = ways.get(one.place.connector.id);
    return who === undefined ? [] : [pageOf(one, who)];
  });
}

function isMade({ auth0, dev, keycloak }: Cluster, { id }: DocumentConnector): boolean {
  if (id === keycloak?.connectorID) return true;
  if (id === DEV_CONNECTOR && dev?.keptIn === 'directory') return true;
  return id === auth0?.connectorID && auth0.application.provision !== 'none';
}

function pageOf({ setup, place, groups }: ToSetUp, { admitted, user, groups: sent }: Way): SetupPage {
  const { connector, hasGroups } = place;
  const commands = setup.commands?.(place);
  const look = setup.look?.(place) ?? (hasGroups ? setup.lookAtGroups?.(place) : undefined);
  return {
    connector: connector.id,
    type: connector.type,
    provider: setup.title,
    application: setup.application,
    ...(groups === undefined ? {} : { groups }),
    entered: setup.entered(place),
    steps: setup.steps(place),
    returned: setup.returned.flatMap(({ label, key, field = key, isFor }) => {
      if (isFor?.(place) === false) return [];
      const path = fieldOf(connector, key, field);
      return path === undefined ? [] : [{ label, field: formatPath(path) }];
    }),
    ...(commands === undefined || commands.lines.length === 0 ? {} : { commands }),
    ...(look === undefined || look.lines.length === 0 ? {} : { look }),
    who: { admitted, user, groups: sent },
  };
}

/** Where the document has a setting: among Dex's own, or in the words of the provider that the connector names. */
function fieldOf(
  connector: DocumentConnector,
  key: string | undefined,
  field: string | undefined,
): readonly PathStep[] | undefined {
  const provider = providerNamed(connector.provider?.name);
  if (connector.path[0] === 'auth0') return AUTH0_FIELDS[field ?? ''];
  if (provider)
    return field !== undefined && Object.hasOwn(provider.fields, field)
      ? [...connector.path, field]
      : undefined;
  if (key === undefined) return undefined;
  const isUnset = connector.value(...key.split('.')) === undefined;
  // Without groups there is nothing to say about where they are.
  return isUnset && key.includes('.') ? undefined : connector.at(...key.split('.'));
}

/** Where the section `auth0` has what the provider of that name has. */
const AUTH0_FIELDS: Readonly<Record<string, readonly PathStep[]>> = {
  clientID: ['auth0', 'application', 'clientID'],
  clientSecret: ['auth0', 'application', 'clientSecret'],
  domain: ['auth0', 'domain'],
};
