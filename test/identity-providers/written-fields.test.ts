import { checkDocument } from '../../src/pipeline/check-document';
import { listedSecrets } from '../../src/secrets/listed-secrets';
import { SecretSession } from '../../src/secrets/secret-session';
import { documentOf } from '../support/input-of';

/** Every form in which a connector is not written as Dex has it, with a secret of each. */
const DOCUMENT = (secret: string): string => `apiVersion: pachkit/v1
name: test
release: 2.11.6
profile: production
enterprise: { licenseKey: { env: LICENSE } }
storage: { s3: { bucket: data, region: eu-central-1 } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity:
  connectors:
    - { type: oidc, id: plain, config: { issuer: https://id.acme.com, clientID: a, clientSecret: ${secret} } }
    - { provider: openldap, domain: acme.com, server: ldap.acme.com, bindDN: cn=dex, bindPassword: ${secret} }
    - { provider: okta, domain: acme.okta.com, clientID: a, clientSecret: { env: A }, config: { clientSecret: ${secret} } }
keycloak: { url: https://keycloak.acme.com, realm: acme, clientSecret: ${secret} }
`;

const FIELDS = [
  'identity.connectors[0].config.clientSecret',
  'identity.connectors[1].bindPassword',
  'identity.connectors[2].config.clientSecret',
  'keycloak.clientSecret',
];

const documentWith = (secret: string): ReturnType<typeof documentOf> =>
  documentOf({ 'pachyderm.yaml': DOCUMENT(secret) });

const found = (code: string, secret: string): { message: string; hint?: string }[] =>
  checkDocument(documentWith(secret)).diagnostics.filter((diagnostic) => diagnostic.code === code);

test.each([
  ['PRO002', 'plain-text', FIELDS],
  ['AUT011', '" "', FIELDS],
  // Keycloak imports the generated secret of its section, and so knows it.
  ['PCH110', '{ generate: {} }', FIELDS.slice(0, 3)],
])('%s names secrets of connectors by the fields that have them', (code, secret, fields) => {
  expect(found(code, secret).map(({ message }) => message.split(' ', 1)[0])).toEqual(fields);
});

test('they are named so beside errors of form too', () => {
  const broken = DOCUMENT('plain-text').replace('region: eu-central-1', 'region: 1');
  const { diagnostics } = checkDocument(documentOf({ 'pachyderm.yaml': broken }));
  expect(diagnostics.map(({ code }) => code)).toContain('SCH003');
  const named = diagnostics
    .filter(({ code }) => code === 'PRO002')
    .map(({ message }) => message.split(' ', 1)[0]);
  expect(named).toEqual(FIELDS);
});

test('a secret that pachkit can make may be generated, and no other', () => {
  expect(found('PRO002', 'plain-text').map(({ hint }) => hint?.includes('{ generate: {} }'))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

test('a variable that is not set is named with the field that is read from it', () => {
  const { document, cluster } = checkDocument(documentWith('{ env: ABSENT }'));
  expect(cluster).toBeDefined();
  const session = new SecretSession(document, {
    variable: () => undefined,
    readFile: () => Buffer.from(''),
    frozen: true,
  });
  for (const { steps, value } of listedSecrets(document)) session.reader({ path: steps, value });
  const fields = session.diagnostics.flatMap(
    ({ message }) => /; (\S+) is read from it$/.exec(message)?.[1] ?? [],
  );
  expect(fields.sort()).toEqual([...FIELDS, 'enterprise.licenseKey'].sort());
});

test('secrets are listed by the fields that have them, a generated one by the field that could', () => {
  const listed = (text: string): string[] =>
    listedSecrets(checkDocument(documentOf({ 'pachyderm.yaml': text })).document).map(({ field }) => field);
  expect(listed(DOCUMENT('{ env: A }'))).toEqual(expect.arrayContaining(FIELDS));
  expect(listed(DOCUMENT('{ env: A }').replace(/, clientSecret: \{ env: A \} \}\n$/, ' }\n'))).toContain(
    'keycloak.clientSecret',
  );
});
