import { isMapping } from '../../document/is-mapping';
import { BOOTSTRAP_CONFIG_SECRET, PLACES } from '../../model/secret-places';
import { parseRelease } from '../../releases/release';
import { valueAt, type Mapping } from '../api/objects';
import { rolesIn } from '../status/bindings';
import { volumeMeanings } from './volumes';
import type { Settings } from './settings';

/** What changes mean for people who use the cluster. */
export interface Meaning {
  /** One sentence. */
  readonly text: string;
  /** What is to be done, and when; missing where nothing is to be done. */
  readonly todo?: string;
}

/** A thing that changes may mean. */
export interface MeaningRow {
  readonly about: string;
  /** Nothing where the changes do not mean it. */
  readonly of: (settings: Settings) => readonly Meaning[];
}

const when = (holds: boolean, text: string, todo?: string): readonly Meaning[] =>
  holds ? [{ text, ...(todo === undefined ? {} : { todo }) }] : [];

const bootstrap = (key: string) => ({ name: BOOTSTRAP_CONFIG_SECRET, key });

/**
 * What can be read from the objects, those that stop people first. What pachd, Dex and PostgreSQL do is what was seen of the
 * real ones (see also src/explanations/running-cluster.ts).
 */
export const meaningRows: readonly MeaningRow[] = [
  {
    about: 'release',
    of: (settings) => {
      const { before, after } = settings.image('Deployment/pachd', 'pachd');
      if (before === undefined || after === undefined || tagOf(before) === tagOf(after)) return [];
      const moves = `pachd moves from ${tagOf(before)} to ${tagOf(after)}`;
      const [old, wanted] = [before, after].map((image) => parseRelease(tagOf(image))?.minor);
      if (old !== undefined && old === wanted) return [{ text: moves }];
      return [
        {
          text: `${moves}: it migrates its database when it starts, and there is no way back`,
          todo: 'back up the database and the object store first',
        },
      ];
    },
  },
  {
    about: 'database',
    of: (settings) => {
      const host = environmentOf(settings, 'POSTGRES_HOST');
      return when(
        host.before !== undefined && host.after !== undefined && host.before !== host.after,
        `pachd uses another database, at ${host.after} and not ${host.before}: repositories, users and sessions are those of that database, and all users have to log in again`,
      );
    },
  },
  {
    about: 'storage',
    of: (settings) => {
      const url = environmentOf(settings, 'STORAGE_URL');
      return when(
        url.before !== undefined && url.after !== undefined && url.before !== url.after,
        'pachd reads and writes in another bucket: data in the old one is not found',
        'copy the data first',
      );
    },
  },
  {
    about: 'issuer',
    of: (settings) => {
      const { before, after } = settings.issuer();
      return when(
        before !== undefined && after !== undefined && before !== after,
        `the issuer changes from ${before} to ${after}: tokens of the old one are refused, and every login takes place at the new one; sessions of pachctl continue`,
      );
    },
  },
  { about: 'callback URL', of: callbackMeanings },
  { about: 'connectors', of: connectorMeanings },
  {
    about: 'root token',
    of: (settings) => {
      const job = settings.isChanged(bootstrap('rootToken'));
      return [
        ...when(
          settings.isChanged(PLACES.rootToken),
          'the root token changes: users of the old one have to log in again once pachd has restarted',
        ),
        ...when(
          job,
          'the root token changes, and the bootstrap Job of this release does not change it in a cluster that is activated',
          'pachctl auth rotate-root-token --supply-token TOKEN',
        ),
      ];
    },
  },
  { about: 'role bindings', of: bindingMeanings },
  {
    about: 'authentication',
    of: (settings) => {
      const { before, after } = settings.text(PLACES.authConfig);
      return [
        ...when(
          before !== undefined &&
            after === undefined &&
            settings.change('Deployment/pachd')?.after !== undefined,
          'the document switches authentication off, and in this cluster it stays on: root token, sessions and role bindings keep working',
          'pachctl auth deactivate',
        ),
      ];
    },
  },
  {
    about: 'client secrets',
    of: (settings) =>
      when(
        settings.isChanged(PLACES.pachdClientSecret, PLACES.consoleClientSecret),
        'a client secret between pachd, Console and Dex changes: logins fail until all of them have restarted',
      ),
  },
  {
    about: 'database password',
    of: (settings) =>
      when(
        settings.isChanged(PLACES.databasePassword, PLACES.databaseRootPassword),
        'a password of the bundled PostgreSQL changes: the server keeps the one its volume was set up with and refuses the new one',
        'change it there first, with ALTER USER',
      ),
  },
  {
    about: 'clients',
    of: (settings) => {
      const clients = settings.parsed(PLACES.ownClients, bootstrap('oidcClients'));
      const further = settings.parsed(PLACES.clients);
      const gone = [clients, further].flatMap(({ before, after }) => missingIds(before, after));
      return gone.map((id) => ({
        text: `the client ${id} leaves the document and stays in Dex with its secret and redirect URIs`,
        todo: `pachctl idp delete-client ${id}`,
      }));
    },
  },
  ...(
    [
      [
        'Deployment/pachd',
        'pachd restarts: commands and pipelines wait until it is ready; sessions continue',
      ],
      [
        'Deployment/pach-enterprise',
        'the enterprise server restarts: its members cannot log anyone in until it is ready',
      ],
      ['StatefulSet/postgres', 'PostgreSQL restarts: pachd and Console fail until it is back'],
      ['StatefulSet/etcd', 'etcd restarts: pachd waits until it is back'],
      ['Deployment/dex', 'Dex restarts: no user can log in until it is ready; sessions continue'],
      ['Deployment/pachyderm-proxy', 'the proxy restarts: connections to the cluster break once'],
      ['Deployment/console', 'Console restarts: its pages do not load until it is ready'],
    ] as const
  ).map(([workload, text]) => ({
    about: workload,
    of: (settings: Settings) => {
      const change = settings.change(workload);
      return when(change?.restarts === true && change.action !== 'create', text);
    },
  })),
  { about: 'volumes', of: (settings) => volumeMeanings(settings) },
  {
    about: 'addresses',
    of: (settings) =>
      settings.ofKind('Service').flatMap(({ action, object, fields, before }) => {
        const changed = fields.some(({ path }) => path[1] === 'type' || path.at(-1) === 'nodePort');
        const isOutside = valueAt(before, 'spec', 'type') !== 'ClusterIP';
        return when(
          (action === 'update' && changed) || (action === 'delete' && isOutside),
          `Service ${object.metadata.name} ${action === 'delete' ? 'goes' : 'gets another type or port'}: clients that use it need another address`,
          'change DNS, firewalls, and pachctl connect',
        );
      }),
  },
  {
    about: 'hosts',
    of: (settings) =>
      settings.ofKind('Ingress').flatMap(({ action, fields }) => {
        const hosts = fields.filter(({ path }) => path[1] === 'rules' || path[1] === 'tls');
        return when(
          action === 'delete' || hosts.length > 0,
          'the hosts of the Ingress change: DNS and certificates have to be those of the new ones',
        );
      }),
  },
];

function tagOf(image: string): string {
  return /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? image;
}

/** A variable of pachd, where it stands in clear text. */
function environmentOf(settings: Settings, name: string) {
  const change = settings.change('Deployment/pachd');
  const of = (state: 'before' | 'after'): string | undefined => {
    const containers = valueAt(change?.[state], 'spec', 'template', 'spec', 'containers');
    const [pachd] = Array.isArray(containers) ? (containers as Mapping[]) : [];
    const variables = Array.isArray(pachd?.['env']) ? (pachd['env'] as Mapping[]) : [];
    const value = variables.find((variable) => variable['name'] === name)?.['value'];
    return typeof value === 'string' ? value : undefined;
  };
  return { before: of('before'), after: of('after') };
}

function callbackMeanings(settings: Settings): readonly Meaning[] {
  const { before, after } = settings.connectors();
  return [...(after ?? [])].flatMap(([id, connector]) => {
    const old = redirectOf(before?.get(id));
    const wanted = redirectOf(connector);
    if (old === undefined || wanted === undefined || old === wanted) return [];
    return [
      {
        text: `the callback URL of the connector ${id} changes from ${old} to ${wanted}`,
        todo: `register ${wanted} at its provider first, or logins through it fail`,
      },
    ];
  });
}

function redirectOf(connector: Mapping | undefined): string | undefined {
  const config = connector?.['config'] ?? parsedJson(connector?.['jsonConfig']);
  const url = valueAt(config, 'redirectURI') ?? valueAt(config, 'redirectURL');
  return typeof url === 'string' ? url : undefined;
}

function parsedJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function connectorMeanings(settings: Settings): readonly Meaning[] {
  const { before, after } = settings.connectors();
  if (before === undefined) return [];
  const gone = [...before.keys()].filter((id) => after?.has(id) !== true);
  const added = [...(after?.keys() ?? [])].filter((id) => !before.has(id));
  const isJob = settings.change(`Secret/${BOOTSTRAP_CONFIG_SECRET}`) !== undefined;
  const stays = isJob || after === undefined || after.size === 0;
  return [
    ...gone.map((id) =>
      stays
        ? {
            text: `the connector ${id} leaves the document and stays in Dex: users keep logging in with it`,
            todo: `pachctl idp delete-connector ${id}`,
          }
        : {
            text: `no user can log in through the connector ${id} any more; sessions that began with it continue`,
          },
    ),
    ...added.map((id) => ({ text: `the login page offers the connector ${id}` })),
  ];
}

function bindingMeanings(settings: Settings): readonly Meaning[] {
  const { before, after } = settings.parsed(PLACES.roleBindings, bootstrap('clusterRoleBindings'));
  if (!isMapping(before)) return [];
  if (!isMapping(after))
    return when(
      settings.change('Deployment/pachd')?.after !== undefined,
      'the document has no role bindings any more: those in the cluster stay as they are',
      'pachctl auth set cluster none SUBJECT',
    );
  const subjects = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return subjects.flatMap((subject) => {
    const [old, wanted] = [rolesIn(before[subject]), rolesIn(after[subject])];
    const lost = old.filter((role) => !wanted.includes(role));
    const won = wanted.filter((role) => !old.includes(role));
    return [
      ...when(lost.length > 0, `${subject} loses ${lost.join(', ')} on the cluster`),
      ...when(won.length > 0, `${subject} becomes ${won.join(', ')} on the cluster`),
    ];
  });
}

function missingIds(before: unknown, after: unknown): string[] {
  const ids = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter(isMapping).map((item) => String(item['id'])) : [];
  const wanted = ids(after);
  return ids(before).filter((id) => !wanted.includes(id));
}
