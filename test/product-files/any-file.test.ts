import fc from 'fast-check';
import { toJson } from '../../src/cli/reporters/json';
import { check } from './support/check';

const WORDS = [
  ...[
    'type',
    'id',
    'name',
    'version',
    'config',
    'jsonConfig',
    'ID',
    'Config',
    'oidc',
    'upstreamIDPs',
    'upstream-idps',
  ],
  ...[
    'stringData',
    'data',
    'issuer',
    'clientID',
    'redirectURI',
    'claimMapping',
    'userSearch',
    'orgs',
    '__proto__',
  ],
  ...[
    'storage',
    'web',
    'grpc',
    'connectors',
    'staticClients',
    'staticPasswords',
    'hash',
    'signer',
    'expiry',
    'oauth2',
  ],
  ...['http', 'idTokens', 'redirectURIs', 'trustedPeers', 'refreshTokens', 'constructor', '<<', ''],
];
const SCALARS = [
  'github',
  'oidc',
  'ldap',
  'postgres',
  'kubernetes',
  'local',
  'https://acme.auth0.com',
  '$A',
  '<ip>',
  '1d',
  '',
  '{"a":',
  '[]',
];

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...SCALARS, null, true, 0, -1, 1.5),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...WORDS), tie('value')), { maxLength: 6 }).map(Object.fromEntries),
  ),
})).value;

const TARGETS = [
  ['connector', 'pachyderm@2.2'],
  ['connector', 'pachyderm@2.12'],
  ['connector', 'dex@2.45'],
  ['upstream-idps', 'pachyderm@2.2'],
  ['upstream-idps', 'pachyderm@2.11'],
  ['dex-config', 'dex@2.29'],
  ['dex-config', 'dex@2.45'],
] as const;

test.each(TARGETS)('whatever a file holds, %s for %s says something about it or nothing', (kind, target) => {
  fc.assert(
    fc.property(anything, fc.boolean(), (value, isPretty) => {
      const text = JSON.stringify(value, null, isPretty ? 2 : 0);
      for (const finding of check(kind, text, target).map(toJson)) {
        expect(finding.message).not.toMatch(/undefined|\[object/);
        expect(finding.hint ?? '').not.toMatch(/undefined|\[object/);
        expect(finding.line).toBeGreaterThan(0);
      }
    }),
    { numRuns: 500, seed: 1729 },
  );
});

test.each(TARGETS)('and so it is with strings that are cut off, %s for %s', (kind, target) => {
  fc.assert(
    fc.property(anything, fc.nat(400), (value, length) => {
      const text = JSON.stringify(value, null, 2).slice(0, length).replace(/[{}]/g, '');
      expect(() => check(kind, text, target)).not.toThrow();
    }),
    { numRuns: 300, seed: 1729 },
  );
});

test.each(['dex-config', 'upstream-idps', 'connector'] as const)(
  'as %s, nothing of what other Secrets hold is shown',
  (kind) => {
    const secret =
      '{ apiVersion: v1, kind: Secret, data: { url: aHVudGVyMg== }, stringData: { url: hunter2 } }';
    for (const { location, message } of check(kind, secret, 'dex@2.45'))
      expect(`${message} ${location.source?.shownLine(1)}`).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(check(kind, secret, 'dex@2.45').length).toBeGreaterThan(0);
  },
);
