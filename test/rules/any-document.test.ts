import fc from 'fast-check';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { connectorKeys } from '../../src/connectors/availability';
import { diagnosticsOf } from '../support/check-document';

/** Any configuration at all, with names of keys that the type has and values that it does not expect. */
const connector = fc.constantFrom(...connectorTypeNames, 'unheard-of').chain((type) => {
  const keys =
    type === 'unheard-of' ? ['issuer'] : connectorKeys(type).map(({ path }) => path.split(/[.[]/)[0] ?? '');
  return fc.record({
    type: fc.constant(type),
    id: fc.constantFrom('a', 'b', 'local', 'auth0'),
    config: fc.dictionary(
      fc.oneof(fc.constantFrom('redirectURI', 'issuer', ...keys), fc.string({ maxLength: 5 })),
      fc.oneof(
        fc.constantFrom<unknown>(
          'https://acme.auth0.com',
          'http://x',
          '$X',
          '{',
          true,
          false,
          null,
          0,
          '',
          [],
          {},
        ),
        fc.constantFrom<unknown>({ existing: { name: 'a', key: 'b' } }, [null, 'a'], [{ teams: ['a'] }], {
          groups: 'g',
        }),
        fc.jsonValue({ maxDepth: 2 }),
      ),
      { maxKeys: 8 },
    ),
  });
});

const url = fc.stringMatching(/^https?:\/\/[A-Za-z0-9.[\]:-]{1,12}(\/[a-z./]{0,8})?$/);

const document = fc.record(
  {
    apiVersion: fc.constant('pachkit/v1'),
    release: fc.constantFrom('2.2.8', '2.3.5', '2.4.6', '2.11.6', '2.12.0-rc.3'),
    profile: fc.constantFrom('dev', 'production'),
    access: fc.record(
      {
        via: fc.constantFrom('proxy', 'ingress', 'nodePort', 'portForward'),
        host: fc.constantFrom('pach.acme.com', 'PACH', '127.0.0.1', 'localhost'),
        port: fc.constantFrom(80, 443, 30080),
        tls: fc.constantFrom({}, { offloaded: true }, { secretName: 'tls' }),
        localhostIssuer: fc.boolean(),
        urls: fc.record(
          {
            issuer: url,
            callback: url,
            pachdRedirect: url,
            consoleRedirect: url,
            userAccessibleIssuer: url,
            consoleIssuer: url,
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
    auth: fc.record(
      {
        enabled: fc.boolean(),
        scopes: fc.uniqueArray(fc.constantFrom('openid', 'email', 'groups'), { minLength: 1 }),
        roleBindings: fc.dictionary(
          fc.oneof(
            fc.string({ minLength: 1, maxLength: 9 }),
            fc.constantFrom('group:a', 'user:', 'toString'),
          ),
          fc.uniqueArray(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('toString', 'clusterAdmin')), {
            minLength: 1,
            maxLength: 3,
          }),
          { maxKeys: 4 },
        ),
      },
      { requiredKeys: [] },
    ),
    identity: fc.record(
      {
        dex: fc.constantFrom('embedded', 'standalone'),
        connectors: fc.array(connector, { maxLength: 4 }),
        trustedPeers: fc.uniqueArray(fc.stringMatching(/^[!-~]{1,9}$/), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    enterprise: fc.constantFrom(
      { licenseKey: 'text' },
      {
        member: { serverAddress: 'grpc://e:1', callbackAddress: 'grpc://p:1', serverToken: { env: 'T' } },
      },
    ),
  },
  { requiredKeys: ['apiVersion', 'release'] },
);

test('the rules have an answer to every document of the right form', () => {
  fc.assert(
    fc.property(document, (value) => {
      const text = JSON.stringify(value, null, 1);
      const lines = text.split('\n');
      for (const { code, message, location } of diagnosticsOf(text)) {
        expect(code).toMatch(/^[A-Z]{3}\d{3}$/);
        expect(message).not.toMatch(/undefined|\[object|NaN/);
        const line = lines[(location.range?.line ?? 0) - 1];
        expect(line).toBeDefined();
        expect(location.range?.column ?? 0).toBeLessThanOrEqual((line?.length ?? 0) + 1);
      }
    }),
    { numRuns: 400 },
  );
});
