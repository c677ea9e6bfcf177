import { hasErrors } from '../../src/diagnostics/diagnostic';
import { DEV_DIRECTORY } from '../../src/model/dev-users';
import { describeWithTools, postgresTools, slapdTools, type DexTool } from './harness';
import { deployDex, type DeployedDex } from './login/deployed-dex';
import { startDevDirectory, type DevDirectory } from './login/dev-directory';
import { documentWithDevUsers, type ClusterText, type DexKind } from './login/documents';
import type { IdTokenClaims } from './login/id-token';
import {
  beginLogin,
  expectText,
  fillInDexForm,
  finishLogin,
  pachdClient,
  Stage,
  type Synthesized,
} from './login/stage';
import { KINDS } from './login/tenant';

const tools = ['openssl', 'chromium', ...postgresTools, ...slapdTools];

const ADA = {
  email: 'ada@acme.com',
  name: 'Ada Lovelace, Countess',
  groups: ['data-science', 'ops, and = more'],
  roles: ['clusterAdmin'],
};
const GRACE = { email: 'grace@acme.com', password: '{a} password: with "signs" and $VARIABLES' };

const passwordOf = (synthesized: Synthesized, email: string): string =>
  synthesized.cluster.dev?.people.find((person) => person.email === email)?.password.value.reveal() ?? '';

describe.each(Object.entries(KINDS) as [DexTool, DexKind][])('with %s', (tool, kind) => {
  describeWithTools(`people of dev.users at ${kind.title}`, [tool, ...tools], () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.build();
    });
    afterAll(async () => {
      await stage.stop();
    });

    const synthesize = async (users: readonly ClusterText[]): Promise<Synthesized> => {
      const synthesized = await stage.synthesize(
        documentWithDevUsers(kind, await stage.surroundings(), users),
      );
      expect(hasErrors(synthesized.diagnostics)).toBe(false);
      return synthesized;
    };
    const deploy = async (synthesized: Synthesized): Promise<DeployedDex> => {
      const dex = await deployDex(synthesized.cluster, synthesized.objects, {});
      stage.leadTo(dex);
      await dex.ready();
      return dex;
    };
    const login = async (
      synthesized: Synthesized,
      dex: DeployedDex,
      email: string,
      password: string,
    ): Promise<IdTokenClaims | undefined> => {
      let claims: IdTokenClaims | undefined;
      await stage.browser.visit(async (page) => {
        const begun = await beginLogin(page, synthesized, pachdClient(synthesized), '');
        await fillInDexForm(page, email, password);
        if (password === 'wrong') return expectText(page, 'and password');
        claims = await finishLogin(page, dex, begun);
      });
      return claims;
    };

    describe('in the directory', () => {
      let synthesized: Synthesized;
      let directory: DevDirectory;
      let dex: DeployedDex;
      beforeAll(async () => {
        synthesized = await synthesize([ADA, GRACE]);
        directory = await startDevDirectory(synthesized.objects);
        // Names of Services mean nothing on this machine.
        const places = [
          ['dex', 'config.yaml'],
          ['pachyderm-identity', 'upstream-idps'],
        ] as const;
        const [name, key] = places[kind.standalone ? 0 : 1];
        const text = synthesized.objects
          .secret(name, key)
          .replace(`${DEV_DIRECTORY.name}:${DEV_DIRECTORY.port}`, directory.host);
        expect(text).toContain(directory.host);
        synthesized = {
          ...synthesized,
          objects: synthesized.objects.with({ [`${name}/${key}`]: text }),
        };
        dex = await deploy(synthesized);
      });
      afterAll(async () => {
        await dex.stop();
        await directory.stop();
      });

      test('a person logs in with a generated password, and the token has name and groups', async () => {
        const claims = await login(synthesized, dex, ADA.email, passwordOf(synthesized, ADA.email));
        expect(claims).toMatchObject({ aud: 'pachd', email: ADA.email, name: ADA.name });
        expect([...(claims?.groups ?? [])].sort()).toEqual([...ADA.groups].sort());
      });

      test('a person logs in with the password of the document, and is in no group', async () => {
        const claims = await login(synthesized, dex, GRACE.email, GRACE.password);
        expect(claims).toMatchObject({ email: GRACE.email, name: GRACE.email });
        expect(claims?.groups ?? []).toEqual([]);
      });

      test('a wrong password is refused', async () => {
        expect(await login(synthesized, dex, ADA.email, 'wrong')).toBeUndefined();
      });

      test('everyone sees who is there, and no one a password', async () => {
        const seen = await directory.search('mail', 'userPassword');
        expect(seen).toContain(`mail: ${ADA.email}`);
        expect(seen).not.toContain('userPassword');
      });
    });

    if (kind.standalone !== undefined)
      test('without groups, Dex knows them itself: it has their hashes, and runs no directory', async () => {
        const ada = { email: ADA.email, name: ADA.name };
        const synthesized = await synthesize([ada]);
        const again = await synthesize([ada]);
        const hash = (each: Synthesized): string =>
          each.objects.environmentOf('dex')['DEX_STATIC_PASSWORD_1_HASH'] ?? '';
        expect(hash(synthesized)).toMatch(/^\$2b\$10\$/);
        expect(hash(again)).toBe(hash(synthesized));
        expect(() => synthesized.objects.commandOf(DEV_DIRECTORY.name)).toThrow('there is no Deployment');
        const dex = await deploy(synthesized);
        const claims = await login(synthesized, dex, ADA.email, passwordOf(synthesized, ADA.email));
        expect(claims).toMatchObject({ aud: 'pachd', email: ADA.email, name: ADA.name });
        expect(await login(synthesized, dex, ADA.email, 'wrong')).toBeUndefined();
        await dex.stop();
      });
  });
});
