import { registrations } from '../../src/cli/registration';
import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

function registered(text: string): string[] {
  const { cluster, diagnostics } = checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
name: prod
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
${text}`,
    }),
  );
  if (!cluster) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return registrations(cluster);
}

test('a provider is told of the redirect URI that the connector has', () => {
  expect(
    registered(`identity:
  connectors:
    - type: github
      id: github
      config: { clientID: a, clientSecret: b, redirectURI: https://login.acme.com/callback }
    - { provider: openldap, domain: acme.com, server: ldap.acme.com, bindDN: cn=dex, bindPassword: c }
`),
  ).toEqual([
    'github: https://login.acme.com/callback as redirect URI; an OAuth app; for groups each organization approves the OAuth app where it restricts access',
  ]);
});

test.each([
  ['none', 1],
  ['create', 0],
])(
  'an application of the section auth0 with provision: %s is registered by hand %d times',
  (provision, count) => {
    const client = provision === 'none' ? ', clientID: a, clientSecret: { env: SECRET }' : '';
    expect(
      registered(`auth0: { domain: acme.eu.auth0.com, application: { provision: ${provision}${client} } }\n`),
    ).toHaveLength(count);
  },
);
