import { shellWord } from '../diagnostics/shell-word';
import { formatPath, type PathStep } from '../document/source-node';
import type { Cluster } from '../model/cluster';

/** What a secret that is replaced breaks, and what to do about it. */
export interface Rotation {
  /** What stops working, for whom, and until when. */
  readonly breaks: string;
  /** What to do after the secret was replaced in the store, in the order that keeps logins working. */
  readonly steps: readonly string[];
}

interface Row extends Rotation {
  /** Fields that it is about, as paths without the ids and positions of items. */
  readonly fields: RegExp;
}

/** Commands for one secret: `get` prints it, `deploy` brings it to the cluster. */
interface Commands {
  readonly get: string;
  readonly deploy: string;
}

/** What becomes of a secret of a cluster when it is replaced. */
export function rotationOf(steps: readonly PathStep[], cluster: Cluster, commands: Commands): Rotation {
  const field = formatPath(steps);
  const row = rows(cluster, commands).find(({ fields }) => fields.test(field));
  if (!row) throw new Error(`nothing is known about replacing ${field}`);
  return { breaks: row.breaks, steps: row.steps };
}

function rows(cluster: Cluster, { get, deploy }: Commands): readonly Row[] {
  return [
    rootToken(cluster, { get, deploy }),
    {
      fields: /^auth\.clientSecret$/,
      breaks: cluster.dex
        ? 'logins fail from the moment that one of Dex and pachd has the new secret until both have it; people who are logged in stay so'
        : 'logins fail while pachd starts anew; people who are logged in stay so',
      steps: [deploy],
    },
    {
      fields: /^console\.clientSecret$/,
      breaks:
        'logins to Console fail from the moment that one of Console and pachd has the new secret until both have it',
      steps: [deploy],
    },
    {
      fields: /^identity\.clients\b/,
      breaks:
        'logins to the program that is this client fail until it has the new secret too; nothing else is concerned',
      steps: [deploy, `# at once: give the program the secret that this prints`, get],
    },
    {
      fields: /^enterprise\.secret$/,
      breaks: 'pachd registers with its license server anew when it starts; logins wait for that start',
      steps: [deploy],
    },
    databasePassword(cluster, { get, deploy }, /^database\.internal\.password$/, cluster.database.user, ''),
    databasePassword(
      cluster,
      { get, deploy },
      /^database\.internal\.rootPassword$/,
      'postgres',
      ' as postgres',
    ),
    {
      fields: /^auth0\.users\b/,
      breaks: 'the user logs in with the new password once Terraform has applied it',
      steps: [deploy],
    },
    {
      fields: /^keycloak\.users\b/,
      breaks:
        'Keycloak keeps the password that the user was imported with, and takes no other until it is set there',
      steps: ['# set as the password of the user in Keycloak what this prints', get],
    },
    {
      fields: /^dev\.users\b/,
      breaks: 'the person logs in with the new password after the deploy; sessions stay',
      steps: [deploy],
    },
    {
      fields: /^auth0\./,
      breaks:
        'Auth0 has one secret of an application: logins through it fail from the moment that Terraform applies it until Dex has it too; people who are logged in stay so',
      steps: [deploy],
    },
    {
      fields: /^secrets\.encryptionKey$/,
      breaks:
        'every encrypted file is another one, and nothing changes in the cluster; what is in the history of git opens with the key of before',
      steps: ['# run pachkit synth and commit what it writes'],
    },
    {
      fields: /./,
      breaks: 'everything else that has the secret is refused until it has the new one',
      steps: [deploy],
    },
  ];
}

/** Where the environment sets the token, pachd takes it at its start; where a Job does it, only the token of before can. */
function rootToken(cluster: Cluster, { get, deploy }: Commands): Row {
  const fields = /^auth\.rootToken$/;
  const breaks =
    'the root token of before is refused, and with it every script that uses it; people and robots stay logged in';
  if (cluster.release.bootstrap !== 'job') return { fields, breaks, steps: [deploy] };
  return {
    fields,
    breaks,
    steps: [
      '# logged in with the root token of before; the Job of a deploy logs in with the new one',
      `pachctl auth rotate-root-token --supply-token "$(${get})"`,
      deploy,
    ],
  };
}

/** PostgreSQL reads passwords from its environment when the database is made, and never again. */
function databasePassword(
  { namespace }: Cluster,
  { get, deploy }: Commands,
  fields: RegExp,
  role: string,
  as: string,
): Row {
  // psql asks its environment for the password: what is an argument shows in the list of processes.
  const script = [
    '\\set password `printenv new`',
    `ALTER ROLE "${role.replaceAll('"', '""')}" PASSWORD :'password';`,
  ];
  const login = 'PGPASSWORD="$POSTGRES_POSTGRES_PASSWORD" psql -U postgres -v ON_ERROR_STOP=1';
  const shell = `read -r new; export new; printf '%s\\n' ${script.map(shellWord).join(' ')} | ${login}`;
  return {
    fields,
    breaks: `PostgreSQL keeps the password${as} that it was made with, and refuses the new one (\`password authentication failed\`) until it is told; pachd answers no one between the statement and the end of the deploy`,
    steps: [
      '# before the deploy, while the pod has the password of before',
      `${get} | kubectl -n ${namespace} exec -i postgres-0 -- sh -c ${shellWord(shell)}`,
      deploy,
    ],
  };
}
