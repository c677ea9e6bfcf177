import { formatPath } from '../document/source-node';
import { SECRET_KEY, secretNameOf, type ClientPreset } from '../client-presets/preset';
import { presetNamed } from '../client-presets/registry';
import { asked, assigned, command, piped, Shell, variable } from '../identity-providers/setup/shell';
import type { Entered, SetupCommands } from '../identity-providers/setup/setup';
import type { Client, Cluster } from '../model/cluster';
import { withoutSlash } from '../forms/without-slash';

/** What to enter in a product that logs people in through Dex, as a page for people. */
export interface ClientPage {
  /** Id of the client. */
  readonly client: string;
  /** What the product calls itself. */
  readonly product: string;
  /** What the product and Dex have to have in common, by what the product calls it. */
  readonly entered: readonly Entered[];
  /** Its own configuration. */
  readonly settings: { readonly file: string; readonly language: string; readonly lines: readonly string[] };
  /** What the settings leave to the people who run the product. */
  readonly notes: readonly string[];
  /** How it gets its client secret; missing for a public client. */
  readonly secret?: SetupCommands;
}

/** A page for each client whose product the document names, in the order of the document. */
export function clientPages(cluster: Cluster): readonly ClientPage[] {
  return cluster.identity.clients.flatMap((client, index) => {
    const preset = presetNamed(client.preset?.name);
    return preset === undefined ? [] : [pageOf(client, preset, index, cluster)];
  });
}

function pageOf(client: Client, preset: ClientPreset, index: number, cluster: Cluster): ClientPage {
  const { issuer, browserIssuer } = cluster.urls;
  const isPublic = client.secret === undefined;
  const url = withoutSlash(client.preset?.url ?? '');
  return {
    client: client.id,
    product: preset.title,
    entered: [
      ['Issuer', issuer],
      ...(browserIssuer === issuer ? [] : [['Dex as browsers reach it', browserIssuer] as const]),
      ['Client ID', client.id],
      ...client.redirectURIs.map((uri): Entered => ['Redirect URI', uri]),
      ['Scopes', preset.scopes.join(' ')],
      ['Claims', 'email, name, groups'],
    ],
    settings: preset.settings({
      id: client.id,
      url,
      isPublic,
      issuer,
      authorizationURL: `${withoutSlash(browserIssuer)}/auth`,
      tokenURL: `${withoutSlash(issuer)}/token`,
      userInfoURL: `${withoutSlash(issuer)}/userinfo`,
    }),
    notes: [
      ...preset.notes,
      ...(preset.needsOneIssuer && browserIssuer !== issuer
        ? [
            `It sends browsers to the issuer, ${issuer}, which they do not reach: they know Dex as ${browserIssuer}. Logins need an issuer that both reach`,
          ]
        : []),
    ],
    ...(isPublic ? {} : { secret: secretCommands(client, preset, index, cluster) }),
  };
}

/** Copies the client secret to where the product reads it. No page has the secret itself. */
function secretCommands(
  { id, secret }: Client,
  preset: ClientPreset,
  index: number,
  { namespace }: Cluster,
): SetupCommands {
  const existing = secret?.kind === 'existing' ? secret : undefined;
  const field = formatPath(['identity', 'clients', index, 'secret']);
  const read =
    existing === undefined
      ? command('pachkit', 'secret', 'get', variable('document'), field)
      : command(
          ...['kubectl', '-n', namespace, 'get', 'secret', existing.name, '-o'],
          `go-template={{index .data ${JSON.stringify(existing.key)} | base64decode}}`,
        );
  const document = existing === undefined ? [asked('document', 'pachyderm.yaml')] : [];
  if (preset.secretVariable !== undefined)
    return {
      about:
        'The secret is for the people who log in with the program. The Dex inside Pachyderm knows no clients without one; a standalone Dex does.',
      lines: [...document, assigned(preset.secretVariable, read)],
    };
  const kubectl = ['kubectl', '-n', variable('namespace')] as const;
  const name = secretNameOf(preset);
  return {
    about: `The client secret goes into the Secret ${name} in the namespace of the product, under the key ${SECRET_KEY}.`,
    lines: [
      ...document,
      asked('namespace', preset.namespace ?? 'default'),
      piped(
        read,
        command(
          ...[...kubectl, 'create', 'secret', 'generic', name],
          ...(preset.readsID ? [`--from-literal=client-id=${id}`] : []),
          `--from-file=${SECRET_KEY}=/dev/stdin`,
          new Shell('--dry-run=client -o yaml'),
        ),
        command(...kubectl, 'apply', '-f', '-'),
      ),
      ...(preset.secretLabel === undefined
        ? []
        : [command(...kubectl, 'label', '--overwrite', 'secret', name, preset.secretLabel)]),
    ],
  };
}
