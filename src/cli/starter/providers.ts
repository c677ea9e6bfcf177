import path from 'node:path';
import { dump } from 'js-yaml';
import { connectorTypes } from '../../connectors/connector-types';
import type { JsonValue } from '../../document/source-node';
import type { Provider } from '../../identity-providers/provider';
import { allProviders } from '../../identity-providers/registry';
import type { StarterChoices } from './choices';
import { PLACEHOLDER, type StarterRow } from './row';

/** What knows the people of a document to start from: a provider by its name, or a kind of connector. */
export type ProviderName = string;

/** An identity provider to start with. */
interface ProviderRow extends StarterRow {
  /** The e-mail address that is made an administrator; default: someone of the organization. */
  readonly administrator?: string;
  /** Dex compares the callback with its own issuer, which no browser reaches where the cluster is localhost. */
  readonly needsPublicName?: true;
}

/** What is no provider by name, and Auth0 with an application of the cluster's own. */
const kinds = {
  mock: {
    summary: 'a mock login, for dev clusters',
    administrator: 'kilgore@kilgore.trout',
    lines: () =>
      connector(
        [
          '# Logs in as kilgore@kilgore.trout. pachkit explain identity.connectors lists what a connector takes.',
        ],
        'mockPassword',
        'test',
        'Mock login',
        'config: { username: admin, password: password }',
      ),
  },
  auth0: {
    summary: 'an application at Auth0, which Terraform makes',
    lines: () => [
      '# Terraform creates the application: run pachkit synth --only terraform and terraform apply first.',
      'auth0:',
      '  domain: example.eu.auth0.com',
      '  application:',
      '    name: Pachyderm',
      '    clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5 # the output client_id of terraform apply',
      '  # Everyone else with an account in the tenant is refused.',
      `  allow: { emailDomains: [${PLACEHOLDER.domain}] }`,
    ],
  },
  ldap: {
    summary: 'any other LDAP directory',
    lines: () =>
      connector(
        ['# pachkit doctor binds and searches as written here.'],
        'ldap',
        'ldap',
        'LDAP',
        'config:',
        '  host: ldap.example.com:636',
        '  bindDN: cn=pachyderm,ou=services,dc=example,dc=com',
        '  bindPW: { env: LDAP_BIND_PASSWORD }',
        '  userSearch:',
        '    baseDN: ou=people,dc=example,dc=com',
        '    username: mail',
        '    idAttr: uid',
        '    emailAttr: mail',
        '    nameAttr: cn',
        '  groupSearch:',
        '    baseDN: ou=groups,dc=example,dc=com',
        '    userMatchers: [{ userAttr: DN, groupAttr: member }]',
        '    nameAttr: cn',
      ),
  },
  oidc: {
    summary: 'any other OpenID provider',
    lines: () =>
      connector(
        ['# The issuer as its discovery document has it, down to the slash at its end.'],
        'oidc',
        'oidc',
        'Single sign-on',
        'config:',
        '  issuer: https://login.example.com',
        '  clientID: pachyderm',
        '  clientSecret: { env: OIDC_CLIENT_SECRET }',
      ),
  },
  saml: {
    summary: 'any other SAML provider',
    lines: () => [
      ...connector(
        [
          "# The provider's certificate is in the Secret below:",
          '# kubectl create secret generic dex-credentials --from-file=saml-ca.pem',
        ],
        'saml',
        'saml',
        'SAML',
        'config:',
        '  ssoURL: https://login.example.com/saml/sso',
        '  ca: /dexcreds/saml-ca.pem',
        '  usernameAttr: name',
        '  emailAttr: email',
        '  groupsAttr: groups',
      ),
      '  credentialFilesSecretName: dex-credentials',
    ],
  },
} satisfies Readonly<Record<string, ProviderRow>>;

const { mock, auth0, ...others } = kinds;

/** The lines of `identity`, or of `auth0`, by identity provider. Each lets in one organization and not the world. */
export const providerRows: Readonly<Record<ProviderName, ProviderRow>> = {
  mock,
  auth0,
  ...Object.fromEntries(
    allProviders()
      .filter(({ name }) => name !== 'auth0')
      .map((provider) => [provider.name, named(provider)]),
  ),
  ...others,
};

/** A row by its name. */
export function providerRow(name: ProviderName): ProviderRow {
  const row = providerRows[name];
  if (row === undefined) throw new Error(`there is no provider ${name} to start with`);
  return row;
}

/** A connector in the words of its provider, as in its example. Where that has a file for groups, they are for later. */
function named({ name, type, description, example, required }: Provider): ProviderRow {
  const [sentence = description] = /^.*?\.(?= |$)/.exec(description) ?? [];
  const isMounted = (value: JsonValue): value is string =>
    typeof value === 'string' && value.startsWith('/dexcreds/');
  const all = Object.entries(example);
  const isForLater = all.some(([field, value]) => isMounted(value) && !required.includes(field));
  const fields = all.filter(([field]) => !isForLater || required.includes(field));
  const files = fields.flatMap(([, value]) => (isMounted(value) ? [path.posix.basename(value)] : []));
  return {
    // As in a list, where no line is a sentence.
    summary: sentence.replace(/\.$/, '').replace(/^An? /, (article) => article.toLowerCase()),
    ...(connectorTypes[type].callback === 'strict' && type !== 'oidc' ? { needsPublicName: true } : {}),
    lines: () => [
      'identity:',
      '  connectors:',
      `    # ${sentence}`,
      `    # pachkit setup pachyderm.yaml says what to set up there; pachkit explain provider ${name} has every field.`,
      `    - provider: ${name}`,
      ...dump(Object.fromEntries(fields), { flowLevel: 1, lineWidth: -1 })
        .replaceAll('acme', 'example')
        .replace(/\{(\w+: \w+)\}/g, '{ $1 }')
        .trimEnd()
        .split('\n')
        .map((line) => `      ${line}`),
      ...files.flatMap((file) => [
        `  # The file is in this Secret: kubectl create secret generic dex-credentials --from-file=${file}`,
        '  credentialFilesSecretName: dex-credentials',
      ]),
    ],
  };
}

/** `identity` with one connector; `lines` are what comes after its id and name. */
function connector(
  comments: readonly string[],
  type: string,
  id: string,
  name: string,
  ...lines: readonly string[]
): string[] {
  return [
    'identity:',
    '  connectors:',
    ...comments.map((comment) => `    ${comment}`),
    `    - type: ${type}`,
    ...[`id: ${id}`, `name: ${name}`, ...lines].map((line) => `      ${line}`),
  ];
}

/** The e-mail address that the document makes an administrator. */
export function administrator({ provider }: StarterChoices): string {
  return providerRow(provider).administrator ?? `you@${PLACEHOLDER.domain}`;
}
