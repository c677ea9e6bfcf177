import { checkDocument } from '../../src/pipeline/check-document';
import { answerFor, type Answer } from '../../src/who/answer';
import { readClaims } from '../../src/who/read-claims';
import { documentOf } from '../support/input-of';

const NOW = new Date('2026-01-01T00:00:00Z');

function answer(text: string): Answer | { readonly problem: string } {
  const given = readClaims(text);
  if ('problem' in given) return given;
  const { cluster } = checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
name: test
release: 2.12.4
profile: dev
identity:
  connectors:
    - { provider: okta, domain: acme.okta.com, clientID: abc, clientSecret: { env: A } }
`,
    }),
  );
  if (!cluster) throw new Error('the document has errors');
  return answerFor(cluster, given, undefined, NOW);
}

function token(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({
    iss: 'https://acme.okta.com',
    aud: 'abc',
    exp: NOW.getTime() / 1000 + 60,
    name: 'Ada',
    email: 'ada@acme.com',
    ...claims,
  })}.c2lnbmF0dXJl`;
}

test('a token that is valid is answered without notes, with the word before it or in quotes, too', () => {
  for (const text of [token({}), `Bearer ${token({})}`, `"${token({})}"`])
    expect(answer(text)).toMatchObject({ subject: 'user:ada@acme.com', notes: [] });
});

test('of a token that has expired the time is named', () => {
  const expired = answer(token({ exp: NOW.getTime() / 1000 - 60 }));
  expect(expired).toMatchObject({
    subject: 'user:ada@acme.com',
    notes: [expect.stringContaining('has expired at 2025-12-31T23:59:00.000Z')],
  });
});

test('a token of another issuer is refused as Dex refuses it', () => {
  expect(answer(token({ iss: 'https://beta.okta.com' }))).toMatchObject({
    refused:
      'oidc: id token issued by a different provider, expected "https://acme.okta.com" got "https://beta.okta.com"',
  });
});

test('a token of another application is answered with a note', () => {
  expect(answer(token({ aud: 'other' }))).toMatchObject({
    subject: 'user:ada@acme.com',
    notes: [expect.stringContaining('are for other, not for abc')],
  });
});

test.each([
  ['', 'the file is empty'],
  ['hello', 'neither a JSON object'],
  ['[{"email":"ada@acme.com"}]', 'one JSON object'],
  ['eyJhbGciOiJSU0EtT0FFUCJ9.PLANTED.bbb.ccc.ddd', 'encrypted token (JWE)'],
  ['{"id_token":"eyJhbGciOiJSU0EtT0FFUCJ9.PLANTED.bbb.ccc.ddd"}', 'encrypted token (JWE)'],
  ['ya29_PLANTED_PLANTED_PLANTED', 'opaque token'],
  ['{"access_token":"PLANTED"}', 'without an id_token'],
  ['<saml:Assertion/>', 'it is XML'],
  ['eyJhbGciOiJSUzI1NiJ9.PLANTED.sig', 'not JSON in base64'],
  ['dn: uid=ada,dc=acme,dc=com\nmail: ada@acme.com\n', 'no connector of type ldap'],
])('%j is refused with what to give, and not quoted', (text, problem) => {
  const answered = answer(text);
  expect(answered).toMatchObject({ problem: expect.stringContaining(problem) as string });
  expect(JSON.stringify(answered)).not.toContain('PLANTED');
});
