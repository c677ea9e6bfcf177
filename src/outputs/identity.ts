import { clientDocument, ownClientDocuments } from '../constructs/support/dex-documents';
import { toYaml } from '../constructs/support/yaml';
import { compare } from '../diagnostics/diagnostic';
import { activeAuth } from '../model/auth-state';
import type { Client, Cluster, ConfigValue } from '../model/cluster';
import { MASK, ReferredSecret, Secret } from '../model/secret';
import { BOOTSTRAP_CONFIG_SECRET, DEX_CONFIGURATION, PLACES, type Place } from '../model/secret-places';
import type { Output, OutputFile } from './output';

/**
 * `identity/*.yaml`: who may log in and what they may do, for reviewers. pachd and Dex read all of it from Secrets, which
 * reviewers cannot read or which are encrypted; these are copies without the secrets.
 */
export const identity: Output = {
  emit: (cluster) =>
    REVIEWED.flatMap(({ name, about, contentOf, places }): OutputFile[] => {
      const content = contentOf(cluster);
      if (content === undefined) return [];
      const comment = `# A copy for review: ${about}, without secrets. The cluster reads ${placesOf(cluster, places)}.\n`;
      return [{ path: `identity/${name}.yaml`, content: comment + toYaml(content), isSecret: false }];
    }),
};

/** The object and key that a cluster reads something from, by what activates authentication. */
interface Places {
  /** In the files of the bootstrap Job, to 2.2. */
  readonly job: string;
  readonly environment: readonly (readonly [kind: string, place: Place])[];
  /** Whether it is in the configuration of a standalone Dex where there is one. */
  readonly isDexs: boolean;
}

/** What reviewers read, a file each, and what has it for the cluster. */
const REVIEWED: readonly {
  readonly name: string;
  readonly about: string;
  /** Missing where the document leaves it to the cluster. */
  readonly contentOf: (cluster: Cluster) => unknown;
  readonly places: Places;
}[] = [
  {
    name: 'role-bindings',
    about: 'roles by subject',
    contentOf: (cluster) => activeAuth(cluster)?.roleBindings,
    places: {
      job: 'clusterRoleBindings',
      environment: [['Secret', PLACES.roleBindings]],
      isDexs: false,
    },
  },
  {
    name: 'connectors',
    about: 'the connectors that people log in with',
    contentOf: ({ identity: { connectors, connectorsFrom } }) =>
      connectorsFrom || connectors.length === 0
        ? undefined
        : connectors.map(({ id, name, type, config }) => ({ id, name, type, config: masked(config) })),
    places: { job: 'idps', environment: [['Secret', PLACES.connectors]], isDexs: true },
  },
  {
    name: 'clients',
    about: 'the clients that log people in, and where they send them back to',
    contentOf: (cluster) => {
      const documents = cluster.dex
        ? cluster.dex.staticClients.map(maskedClient)
        : [...ownClientDocuments(cluster), ...cluster.identity.clients.map(maskedClient)];
      return documents.length === 0 ? undefined : documents;
    },
    places: {
      job: 'oidcClients',
      environment: [
        ['ConfigMap', PLACES.ownClients],
        ['Secret', PLACES.clients],
      ],
      isDexs: true,
    },
  },
];

function placesOf({ dex, release, identity }: Cluster, { job, environment, isDexs }: Places): string {
  const places: Places['environment'] =
    dex && isDexs
      ? [['Secret', DEX_CONFIGURATION]]
      : release.bootstrap === 'job'
        ? [['Secret', { name: BOOTSTRAP_CONFIG_SECRET, key: job }]]
        : environment.filter(([, place]) => place !== PLACES.clients || identity.clients.length > 0);
  return places.map(([kind, { name, key }]) => `${kind} ${name}, key ${key}`).join(', and ');
}

function maskedClient(client: Client): object {
  const { secret, ...rest } = clientDocument(client, MASK) as { readonly secret: string };
  return client.secret === undefined ? rest : { ...rest, secret };
}

/** A value of a connector with what is secret in it replaced; one that is in the cluster already is named. */
function masked(value: ConfigValue): unknown {
  if (value instanceof Secret) return MASK;
  if (value instanceof ReferredSecret) {
    const { name, key } = value.reference;
    return { existing: { name, key } };
  }
  if (Array.isArray(value)) return value.map((item) => masked(item as ConfigValue));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, masked(inner)]),
  );
}
