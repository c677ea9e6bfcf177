import { admissions, registrations } from '../../src/cli/registration';
import type { Cluster } from '../../src/model/cluster';
import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

const registered = (text: string): string[] => registrations(clusterOf(text));

function clusterOf(text: string): Cluster {
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
  return cluster;
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

test('who can log in as whom is a line for each way, with some of many groups', () => {
  expect(
    admissions(
      clusterOf(`identity:
  connectors:
    - { provider: gitlab, groups: [a, b, c, d, e, f], clientID: a, clientSecret: b }
    - { provider: auth0, domain: acme.auth0.com, clientID: a, clientSecret: b }
`),
    ),
  ).toEqual([
    'gitlab: members of the GitLab groups a, b, c, d, e, f; user:<address>, group:a, group:b, group:c, group:d, and 2 more',
    'auth0: everyone whom Auth0 lets use the application a; user:<email>, without groups',
  ]);
  expect(admissions(clusterOf('auth: { enabled: false }\n'))).toEqual([]);
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
