import type { JsonValue } from '../../src/document/source-node';
import { describeWithTools, freePort, type DexTool } from './harness';
import { examined } from './login/doctor';
import { change, VARIABLES, type DexKind } from './login/documents';
import { expectText, fillInProviderForm } from './login/stage';
import { KINDS } from './login/tenant';
import { changed, startWorld, stopWorld, tools, type World } from './doctor/world';

describe.each(Object.entries(KINDS) as [DexTool, DexKind][])('with %s', (tool, kind) => {
  describeWithTools(`a login that the doctor makes through ${kind.title}`, [tool, ...tools], () => {
    let world: World;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      const clients: JsonValue[] = [
        {
          id: 'cli',
          name: 'CLI',
          secret: { env: 'CLI_SECRET' },
          redirectURIs: [`http://localhost:${port}/back`],
        },
      ];
      if (kind.standalone !== undefined)
        clients.push({ id: 'device', name: 'Device', public: true, redirectURIs: ['/device/callback'] });
      world = await startWorld(kind, (document) => change(document, 'identity.clients', clients));
    });
    afterAll(() => stopWorld(world));

    const environment = { CLI_SECRET: VARIABLES.CLI_SECRET };

    const loginHopsOf = ({ hops }: { hops: readonly string[] }): string[] =>
      hops.filter((line) => line.startsWith('login ')).map((line) => line.replace(/^login \w+: /, ''));

    test('with a password shows the claims, the subject, the groups and the roles', async () => {
      const seen = await examined(world.stage, world.document, {
        args: ['--login', 'corp'],
        environment,
        input: 'grace@acme.com\ncompiler\n',
      });
      expect([seen.exitCode, seen.faults]).toEqual([0, []]);
      expect(loginHopsOf(seen)).toEqual([
        'login ok: Dex gives a code to the client pachd',
        'token ok: signed by Dex, for pachd',
        expect.stringMatching(
          /^claims ok: .*email grace@acme.com, email_verified true, .*name Grace Hopper/,
        ) as unknown,
        'subject ok: user:grace@acme.com',
        expect.stringMatching(
          /^groups ok: group:(data-science, group:navy|navy, group:data-science)$/,
        ) as unknown,
        'roles ok: projectCreator (group:data-science)',
      ]);
      expect(seen.output).not.toMatch(/compiler|eyJ/);
    });

    test('with a wrong password quotes Dex', async () => {
      const seen = await examined(world.stage, world.document, {
        args: ['--login', 'corp'],
        environment,
        input: 'grace@acme.com\nenigma\n',
      });
      expect([seen.exitCode, seen.faults]).toEqual([3, ['login corp: login failed HOP033']]);
      expect(loginHopsOf(seen)[0]).toContain('`Invalid Username and password.`');
    });

    test('names a binding that nearly fits', async () => {
      const document = changed(world, 'auth.roleBindings', {
        'user:ada@acme.com': ['clusterAdmin'],
        'group:Data-Science': ['projectCreator'],
      });
      const seen = await examined(world.stage, document, {
        args: ['--login', 'corp'],
        environment,
        input: 'alan@acme.com\nenigma\n',
      });
      expect(seen.faults).toContain('login corp: roles warning HOP032');
      expect(seen.output).toContain('group:Data-Science');
    });

    /** Logs in on the page that the program names, once it does. */
    const inBrowser = (
      act: (url: string) => Promise<unknown>,
    ): { onShown: (text: string) => void; done: () => Promise<unknown> } => {
      let visit: Promise<unknown> | undefined;
      return {
        onShown: (text) => {
          const [url] = /https:\S+/.exec(text) ?? [];
          if (url !== undefined && text.includes(`${url}\n`)) visit ??= act(url);
        },
        done: async () => visit,
      };
    };

    test('through a browser comes back to this machine', async () => {
      const browser = inBrowser((url) =>
        world.stage.browser.visit(async (page) => {
          await page.goto(url);
          await fillInProviderForm(page, 'ada@acme.com', 'engine');
          await expectText(page, 'Back at pachkit.');
        }),
      );
      const seen = await examined(world.stage, world.document, {
        args: ['--login', 'auth0'],
        environment,
        onShown: browser.onShown,
      });
      await browser.done();
      expect([seen.exitCode, seen.faults]).toEqual([0, []]);
      expect(loginHopsOf(seen).slice(-3)).toEqual([
        'subject ok: user:ada@acme.com',
        'groups ok: group:data-science, group:admins',
        'roles ok: clusterAdmin (user:ada@acme.com), projectCreator (group:data-science)',
      ]);
      expect(seen.output).not.toMatch(/engine|eyJ/);
    });

    if (kind.standalone !== undefined)
      test('by the device flow goes on once someone has logged in anywhere', async () => {
        const document = changed(world, 'identity.clients', [
          { id: 'device', name: 'Device', public: true, redirectURIs: ['/device/callback'] },
        ]);
        const browser = inBrowser((url) =>
          world.stage.browser.visit(async (page) => {
            await page.goto(url);
            await page.getByRole('button', { name: 'Submit' }).click();
            await page.getByText('Log in with Auth0').click();
            await fillInProviderForm(page, 'ada@acme.com', 'engine');
            await expectText(page, 'Login Successful');
          }),
        );
        const seen = await examined(world.stage, document, {
          args: ['--login', 'auth0'],
          environment,
          onShown: browser.onShown,
        });
        await browser.done();
        expect([seen.exitCode, seen.faults]).toEqual([0, []]);
        expect(loginHopsOf(seen)).toContain('subject ok: user:ada@acme.com');
      });
  });
});
