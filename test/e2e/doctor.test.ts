import * as http from 'node:http';
import * as net from 'node:net';
import type { AddressInfo } from 'node:net';
import { describeWithTools, freePort, startSlapd, type DexTool } from './harness';
import { DIRECTORY_ENTRIES, SUFFIX } from './login/directory-entries';
import { examined, type Given } from './login/doctor';
import {
  AUTH0_HOST,
  documentWithAuth0,
  documentWithConnector,
  HOST,
  VARIABLES,
  type ClusterText,
  type DexKind,
} from './login/documents';
import { MISTAKES } from './login/mistakes';
import { Stage } from './login/stage';
import { KINDS, tenantByHand } from './login/tenant';
import { startWayIn } from './login/way-in';
import { changed, startWorld, stopWorld, tools, type World } from './doctor/world';

/** The code by which the doctor names each mistake of the suite of logins. */
const NAMED: Readonly<Record<string, string>> = {
  'a callback URL that is not registered': 'HOP014',
  'a redirectURI of another host': 'HOP013',
  'an issuer without its slash': 'HOP009',
  'an issuer whose certificate no one knows': 'HOP003',
  'a groups claim that is not mapped': 'DEX007',
  'groups that are not switched on': 'DEX006',
  'scopes without email': 'DEX011',
  'scopes without profile': 'DEX011',
  'a provider that does not say whether addresses are verified': 'DEX009',
  'a client secret that was revoked': 'HOP018',
  'a client that was removed': 'HOP015',
  "an identity provider's clock that is behind": 'HOP019',
  'an issuer that the way in does not lead to Dex': 'HOP007',
  'a search for groups that does not say who is in them': 'DEX024',
  'a directory that does not know the bind DN': 'HOP021',
  'a directory that is asked without TLS': 'HOP006',
};

/** Faults whose only sign in the standalone Dex is at Dex itself: the password is in a Secret that is not known here. */
const NAMED_BY_DEX: Readonly<Record<string, string>> = {
  'a directory that is asked without TLS': 'HOP030',
};

test('every mistake of the suite of logins has its code', () =>
  expect(Object.keys(NAMED).sort()).toEqual(MISTAKES.map(({ title }) => title).sort()));

describe.each(Object.entries(KINDS) as [DexTool, DexKind][])('with %s', (tool, kind) => {
  describeWithTools(`the doctor beside ${kind.title}`, [tool, ...tools], () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.build();
    });
    afterAll(async () => {
      await stage.stop();
    });

    test('finds no fault in a login that succeeds', async () => {
      const document = documentWithAuth0(kind, await stage.surroundings());
      const synthesized = await stage.synthesize(document);
      const provider = await stage.startProvider(tenantByHand(synthesized.cluster.urls.callback));
      const dex = await stage.deploy(synthesized);
      await dex.ready();
      const seen = await examined(stage, document);
      expect([seen.exitCode, seen.faults]).toEqual([0, []]);
      await dex.stop();
      await provider.stop();
    });

    test.each(MISTAKES)('names $title', async (mistake) => {
      const document = documentWithConnector(kind, await stage.surroundings());
      mistake.slip?.(document);
      const synthesized = await stage.synthesize(document);
      const byHand = tenantByHand(synthesized.cluster.urls.callback);
      const provider = await stage.startProvider(mistake.provider?.(byHand) ?? byHand);
      const dex = await stage.deploy(synthesized, !mistake.isUnknownAuthority);
      if ('stops' in mistake.outcome) await dex.exited;
      else await dex.ready();
      const { exitCode, codes, output, isBroken, hasErrors } = await examined(
        stage,
        document,
        // The doctor trusts what the image of Dex does.
        mistake.isUnknownAuthority
          ? { environment: { SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' } }
          : {},
      );
      const byDex = kind.standalone === undefined ? undefined : NAMED_BY_DEX[mistake.title];
      expect(codes).toContain(byDex ?? NAMED[mistake.title]);
      expect(exitCode).toBe(isBroken ? 3 : hasErrors ? 1 : 0);
      for (const secret of [...Object.values(VARIABLES), stage.directory.bindPW])
        expect(output).not.toContain(secret);
      await dex.stop();
      await provider.stop();
    });
  });
});

/** Something that is wrong on the network or in a server, while the document is right for another world. */
interface Fault {
  readonly title: string;
  /** Makes it, and says what the doctor is given; what it returns is undone after the test. */
  readonly make: (world: World) => Promise<Made>;
  /** What the doctor names: section, hop, status and code. */
  readonly named: string;
}

interface Made {
  /** The document that the doctor reads; by default the one that runs. */
  readonly document?: ClusterText;
  readonly given?: Given;
  readonly undo?: () => Promise<unknown> | void;
}

/** Another server answers for a host of the network until the test is over. */
function instead({ stage }: World, host: string, port: number, undo: () => Promise<unknown> | void): Made {
  stage.network.lead(host, port);
  return { undo };
}

async function listening(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const LDAP = 'identity.connectors.1.config';
const OIDC = 'identity.connectors.0.config';

const FAULTS: readonly Fault[] = [
  {
    title: 'a host that no name server knows',
    make: async (world) => ({
      document: changed(world, 'access.host', 'pachyderm.invalid'),
      given: { environment: { HTTPS_PROXY: '' } },
    }),
    named: 'Dex: DNS failed HOP001',
  },
  {
    title: 'a way in whose port is closed',
    make: async (world) =>
      instead(world, HOST, await freePort(), () => world.stage.network.lead(HOST, world.stage.wayIn.port)),
    named: 'Dex: TCP failed HOP002',
  },
  {
    title: 'a certificate of the way in that has expired',
    make: (world) => wayInWith(world, 'expired', [HOST], -1),
    named: 'Dex: TLS failed HOP005',
  },
  {
    title: 'a certificate of the way in that ends soon',
    make: (world) => wayInWith(world, 'soon', [HOST], 5),
    named: 'Dex: TLS warning HOP005',
  },
  {
    title: 'a certificate of the way in for another name',
    make: (world) => wayInWith(world, 'other', ['ingress.local']),
    named: 'Dex: TLS failed HOP004',
  },
  {
    title: 'a certificate of an authority that no one trusts',
    make: async () => ({ given: { environment: { SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' } } }),
    named: 'Dex: TLS failed HOP003',
  },
  {
    title: 'a way in without TLS',
    make: async (world) => {
      const server = http.createServer((_request, response) => response.end('plain'));
      return instead(world, HOST, await listening(server), () => {
        server.close();
        world.stage.network.lead(HOST, world.stage.wayIn.port);
      });
    },
    named: 'Dex: TLS failed HOP006',
  },
  {
    title: 'a way in that takes connections and says nothing',
    make: async (world) => {
      const sockets: net.Socket[] = [];
      const server = net.createServer((socket) => sockets.push(socket.on('error', () => undefined)));
      const made = instead(world, HOST, await listening(server), () => {
        for (const socket of sockets) socket.destroy();
        server.close();
        world.stage.network.lead(HOST, world.stage.wayIn.port);
      });
      return { ...made, given: { args: ['--timeout', '1'] } };
    },
    named: 'Dex: TLS failed HOP029',
  },
  {
    title: 'a way in behind which no Dex runs',
    make: async ({ stage, dex }) => {
      stage.wayIn.leadToDex(await freePort());
      return { undo: () => stage.leadTo(dex) };
    },
    named: 'Dex: discovery failed HOP007',
  },
  {
    title: 'a Dex that calls itself otherwise',
    make: async (world) => ({ document: changed(world, 'access.urls.issuer', `https://${HOST}/dex/`) }),
    named: 'Dex: discovery failed HOP009',
  },
  {
    title: 'a client of pachd that Dex does not have',
    make: async (world) => ({ document: changed(world, 'auth.clientID', 'pachd-2') }),
    named: 'Dex: client failed HOP011',
  },
  {
    title: 'a redirect URI of pachd that Dex does not have',
    make: async (world) => ({
      document: changed(world, 'access.urls.pachdRedirect', `https://${HOST}/elsewhere`),
    }),
    named: 'Dex: client failed HOP011',
  },
  {
    title: 'a path back to pachd that no one answers',
    make: async (world) => ({
      document: changed(world, 'access.urls.consoleRedirect', `https://${HOST}/elsewhere`),
    }),
    named: 'Dex: Console warning HOP024',
  },
  {
    title: 'a secret of pachd that Dex does not have',
    make: async () => ({ given: { environment: { PACHD_CLIENT_SECRET: 'an older secret' } } }),
    named: 'Dex: client secret failed HOP018',
  },
  {
    title: 'a connector that Dex does not have',
    make: async (world) => ({ document: changed(world, 'identity.connectors.0.id', 'auth0-2') }),
    named: 'connector auth0-2: in Dex failed HOP012',
  },
  {
    title: 'a connector that Dex has with another client',
    make: async (world) => ({ document: changed(world, `${OIDC}.clientID`, 'another-client') }),
    named: 'connector auth0: in Dex warning HOP028',
  },
  {
    title: 'a provider that is not there',
    make: async (world) =>
      instead(world, AUTH0_HOST, await freePort(), () =>
        world.stage.network.lead(AUTH0_HOST, world.provider.port),
      ),
    named: 'connector auth0: TCP failed HOP002',
  },
  {
    title: 'an issuer with a path that the provider does not have',
    make: async (world) => ({
      document: changed(world, `${OIDC}.issuer`, `https://${AUTH0_HOST}/realms/acme`),
    }),
    named: 'connector auth0: discovery failed HOP008',
  },
  {
    title: "a provider's certificate that has expired",
    make: (world) => providerWith(world, 'expired-provider', [AUTH0_HOST], -1),
    named: 'connector auth0: TLS failed HOP005',
  },
  {
    title: "a provider's certificate for another name",
    make: (world) => providerWith(world, 'other-provider', ['tenant.auth0.com']),
    named: 'connector auth0: TLS failed HOP004',
  },
  {
    title: 'a directory whose port is closed',
    make: async (world) => ({ document: changed(world, `${LDAP}.host`, `localhost:${await freePort()}`) }),
    named: 'connector corp: TCP failed HOP002',
  },
  {
    title: 'a directory by another name than its certificate has',
    make: async (world) => ({
      document: changed(world, `${LDAP}.host`, `127.0.0.1:${world.stage.directory.port}`),
    }),
    named: 'connector corp: TLS failed HOP004',
  },
  {
    title: 'a directory whose authority the connector does not have',
    make: async (world) => ({
      document: changed(world, `${LDAP}.rootCAData`, undefined),
      given: { environment: { SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' } },
    }),
    named: 'connector corp: TLS failed HOP003',
  },
  {
    title: 'a directory that is asked to switch to TLS, and has it from the start',
    make: async (world) => ({ document: changed(world, `${LDAP}.startTLS`, true) }),
    named: 'connector corp: TLS failed HOP006',
  },
  {
    title: 'a password that the directory does not take',
    make: async () => ({ given: { environment: { LDAP_PASSWORD: 'an older password' } } }),
    named: 'connector corp: bind failed HOP021',
  },
  {
    title: 'a base of users that does not exist',
    make: async (world) => ({ document: changed(world, `${LDAP}.userSearch.baseDN`, `ou=staff,${SUFFIX}`) }),
    named: 'connector corp: users failed HOP022',
  },
  {
    title: 'a filter that fits no user',
    make: async (world) => ({
      document: changed(world, `${LDAP}.userSearch.filter`, '(objectClass=account)'),
    }),
    named: 'connector corp: users warning HOP023',
  },
  {
    title: 'an attribute that no user has',
    make: async (world) => ({
      document: changed(world, `${LDAP}.userSearch.emailAttr`, 'userPrincipalName'),
    }),
    named: 'connector corp: users warning HOP023',
  },
  {
    title: 'a base of groups that does not exist',
    make: async (world) => ({ document: changed(world, `${LDAP}.groupSearch.baseDN`, `ou=teams,${SUFFIX}`) }),
    named: 'connector corp: groups failed HOP022',
  },
  {
    title: 'a binding in another case than the directory has',
    make: async (world) => ({
      document: changed(world, 'auth.roleBindings', {
        'user:Grace@acme.com': ['clusterAdmin'],
        'group:data-science': ['projectCreator'],
      }),
    }),
    named: 'connector corp: bindings warning HOP035',
  },
  {
    title: 'a directory that answers here, and no more where Dex asks it',
    make: async (world) => {
      const { authority } = world.stage;
      const certificate = await authority.issue('second-ldap', ['localhost']);
      const second = await startSlapd({ suffix: SUFFIX, ldif: DIRECTORY_ENTRIES, certificate });
      const document = changed(world, `${LDAP}.host`, second.host);
      const synthesized = await world.stage.synthesize(document);
      const dex = await world.stage.deploy(synthesized);
      await dex.ready();
      await second.stop();
      return {
        undo: async () => {
          world.stage.leadTo(world.dex);
          await dex.stop();
        },
      };
    },
    named: 'connector corp: form failed HOP030',
  },
];

/** The way in shows another certificate. */
async function wayInWith(world: World, name: string, hosts: readonly string[], days?: number): Promise<Made> {
  const wayIn = await startWayIn(await freePort(), await world.stage.authority.issue(name, hosts, days));
  wayIn.leadToDex(world.dex.port);
  return instead(world, HOST, wayIn.port, async () => {
    world.stage.network.lead(HOST, world.stage.wayIn.port);
    await wayIn.stop();
  });
}

/** The provider shows another certificate. */
async function providerWith(
  world: World,
  name: string,
  hosts: readonly string[],
  days?: number,
): Promise<Made> {
  const other = await world.stage.startProvider(
    tenantByHand(`https://${HOST}/dex/callback`),
    await world.stage.authority.issue(name, hosts, days),
  );
  return {
    undo: async () => {
      world.stage.network.lead(AUTH0_HOST, world.provider.port);
      await other.stop();
    },
  };
}

describeWithTools('the doctor beside a network with a fault', ['dex-pachyderm', ...tools], () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(KINDS['dex-pachyderm']);
  });
  afterAll(() => stopWorld(world));

  test.each(FAULTS)('names $title', async ({ make, named }) => {
    const { document = world.document, given = {}, undo } = await make(world);
    const { faults, output, hops } = await examined(world.stage, document, given).finally(() => undo?.());
    expect(faults.includes(named) ? [] : hops).toEqual([]);
    for (const secret of [...Object.values(VARIABLES), world.stage.directory.bindPW])
      expect(output).not.toContain(secret);
  });

  test('finds no fault once all is as it was', async () =>
    expect((await examined(world.stage, world.document)).faults).toEqual([]));
});
