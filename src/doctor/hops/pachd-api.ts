import { compare } from '../../diagnostics/diagnostic';
import type { Cluster } from '../../model/cluster';
import { failed, ok, skipped, warning, type Hop, type Sighting } from '../hop';
import type { Answer } from '../network/http';
import { takesSecrets } from '../network/routes';
import { mappingIn } from '../read-json';
import { answerKind, shown } from '../shown';
import type { IssuerSubject } from '../subjects';
import { asMapping } from '../../document/json-mapping';

/** Whether pachd's API is behind the same way in as Dex: Envoy leads `/api/` there. */
export function hasApiBesideDex({ auth, release, access }: Cluster): boolean {
  return auth !== undefined && release.hasRestApi && access.proxy.enabled;
}

/** Asks a method of pachd with the root token; undefined where the token is not known, or is not to be sent. */
async function ask(
  { cluster, world, tls }: IssuerSubject,
  method: string,
  body: object,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const { browserIssuer } = cluster.urls;
  const token = cluster.auth?.rootToken;
  if (token?.kind !== 'literal' || token.value.reveal() === '') return undefined;
  if (!takesSecrets(browserIssuer)) return undefined;
  return world.client(tls.authorities).request(
    `${new URL(browserIssuer).origin}/api/${method}`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'authn-token': token.value.reveal(),
      },
      body: JSON.stringify(body),
    },
    signal,
  );
}

/** pachd knows the root token of the document. */
const rootTokenHop: Hop<IssuerSubject> = {
  name: 'root token',
  needs: [],
  appliesTo: () => true,
  plan: () => 'pachd takes the root token',
  async check(subject, signal) {
    if (subject.known.discovery === undefined) return skipped('not asked: Dex comes first');
    const answer = await ask(subject, 'auth_v2.API/WhoAmI', {}, signal);
    if (answer === undefined)
      return skipped('not asked: the root token is not known here, or would not be sent over TLS');
    const said = mappingIn(answer);
    const { username, message, code } = said ?? {};
    if (answer.status === 200 && typeof username === 'string')
      return ok(`pachd knows it as ${shown(username)}`);
    if (typeof message !== 'string' || typeof code !== 'number')
      return skipped(`no API of pachd answers: ${answerKind(answer.status, answer.body)}`);
    const quote = shown(message);
    const isOff = message.includes('not activated');
    return failed(`\`${quote}\``, {
      code: 'HOP036',
      effect: isOff
        ? `pachd answers \`${quote}\`: there is no authentication yet, and anyone may do anything`
        : `pachd answers \`${quote}\` to the root token: no one administers the cluster with it`,
      hint: isOff
        ? 'see why pachd did not set itself up: pachkit status FILE, and its log'
        : 'deploy this document with the store of secrets that the cluster was made with, .pachkit beside it',
      path: isOff ? ['auth'] : ['auth', 'rootToken'],
    });
  },
};

/** The role bindings on the cluster are those of the document. */
const bindingsHop: Hop<IssuerSubject> = {
  name: 'bindings',
  needs: ['root token'],
  appliesTo: ({ cluster: { auth } }) => auth?.roleBindings !== undefined,
  plan: () => 'the bindings on the cluster are those of the document',
  async check(subject, signal) {
    const answer = await ask(
      subject,
      'auth_v2.API/GetRoleBinding',
      { resource: { type: 'CLUSTER' } },
      signal,
    );
    const entries = asMapping(asMapping(answer && mappingIn(answer)?.['binding'])?.['entries']);
    if (answer?.status !== 200 || entries === undefined) return unanswered(answer);
    const live = new Map(
      Object.entries(entries)
        .filter(([principal]) => !/^(pach|internal):/.test(principal))
        .map(([principal, roles]) => [
          principal,
          rolesText(Object.keys(asMapping(asMapping(roles)?.['roles']) ?? {})),
        ]),
    );
    const wanted = new Map(
      Object.entries(subject.cluster.auth?.roleBindings ?? {})
        // Without a role there is no binding.
        .filter(([, roles]) => roles.length > 0)
        .map(([principal, roles]) => [principal, rolesText(roles)]),
    );
    const differing = [...new Set([...live.keys(), ...wanted.keys()])]
      .filter((principal) => live.get(principal) !== wanted.get(principal))
      .sort(compare);
    const [first] = differing;
    if (first === undefined) return ok(`${wanted.size} on the cluster, as in the document`);
    const more = differing.length === 1 ? '' : `, and ${differing.length - 1} more`;
    return warning(`${differing.map(shown).join(', ')}: otherwise than in the document`, {
      code: 'HOP037',
      effect: `${shown(first)} has ${live.get(first) ?? 'no role'} on the cluster, and in the document ${wanted.get(first) ?? 'none'}${more}`,
      hint: 'deploy this document, or write what should stay into auth.roleBindings',
      path: wanted.has(first) ? ['auth', 'roleBindings', first] : ['auth', 'roleBindings'],
    });
  },
};

function rolesText(roles: readonly string[]): string {
  return [...new Set(roles)].sort(compare).join(', ');
}

/** What Dex has beside what the document says: clients or connectors. */
interface Kept {
  readonly name: 'clients' | 'connectors';
  readonly method: string;
  readonly ids: (cluster: Cluster) => readonly string[];
  readonly path: readonly [string, string];
  readonly command: (id: string) => string;
}

const KEPT: readonly Kept[] = [
  {
    name: 'clients',
    method: 'identity_v2.API/ListOIDCClients',
    ids: ({ auth, console: web, identity }) => [
      auth?.clientID ?? '',
      ...(web.enabled ? [web.clientID] : []),
      ...identity.clients.map(({ id }) => id),
    ],
    path: ['identity', 'clients'],
    command: (id) => `pachctl idp delete-client ${id}`,
  },
  {
    name: 'connectors',
    method: 'identity_v2.API/ListIDPConnectors',
    ids: ({ identity }) => identity.connectors.map(({ id }) => id),
    path: ['identity', 'connectors'],
    command: (id) => `pachctl idp delete-connector ${id}`,
  },
];

const keptHops = KEPT.map(({ name, method, ids, path, command }): Hop<IssuerSubject> => ({
  name,
  needs: ['root token'],
  // A standalone Dex has its own, and lists that are in Secrets are not known here.
  appliesTo: ({ cluster: { dex, identity } }) =>
    dex === undefined && identity.clientsFrom === undefined && identity.connectorsFrom === undefined,
  plan: () => `Dex has the ${name} of the document and no others`,
  async check(subject, signal) {
    const answer = await ask(subject, method, {}, signal);
    const list = answer && mappingIn(answer)?.[name];
    if (answer?.status !== 200 || !Array.isArray(list)) return unanswered(answer);
    const live = list
      .flatMap((each) => asMapping(each)?.['id'] ?? [])
      .map((id) => shown(String(id as string)));
    const wanted = ids(subject.cluster);
    const missing = wanted.find((id) => !live.includes(id));
    if (missing !== undefined)
      return failed(`Dex does not have ${missing}`, {
        code: name === 'clients' ? 'HOP011' : 'HOP012',
        effect: `Dex has ${live.join(', ') || 'none'} as ${name}, and not ${missing}: it runs with another document`,
        hint: 'deploy this document',
        path,
      });
    const left = live.filter((id) => !wanted.includes(id)).sort(compare);
    const [first] = left;
    if (first === undefined) return ok(`${live.join(', ')}, as in the document`);
    return warning(`${left.join(', ')}: not in the document`, {
      code: 'HOP038',
      effect:
        name === 'clients'
          ? `Dex still has ${left.join(', ')} with secret and redirect URIs: anyone who knows the secret gets tokens`
          : `Dex still has ${left.join(', ')}: people keep logging in with it`,
      hint: `delete it: ${command(first)}`,
      path,
    });
  },
}));

function unanswered(answer: Answer | undefined): Sighting {
  return skipped(
    answer === undefined ? 'not asked' : `pachd answers ${answerKind(answer.status, answer.body)}`,
  );
}

/** What pachd itself says, asked with the root token. */
export const apiHops: readonly Hop<IssuerSubject>[] = [rootTokenHop, bindingsHop, ...keptHops];
