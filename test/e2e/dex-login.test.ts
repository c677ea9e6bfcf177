import { hasErrors } from '../../src/diagnostics/diagnostic';
import { summarize } from '../../src/cli/summary';
import { describeWithTools, freePort, postgresTools, slapdTools, type DexTool } from './harness';
import { textOf } from './login/browser';
import type { DeployedDex } from './login/deployed-dex';
import {
  change,
  CLIENT_ID,
  documentWithAuth0,
  documentWithConnector,
  HOST,
  VARIABLES,
  type DexKind,
} from './login/documents';
import type { IdentityProvider, ProviderSettings } from './login/identity-provider';
import { KINDS, tenantByHand, TWELVE_HOURS_SECONDS } from './login/tenant';
import { MISTAKES, type Mistake } from './login/mistakes';
import {
  beginLogin,
  expectText,
  fillInDexForm,
  fillInProviderForm,
  finishLogin,
  pachdClient,
  Stage,
  type Synthesized,
} from './login/stage';
import { ARRIVED, NOBODY, startWayIn } from './login/way-in';

const tools = ['openssl', 'chromium', ...postgresTools, ...slapdTools];

/** The tenant that the synthesized file for Terraform sets up. */
function tenantByTerraform({ objects }: Synthesized): ProviderSettings {
  const { resource } = objects.terraform();
  const { application } = resource.auth0_client;
  return {
    ...tenantByHand(''),
    client: {
      id: CLIENT_ID,
      secret: VARIABLES.AUTH0_CLIENT_SECRET,
      redirectURIs: application.callbacks,
      authenticationMethod: resource.auth0_client_credentials.application_credentials.authentication_method,
    },
    actions: Object.values(resource.auth0_action).map(({ code }) =>
      code.replaceAll('${auth0_client.application.id}', CLIENT_ID),
    ),
    idTokenLifetimeSeconds: application.jwt_configuration[0].lifetime_in_seconds,
  };
}

describe.each(Object.entries(KINDS) as [DexTool, DexKind][])('with %s', (tool, kind) => {
  describeWithTools(`a login through ${kind.title}`, [tool, ...tools], () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.build();
    });
    afterAll(async () => {
      await stage.stop();
    });

    describe('of a document without a mistake', () => {
      let synthesized: Synthesized;
      let provider: IdentityProvider;
      let dex: DeployedDex;
      let database: string;

      beforeAll(async () => {
        const surroundings = await stage.surroundings();
        ({ database } = surroundings.postgres);
        synthesized = await stage.synthesize(documentWithAuth0(kind, surroundings));
        provider = await stage.startProvider(tenantByTerraform(synthesized));
        dex = await stage.deploy(synthesized);
        await dex.ready();
      });
      afterAll(async () => {
        await dex.stop();
        await provider.stop();
      });

      test('finds nothing wrong', () => {
        expect(findingsOf(synthesized)).toEqual([]);
      });

      test('by Auth0 yields the user, with the groups of the namespaced claim', async () => {
        const claims = await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Auth0');
          await fillInProviderForm(page, 'ada@acme.com', 'engine');
          await expectText(page, ARRIVED);
          expect(await stage.postgres.query('select connector_id from auth_code', database)).toBe('auth0');
          return finishLogin(page, dex, login);
        });
        expect(claims).toMatchObject({
          iss: `https://${HOST}/dex`,
          aud: 'pachd',
          email: 'ada@acme.com',
          email_verified: true,
          name: 'Ada Lovelace',
          groups: ['data-science', 'admins'],
        });
        expect(claims.exp - claims.iat).toBe(TWELVE_HOURS_SECONDS);
      });

      test('by Auth0 is refused to those whom the document does not allow', async () => {
        await stage.browser.visit(async (page) => {
          await beginLogin(page, synthesized, pachdClient(synthesized), 'Auth0');
          await fillInProviderForm(page, 'mallory@elsewhere.com', 'mischief');
          await expectText(page, 'access_denied: You may not log in to this application.');
        });
      });

      test('by the directory yields the user, with the groups that the user is a member of', async () => {
        const claims = await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Corporate LDAP');
          await fillInDexForm(page, 'grace@acme.com', 'compiler');
          return finishLogin(page, dex, login);
        });
        expect(claims).toMatchObject({
          iss: `https://${HOST}/dex`,
          aud: 'pachd',
          email: 'grace@acme.com',
          email_verified: true,
          name: 'Grace Hopper',
        });
        expect([...(claims.groups ?? [])].sort()).toEqual(['data-science', 'navy']);
      });

      test('by the directory wants the right password', async () => {
        await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Corporate LDAP');
          await fillInDexForm(page, 'grace@acme.com', 'enigma');
          await expectText(page, 'Invalid Username and password.');
          // The same page takes the right one.
          await fillInDexForm(page, 'grace@acme.com', 'compiler');
          expect((await finishLogin(page, dex, login)).email).toBe('grace@acme.com');
        });
      });

      if (kind.standalone !== undefined)
        test('by the users of Dex itself yields the user', async () => {
          const claims = await stage.browser.visit(async (page) => {
            const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Email');
            await fillInDexForm(page, 'kilgore@acme.com', 'password');
            return finishLogin(page, dex, login);
          });
          expect(claims).toMatchObject({
            aud: 'pachd',
            email: 'kilgore@acme.com',
            email_verified: true,
            name: 'Kilgore Trout',
          });
        });

      test('goes on where another pod answers', async () => {
        await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Corporate LDAP');
          const other = await stage.deploy(synthesized);
          await other.ready();
          await fillInDexForm(page, 'grace@acme.com', 'compiler');
          expect((await finishLogin(page, other, login)).email).toBe('grace@acme.com');
          expect((await other.ask('/keys')).body).toBe((await dex.ask('/keys')).body);
          await other.stop();
          stage.leadTo(dex);
        });
      });

      test('at Console yields a token that pachd takes', async () => {
        const { console: webApplication, urls } = synthesized.cluster;
        const client = {
          id: webApplication.clientID,
          secret: 'the secret of Console',
          redirectURI: urls.consoleRedirect,
          scopes: ['openid', 'email', 'profile', 'groups', 'audience:server:client_id:pachd'],
        };
        const claims = await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, client, 'Corporate LDAP');
          await fillInDexForm(page, 'alan@acme.com', 'enigma');
          return finishLogin(page, dex, login);
        });
        expect(claims).toMatchObject({ email: 'alan@acme.com', groups: ['data-science'] });
        expect([claims.aud].flat()).toContain('pachd');
      });
    });

    describe('of a document with one mistake', () => {
      test('would succeed without it', async () => {
        const synthesized = await stage.synthesize(documentWithConnector(kind, await stage.surroundings()));
        const provider = await stage.startProvider(tenantByHand(callbackOf(synthesized)));
        const dex = await stage.deploy(synthesized);
        await dex.ready();
        const claims = await stage.browser.visit(async (page) => {
          const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Auth0');
          await fillInProviderForm(page, 'ada@acme.com', 'engine');
          return finishLogin(page, dex, login);
        });
        expect(claims).toMatchObject({ email: 'ada@acme.com', groups: ['data-science', 'admins'] });
        await dex.stop();
        await provider.stop();
      });

      test.each(MISTAKES)('$title', async (mistake) => {
        const surroundings = await stage.surroundings();
        const document = documentWithConnector(kind, surroundings);
        const sound = await stage.synthesize(document);
        expect(findingsOf(sound)).toEqual([]);
        mistake.slip?.(document);
        const synthesized = await stage.synthesize(document);

        expectFinding(mistake, synthesized);
        const byHand = tenantByHand(callbackOf(synthesized));
        const provider = await stage.startProvider(mistake.provider?.(byHand) ?? byHand);
        const dex = await stage.deploy(synthesized, !mistake.isUnknownAuthority);
        const said = await expectOutcome(stage, mistake, synthesized, dex);
        if (!mistake.quotesOthers) expectQuotations(synthesized, said);
        await dex.stop();
        await provider.stop();
      });
    });
  });
});

/** What pachkit tells people to register. */
function callbackOf({ cluster, document }: Synthesized): string {
  const plan = { cluster, document, outputs: [], objects: [], files: [] };
  return summarize(plan, 'dist', { workingDirectory: document.directory, program: 'pachkit' }).callbackURL;
}

/** The findings of a document, each in one line: code, place and message. */
function findingsOf({ diagnostics }: Synthesized): string[] {
  return diagnostics.map(({ code, path, message }) => `${code} ${path} ${message}`);
}

/** The slip is named where it is; what only the network can tell is not taken for a slip. */
function expectFinding({ finding }: Mistake, synthesized: Synthesized): void {
  const found = findingsOf(synthesized);
  expect(found).toEqual(finding === 'network' ? [] : [expect.stringContaining(`${finding} `)]);
}

/** Quotations in a finding are what Dex says when it happens. */
function expectQuotations({ diagnostics }: Synthesized, said: string): void {
  for (const { message } of diagnostics)
    for (const [, quotation = ''] of message.matchAll(/`([^`]+)`/g))
      for (const part of quotation.split('…')) expect(said).toContain(part);
}

/** What happens is what should; returns all that Dex and the last page said. */
async function expectOutcome(
  stage: Stage,
  { outcome, through = 'auth0' }: Mistake,
  synthesized: Synthesized,
  dex: DeployedDex,
): Promise<string> {
  if ('stops' in outcome) {
    expect(await dex.exited).not.toBe(0);
    expect(logText(dex)).toContain(outcome.stops);
    return logText(dex);
  }
  await dex.ready();
  return stage.browser.visit(async (page) => {
    if ('nobody' in outcome) {
      await page.goto(`${synthesized.cluster.urls.browserIssuer}/auth`);
      await expectText(page, NOBODY);
      return textOf(page);
    }
    const isProvider = through === 'auth0';
    const connector = isProvider ? 'Auth0' : 'Corporate LDAP';
    const login = await beginLogin(page, synthesized, pachdClient(synthesized), connector);
    if (!('page' in outcome && outcome.isBeforeForm)) {
      if (isProvider) await fillInProviderForm(page, 'ada@acme.com', 'engine');
      else await fillInDexForm(page, 'grace@acme.com', 'compiler');
    }
    if ('page' in outcome) {
      for (const text of outcome.page) await expectText(page, text);
      if (outcome.log !== undefined) expect(logText(dex)).toContain(outcome.log);
      if (outcome.asksForCallback)
        expect(new URL(page.url()).searchParams.get('redirect_uri')).toBe(callbackOf(synthesized));
    } else {
      const claims = await finishLogin(page, dex, login);
      for (const [name, value] of Object.entries(outcome.token))
        expect([name, claims[name as keyof typeof claims]]).toEqual([name, value]);
    }
    return `${await textOf(page)}\n${logText(dex)}`;
  });
}

/** Dex's log, its quotation marks as Dex meant them. */
function logText(dex: DeployedDex): string {
  return dex.logs().replaceAll('\\\\\\"', '"').replaceAll('\\"', '"');
}

describeWithTools('a login where only pods reach the issuer by its name', ['dex-pachyderm', ...tools], () => {
  const kind = KINDS['dex-pachyderm'];
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.build();
  });
  afterAll(async () => {
    await stage.stop();
  });

  test.each([
    { title: 'succeeds with the switch that is derived', isSwitchedOff: false },
    { title: 'fails with that switch off', isSwitchedOff: true },
  ])('$title', async ({ isSwitchedOff }) => {
    const port = await freePort();
    const document = documentWithConnector(kind, await stage.surroundings());
    change(document, 'access', { via: 'proxy', port });
    if (isSwitchedOff)
      change(document, 'identity.connectors.0.config.insecureSkipIssuerCallbackDomainCheck', false);
    const synthesized = await stage.synthesize(document);
    expect(hasErrors(synthesized.diagnostics)).toBe(isSwitchedOff);
    const { urls } = synthesized.cluster;
    expect([urls.issuer, urls.callback]).toEqual([
      'http://pachd:30658/dex',
      `http://localhost:${port}/dex/callback`,
    ]);

    const provider = await stage.startProvider(tenantByHand(urls.callback));
    const dex = await stage.deploy(synthesized);
    const wayIn = await startWayIn(port);
    wayIn.leadToDex(dex.port);
    await dex.ready();
    await stage.browser.visit(async (page) => {
      const login = await beginLogin(page, synthesized, pachdClient(synthesized), 'Auth0');
      if (isSwitchedOff) {
        await expectText(page, 'Login error.');
        expect(logText(dex)).toContain(
          `expected callback URL "http://pachd:30658/dex/callback" did not match the URL in the config "${urls.callback}"`,
        );
        return;
      }
      await fillInProviderForm(page, 'ada@acme.com', 'engine');
      const claims = await finishLogin(page, dex, login);
      expect(claims).toMatchObject({ iss: urls.issuer, aud: 'pachd', email: 'ada@acme.com' });
    });
    if (isSwitchedOff)
      expect(findingsOf(synthesized)).toContainEqual(
        expect.stringContaining(
          'DEX001 /identity/connectors/0/config/insecureSkipIssuerCallbackDomainCheck ',
        ),
      );
    await dex.stop();
    await provider.stop();
    await wayIn.stop();
  });
});
