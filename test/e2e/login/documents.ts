import type { JsonValue } from '../../../src/document/source-node';
import { SUFFIX } from './directory-entries';

/** A cluster document as data, to be changed in one place. */
export type ClusterText = { [key: string]: JsonValue };

/** Where the servers of the tests are. */
export interface Surroundings {
  readonly postgres: { readonly port: number; readonly user: string; readonly database: string };
  readonly ldap: { readonly host: string; readonly bindDN: string; readonly certificateAuthority: string };
}

/** Which Dex a document is for. */
export interface DexKind {
  readonly title: string;
  readonly release: string;
  /** Whether the release wants a license for authentication. */
  readonly wantsLicense: boolean;
  /** Release of the standalone Dex; missing for the one inside. */
  readonly standalone?: string;
}

/** Host that people know the cluster by. */
export const HOST = 'pachyderm.acme.com';
export const AUTH0_HOST = 'acme.eu.auth0.com';
export const CLIENT_ID = 'hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5';
export const GROUPS_CLAIM = 'https://acme.com/groups';

/** Variables that documents read secrets from. */
export const VARIABLES = {
  PACHD_CLIENT_SECRET: 'planted for pachd',
  AUTH0_CLIENT_SECRET: 'planted for the application at Auth0',
  CLI_SECRET: 'planted for a client of the cluster',
} as const;

/** A user whom the standalone Dex knows itself. */
const OWN_USER: ClusterText = {
  email: 'kilgore@acme.com',
  hash: { existing: { name: 'dex-users', key: 'kilgore' } },
  username: 'Kilgore Trout',
  userID: '08a8684b-db88-4b73-90a9-3cd1661f5466',
};

/** Everything but connectors: a public cluster with a database server of its own, outside profile dev. */
function cluster({ release, wantsLicense, standalone }: DexKind, { postgres }: Surroundings): ClusterText {
  return {
    apiVersion: 'pachkit/v1',
    name: 'login',
    release,
    access: { via: 'proxy', host: HOST, tls: { secretName: 'pachyderm-tls' } },
    auth: {
      rootToken: { existing: { name: 'pachyderm-root', key: 'root-token' } },
      clientSecret: { env: 'PACHD_CLIENT_SECRET' },
      roleBindings: {
        'user:ada@acme.com': ['clusterAdmin'],
        'group:data-science': ['projectCreator'],
      },
    },
    ...(wantsLicense
      ? {
          enterprise: {
            licenseKey: { existing: { name: 'pachyderm-license-key', key: 'key' } },
            secret: { existing: { name: 'pachyderm-license-key', key: 'secret' } },
          },
        }
      : {}),
    console: { clientSecret: { existing: { name: 'console', key: 'client-secret' } } },
    identity: { idTokenExpiry: '12h', ...(standalone ? { dex: 'standalone' } : {}) },
    ...(standalone ? { dex: { version: standalone, staticPasswords: [OWN_USER] } } : {}),
    database: {
      external: {
        host: '127.0.0.1',
        port: postgres.port,
        user: postgres.user,
        password: { existing: { name: 'postgres', key: 'password' } },
      },
      identityName: postgres.database,
      sslMode: 'disable',
    },
    storage: { s3: { bucket: 'acme-pachyderm', region: 'eu-central-1' } },
  };
}

/** The directory, asked over TLS. */
function ldapConnector({ standalone }: DexKind, { ldap }: Surroundings): ClusterText {
  return {
    type: 'ldap',
    id: 'corp',
    name: 'Corporate LDAP',
    config: {
      host: ldap.host,
      rootCAData: Buffer.from(ldap.certificateAuthority).toString('base64'),
      bindDN: ldap.bindDN,
      // The standalone Dex gets it from the Secret that it is in.
      bindPW: standalone ? { existing: { name: 'ldap', key: 'password' } } : { env: 'LDAP_PASSWORD' },
      userSearch: {
        baseDN: `ou=people,${SUFFIX}`,
        filter: '(objectClass=inetOrgPerson)',
        username: 'mail',
        idAttr: 'uid',
        emailAttr: 'mail',
        nameAttr: 'cn',
      },
      groupSearch: {
        baseDN: `ou=groups,${SUFFIX}`,
        filter: '(objectClass=groupOfNames)',
        userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
        nameAttr: 'cn',
      },
    },
  };
}

/** A cluster whose application at Auth0 Terraform makes, with a directory beside it. */
export function documentWithAuth0(kind: DexKind, surroundings: Surroundings): ClusterText {
  const document = cluster(kind, surroundings);
  return {
    ...document,
    identity: { ...(document['identity'] as ClusterText), connectors: [ldapConnector(kind, surroundings)] },
    auth0: {
      domain: AUTH0_HOST,
      application: { clientID: CLIENT_ID, clientSecret: { env: 'AUTH0_CLIENT_SECRET' } },
      groups: { claim: GROUPS_CLAIM },
      allow: { emailDomains: ['acme.com'] },
    },
  };
}

/** A cluster for trying things, in which these people are all who can log in. */
export function documentWithDevUsers(
  kind: DexKind,
  surroundings: Surroundings,
  users: readonly ClusterText[],
): ClusterText {
  return {
    ...cluster(kind, surroundings),
    profile: 'dev',
    secrets: { seed: 'dev-users' },
    ...(kind.standalone ? { dex: { version: kind.standalone } } : {}),
    dev: { users: [...users] },
  };
}

/** The same application, made by hand: its connector is written out. */
export function documentWithConnector(kind: DexKind, surroundings: Surroundings): ClusterText {
  const document = cluster(kind, surroundings);
  const auth0 = {
    type: 'oidc',
    id: 'auth0',
    name: 'Auth0',
    config: {
      issuer: `https://${AUTH0_HOST}/`,
      clientID: CLIENT_ID,
      clientSecret: { env: 'AUTH0_CLIENT_SECRET' },
      insecureEnableGroups: true,
      claimMapping: { groups: GROUPS_CLAIM },
    },
  };
  return {
    ...document,
    identity: {
      ...(document['identity'] as ClusterText),
      connectors: [auth0, ldapConnector(kind, surroundings)],
    },
  };
}

/** Sets a value of a document; `undefined` takes it away. */
export function change(document: ClusterText, path: string, value: JsonValue | undefined): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let mapping = document;
  for (const step of steps) mapping = (mapping[step] ??= {}) as ClusterText;
  if (value === undefined) delete mapping[last];
  else mapping[last] = value;
}
