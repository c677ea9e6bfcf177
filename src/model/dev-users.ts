import { standaloneTarget } from '../releases/connector-target';
import { readsDexKey } from '../releases/dex-traits';
import type { JsonValue } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { DexPassword } from './dex';
import { resolveImage } from './resolve-pod';
import { DEV_DIRECTORY_FILES } from './secret-places';
import type { ResolveContext } from './resolve-context';
import { Secret, type LiteralSecret } from './secret';
import type { Image } from './workloads';
import { isStandalone } from './standalone';

/** People to try a cluster with, and where they are kept. */
export interface DevUsers {
  /** Dex's own passwords, or a directory that runs in the namespace. */
  readonly keptIn: 'passwords' | 'directory';
  readonly people: readonly DevUser[];
  /** Image of the directory. */
  readonly image: Image;
}

/** Someone to log in as. */
export interface DevUser {
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  readonly password: LiteralSecret;
}

/** The directory with the people of `dev.users`: its Service, called as its Secret is, and where people and groups are in it. */
export const DEV_DIRECTORY = {
  name: DEV_DIRECTORY_FILES.configuration.name,
  port: 1389,
  suffix: 'dc=dev-users',
  people: 'ou=people,dc=dev-users',
  groups: 'ou=groups,dc=dev-users',
} as const;

/** Id of the connector that leads to the directory. */
export const DEV_CONNECTOR = 'dev-users';

/**
 * An image with Debian's OpenLDAP, whose programs, modules and schemas are where Debian puts them: it installs the package
 * `slapd` 2.4.57 of Debian 10 (image/Dockerfile of https://github.com/osixia/docker-openldap).
 */
const DIRECTORY_IMAGE = 'osixia/openldap:1.5.0';

/**
 * Where a document keeps the people of `dev.users`; undefined when it has none, or nothing that they could log in to. The
 * form of the document may have errors.
 */
export function devUsersPlace(document: JsonValue): DevUsers['keptIn'] | undefined {
  const { dev, auth, enterprise, identity, dex } = (document ?? {}) as Partial<ClusterDocument>;
  const users: unknown = dev?.users;
  if (!Array.isArray(users) || users.length === 0) return undefined;
  if (auth?.enabled === false || enterprise?.member !== undefined) return undefined;
  if (!isStandalone({ ...(identity ? { identity } : {}) })) return 'directory';
  const hasGroups = users.some((user: { groups?: unknown } | null) => nonEmpty(user?.groups));
  if (!hasGroups) return 'passwords';
  const version: unknown = dex?.version;
  const target = standaloneTarget(typeof version === 'string' ? version : undefined);
  return target.ok && readsDexKey(target.target, 'staticPasswords[].groups') ? 'passwords' : 'directory';
}

function nonEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

/** The people of `dev.users` with their passwords; undefined where no one could log in as one of them. */
export function resolveDevUsers(context: ResolveContext): DevUsers | undefined {
  const { document, secret } = context;
  const keptIn = devUsersPlace(document as unknown as JsonValue);
  if (keptIn === undefined) return undefined;
  return {
    keptIn,
    people: (document.dev?.users ?? []).map(({ email, name, groups, roles, password }, index) => {
      const read = secret(['dev', 'users', index, 'password'], password, { generate: { length: 16 } });
      return {
        email,
        name: name ?? email,
        groups: groups ?? [],
        roles: roles ?? [],
        // A rule refuses one that is in the cluster.
        password: read.kind === 'literal' ? read : { kind: 'literal', value: new Secret('') },
      };
    }),
    image: resolveImage(context, DIRECTORY_IMAGE),
  };
}

/** What a standalone Dex is told of people whom it keeps itself. */
export function passwordsOf(users: DevUsers | undefined, clusterName: string): DexPassword[] {
  if (users?.keptIn !== 'passwords') return [];
  return users.people.map(({ email, name, groups, password }) => ({
    email,
    username: name,
    userID: email,
    ...(groups.length === 0 ? {} : { groups: [...groups] }),
    hash: {
      kind: 'literal',
      isComposed: true,
      // Worked out on use: a document is checked without it.
      get value() {
        const { bcryptHash } = require('./bcrypt-hash') as typeof import('./bcrypt-hash');
        return new Secret(bcryptHash(password.value.reveal(), `${clusterName} ${email}`));
      },
    },
  }));
}
