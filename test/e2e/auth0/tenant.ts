import { randomBytes } from 'node:crypto';
import { checkClient, DEFAULT_CLIENT, MERGED, onlyClientKeys } from './client-facts';
import { Refusal } from './refusal';
import { neededScopes } from './scopes';
import {
  UNKNOWN,
  AFTER_STATUS,
  SIGNING_KEYS,
  boundAction,
  isName,
  DEFAULT_DATABASE_OPTIONS,
  onlyFields,
  dropNulls,
  withoutPassword,
  isStrong,
  text,
  randomId,
} from './tenant-parts';

export type Json = Record<string, unknown>;

export type Answer = readonly [status: number, answer?: unknown];
type Handle = (steps: readonly string[], query: URLSearchParams, body: Json) => Answer;

/**
 * The state of an Auth0 tenant and what its Management API makes of calls. Defaults, status codes and ways of merging are
 * those seen between the provider and Auth0 between 2023 and 2026; a call that is not known here is answered with 404.
 */
export class Tenant {
  readonly clients = new Map<string, Json>();
  readonly connections = new Map<string, Json>();
  /** Ids of applications by id of the connection. */
  readonly enabledClients = new Map<string, Set<string>>();
  readonly users = new Map<string, Json>();
  readonly userRoles = new Map<string, Set<string>>();
  readonly roles = new Map<string, Json>();
  readonly actions = new Map<string, Json>();
  readonly organizations = new Map<string, Json>();
  readonly organizationConnections = new Map<string, Map<string, Json>>();
  /** The post-login flow. */
  bindings: Json[] = [];
  /** The scopes of tokens; undefined for every scope. */
  scopes: ReadonlySet<string> | undefined;
  /** The most that a page of connections or of their applications has, whatever the call asks for. */
  pageSize = 100;
  /** Whether Auth0 fails to build Actions. */
  failsToBuild = false;

  /** Everything in the tenant, for comparison. */
  snapshot(): Json {
    const plain = (value: unknown): unknown => {
      if (value instanceof Map)
        return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
      if (value instanceof Set) return [...value];
      return value;
    };
    return JSON.parse(
      JSON.stringify({
        clients: plain(this.clients),
        connections: plain(this.connections),
        enabledClients: plain(this.enabledClients),
        users: plain(this.users),
        userRoles: plain(this.userRoles),
        roles: plain(this.roles),
        actions: plain(this.actions),
        organizations: plain(this.organizations),
        organizationConnections: plain(this.organizationConnections),
        bindings: this.bindings,
      }),
    ) as Json;
  }

  /** Answers a call; `steps` is the path below /api/v2/, unescaped. Throws a Refusal for an error that Auth0 reports. */
  answer(method: string, steps: readonly string[], query: URLSearchParams, body: Json): Answer {
    const pattern = steps.map((step, index) => (isName(steps, index) ? step : ':id')).join('/');
    const handle = this.#calls[`${method} ${pattern}`];
    if (!handle) throw new Refusal(404, 'Not Found', `no such endpoint: ${method} ${pattern}`);
    const missing = neededScopes(method, pattern, body).filter((scope) => this.scopes?.has(scope) === false);
    if (missing.length > 0)
      throw new Refusal(
        403,
        'Forbidden',
        `Insufficient scope, expected any of: ${missing.join(',')}`,
        'insufficient_scope',
      );
    return handle(steps, query, body);
  }

  readonly #calls: Readonly<Record<string, Handle>> = {
    'POST clients': (_steps, _query, body) => {
      onlyClientKeys(body);
      if (typeof body['name'] !== 'string' || body['name'] === '')
        throw new Refusal(400, 'Bad Request', "Payload validation error: 'Missing required property: name'.");
      const client = {
        ...structuredClone(DEFAULT_CLIENT),
        client_id: text(32),
        client_secret: text(64),
        ...dropNulls(body),
        jwt_configuration: {
          ...(DEFAULT_CLIENT['jwt_configuration'] as Json),
          ...((body['jwt_configuration'] ?? {}) as Json),
        },
      };
      checkClient(client);
      this.clients.set(client.client_id, client);
      // The tenant's flag enable_client_connections is on unless someone switches it off.
      for (const enabled of this.enabledClients.values()) enabled.add(client.client_id);
      return [201, this.#shownClient(client)];
    },
    'GET clients/:id': ([, id = ''], query) => [
      200,
      { ...onlyFields(this.#shownClient(this.#find(this.clients, id, 'client')), query), ...SIGNING_KEYS },
    ],
    'PATCH clients/:id': ([, id = ''], _query, body) => {
      onlyClientKeys(body);
      const client = this.#find(this.clients, id, 'client');
      const changed = { ...client };
      for (const [key, value] of Object.entries(body)) {
        if (value === null) delete changed[key];
        else if (MERGED.has(key)) changed[key] = dropNulls({ ...(client[key] as Json), ...(value as Json) });
        else changed[key] = value;
      }
      checkClient(changed);
      this.clients.set(id, changed);
      return [200, this.#shownClient(changed)];
    },
    'DELETE clients/:id': ([, id = '']) => {
      this.clients.delete(id);
      for (const enabled of this.enabledClients.values()) enabled.delete(id);
      return [204];
    },
    'GET clients/:id/credentials': ([, id = '']) => {
      this.#find(this.clients, id, 'client');
      return [200, []];
    },

    'POST connections': (_steps, _query, body) => {
      this.#refuseName(this.connections, body['name'], 'A connection with the same name already exists');
      const id = `con_${text(16)}`;
      const connection = {
        id,
        is_domain_connection: false,
        authentication: { active: true },
        connected_accounts: { active: false },
        realms: [body['name']],
        ...body,
        options: {
          ...(body['strategy'] === 'auth0' ? structuredClone(DEFAULT_DATABASE_OPTIONS) : {}),
          ...dropNulls((body['options'] ?? {}) as Json),
        },
      };
      this.connections.set(id, connection);
      this.enabledClients.set(id, new Set());
      return [201, this.#shownConnection(connection)];
    },
    'GET connections': (_steps, query) => {
      const { items, next } = this.#page([...this.connections.values()], query);
      return [200, { connections: items.map((connection) => this.#shownConnection(connection)), ...next }];
    },
    'GET connections/:id': ([, id = ''], query) => {
      const connection = this.#shownConnection(this.#find(this.connections, id, 'connection'));
      const always = new URLSearchParams({
        fields: 'id,is_domain_connection,authentication,connected_accounts',
      });
      return [200, { ...onlyFields(connection, always), ...onlyFields(connection, query) }];
    },
    'PATCH connections/:id': ([, id = ''], _query, body) => {
      // Options are replaced as a whole.
      const connection = { ...this.#find(this.connections, id, 'connection'), ...body };
      this.connections.set(id, connection);
      return [200, this.#shownConnection(connection)];
    },
    'DELETE connections/:id': ([, id = '']) => {
      const name = this.connections.get(id)?.['name'];
      // The users of a database go with it.
      for (const [user, { connection }] of this.users)
        if (connection === name) {
          this.users.delete(user);
          this.userRoles.delete(user);
        }
      this.connections.delete(id);
      this.enabledClients.delete(id);
      for (const links of this.organizationConnections.values()) links.delete(id);
      return [202, { deleted_at: '2026-01-01T00:00:00.000Z' }];
    },
    'GET connections/:id/clients': ([, id = ''], query) => {
      this.#find(this.connections, id, 'connection');
      const { items, next } = this.#page([...(this.enabledClients.get(id) ?? [])], query);
      return [200, { clients: items.map((client_id) => ({ client_id })), ...next }];
    },
    'PATCH connections/:id/clients': ([, id = ''], _query, body) => {
      this.#find(this.connections, id, 'connection');
      for (const { client_id, status } of body as unknown as { client_id: string; status: boolean }[]) {
        if (status) {
          this.#find(this.clients, client_id, 'client');
          this.enabledClients.get(id)?.add(client_id);
        } else this.enabledClients.get(id)?.delete(client_id);
      }
      return [204];
    },

    'POST users': (_steps, _query, body) => {
      const connection = [...this.connections.values()].find(({ name }) => name === body['connection']);
      if (!connection || this.enabledClients.get(String(connection['id']))?.size === 0)
        throw new Refusal(400, 'Bad Request', 'The connection does not exist.');
      if (typeof body['password'] !== 'string')
        throw new Refusal(
          400,
          'Bad Request',
          "Payload validation error: 'Missing required property: password'.",
        );
      if (!isStrong(body['password']))
        throw new Refusal(400, 'Bad Request', 'PasswordStrengthError: Password is too weak');
      const email = String(body['email']).toLowerCase();
      if ([...this.users.values()].some((user) => user['email'] === email))
        throw new Refusal(409, 'Conflict', 'The user already exists.');
      const own = randomBytes(12).toString('hex');
      const user = {
        email_verified: false,
        name: email,
        nickname: email.split('@')[0],
        ...body,
        email,
        user_id: `auth0|${own}`,
        identities: [{ connection: body['connection'], user_id: own, provider: 'auth0', isSocial: false }],
      };
      this.users.set(user.user_id, user);
      this.userRoles.set(user.user_id, new Set());
      return [201, withoutPassword(user)];
    },
    'GET users/:id': ([, id = '']) => [200, withoutPassword(this.#find(this.users, id, 'user'))],
    'PATCH users/:id': ([, id = ''], _query, body) => {
      const user = { ...this.#find(this.users, id, 'user'), ...body };
      this.users.set(id, user);
      return [200, withoutPassword(user)];
    },
    'DELETE users/:id': ([, id = '']) => {
      this.users.delete(id);
      this.userRoles.delete(id);
      return [204];
    },
    'GET users/:id/roles': ([, id = ''], query) => {
      this.#find(this.users, id, 'user');
      const roles = [...(this.userRoles.get(id) ?? [])].map((role) => this.roles.get(role));
      if (query.get('include_totals') !== 'true') return [200, roles];
      return [200, { roles, start: 0, limit: 50, total: roles.length }];
    },
    'POST users/:id/roles': ([, id = ''], _query, body) => {
      this.#find(this.users, id, 'user');
      for (const role of body['roles'] as string[]) {
        this.#find(this.roles, role, 'role');
        this.userRoles.get(id)?.add(role);
      }
      return [204];
    },
    'DELETE users/:id/roles': ([, id = ''], _query, body) => {
      this.#find(this.users, id, 'user');
      for (const role of body['roles'] as string[]) this.userRoles.get(id)?.delete(role);
      return [204];
    },

    'POST roles': (_steps, _query, body) => {
      this.#refuseName(this.roles, body['name'], 'A role with the same name already exists.');
      const role = { id: `rol_${text(16)}`, description: '', type: 'tenant', ...body };
      this.roles.set(role.id, role);
      return [200, role];
    },
    'GET roles/:id': ([, id = '']) => [200, this.#find(this.roles, id, 'role')],
    'PATCH roles/:id': ([, id = ''], _query, body) => {
      const role = { ...this.#find(this.roles, id, 'role'), ...body };
      this.roles.set(id, role);
      return [200, role];
    },
    'DELETE roles/:id': ([, id = '']) => {
      this.roles.delete(id);
      for (const held of this.userRoles.values()) held.delete(id);
      return [200, {}];
    },

    'POST actions/actions': (_steps, _query, body) => {
      this.#refuseName(this.actions, body['name'], 'An Action with the same name already exists.');
      const action = {
        id: randomId(),
        runtime: 'node22',
        dependencies: [],
        secrets: [],
        ...body,
        status: 'pending',
        all_changes_deployed: false,
      };
      this.actions.set(action.id, action);
      return [201, action];
    },
    'GET actions/actions/:id': ([, , id = '']) => {
      const action = this.#find(this.actions, id, 'action');
      const shown = structuredClone(action);
      // Building and deploying take a while: anyone who asks once too early sees the state before.
      action['status'] = this.failsToBuild ? 'failed' : AFTER_STATUS[String(action['status'])];
      const version = action['deployed_version'] as Json | undefined;
      if (version && version['deployed'] !== true) version['deployed'] = true;
      return [200, shown];
    },
    'PATCH actions/actions/:id': ([, , id = ''], _query, body) => {
      const action = { ...this.#find(this.actions, id, 'action'), ...body, status: 'pending' };
      this.actions.set(id, action);
      return [200, action];
    },
    'DELETE actions/actions/:id': ([, , id = '']) => {
      if (this.bindings.some((binding) => boundAction(binding) === id))
        throw new Refusal(409, 'Conflict', 'The action is currently bound to a trigger.');
      this.actions.delete(id);
      return [204];
    },
    'POST actions/actions/:id/deploy': ([, , id = '']) => {
      const action = this.#find(this.actions, id, 'action');
      if (action['status'] !== 'built')
        throw new Refusal(400, 'Bad Request', "A draft must be in the 'built' state before deploying.");
      const number = Number((action['deployed_version'] as Json | undefined)?.['number'] ?? 0) + 1;
      action['deployed_version'] = {
        id: randomId(),
        code: action['code'],
        runtime: action['runtime'],
        number,
        deployed: false,
      };
      action['all_changes_deployed'] = true;
      return [200, action['deployed_version']];
    },
    'GET actions/triggers/post-login/bindings': (_steps, query) => {
      const page = Number(query.get('page') ?? 0);
      const per_page = Number(query.get('per_page') ?? 50);
      // Only the first page says how many there are; a client that expects it on each would never stop asking.
      if (page > 0) return [200, { bindings: [], page, per_page }];
      if (this.bindings.length === 0) return [200, { bindings: [], per_page }];
      return [200, { bindings: this.bindings, per_page, total: this.bindings.length }];
    },
    'PATCH actions/triggers/post-login/bindings': (_steps, _query, body) => {
      const given = body['bindings'] as { ref: { type: string; value: string }; display_name: string }[];
      this.bindings = given.map(({ ref, display_name }) => {
        const action = this.#find(this.actions, ref.value, 'action');
        if (!action['deployed_version'])
          throw new Refusal(400, 'Bad Request', 'Actions must be deployed before they are bound.');
        const known = this.bindings.find((binding) => boundAction(binding) === ref.value);
        return {
          id: (known?.['id'] as string | undefined) ?? randomId(),
          trigger_id: 'post-login',
          display_name,
          action: { id: action['id'], name: action['name'] },
        };
      });
      return [200, { bindings: this.bindings }];
    },

    'POST organizations': (_steps, _query, body) => {
      this.#refuseName(this.organizations, body['name'], 'An organization with this name already exists');
      const organization = { id: `org_${text(16)}`, display_name: body['name'], ...body };
      this.organizations.set(organization.id, organization);
      this.organizationConnections.set(organization.id, new Map());
      return [201, organization];
    },
    'GET organizations/:id': ([, id = '']) => [200, this.#find(this.organizations, id, 'organization')],
    'PATCH organizations/:id': ([, id = ''], _query, body) => {
      const organization = { ...this.#find(this.organizations, id, 'organization'), ...body };
      this.organizations.set(id, organization);
      return [200, organization];
    },
    'DELETE organizations/:id': ([, id = '']) => {
      this.organizations.delete(id);
      this.organizationConnections.delete(id);
      return [204];
    },
    // The provider's newer SDK says connections, the older one enabled_connections.
    ...this.#organizationConnectionCalls('connections'),
    ...this.#organizationConnectionCalls('enabled_connections'),
  };

  #organizationConnectionCalls(collection: string): Record<string, Handle> {
    const links = (organization: string): Map<string, Json> => {
      this.#find(this.organizations, organization, 'organization');
      return this.organizationConnections.get(organization) ?? new Map<string, Json>();
    };
    const link = (organization: string, connection: string): Json => {
      const found = links(organization).get(connection);
      if (!found) throw new Refusal(404, 'Not Found', 'The connection is not enabled for the organization');
      return found;
    };
    return {
      [`POST organizations/:id/${collection}`]: ([, id = ''], _query, body) => {
        const { name, strategy } = this.#find(this.connections, String(body['connection_id']), 'connection');
        const made = { assign_membership_on_login: false, ...body, connection: { name, strategy } };
        links(id).set(String(body['connection_id']), made);
        return [201, made];
      },
      [`GET organizations/:id/${collection}/:id`]: ([, id = '', , connection = '']) => [
        200,
        link(id, connection),
      ],
      [`PATCH organizations/:id/${collection}/:id`]: ([, id = '', , connection = ''], _query, body) => {
        const changed = { ...link(id, connection), ...body };
        links(id).set(connection, changed);
        return [200, changed];
      },
      [`DELETE organizations/:id/${collection}/:id`]: ([, id = '', , connection = '']) => {
        links(id).delete(connection);
        return [204];
      },
    };
  }

  #find(all: ReadonlyMap<string, Json>, id: string, kind: keyof typeof UNKNOWN): Json {
    const found = all.get(id);
    if (!found) throw new Refusal(404, 'Not Found', UNKNOWN[kind], `inexistent_${kind}`);
    return found;
  }

  /** One page of a list as `take` and `from` ask for it, and where the next one begins if there is one. */
  #page<T>(all: readonly T[], query: URLSearchParams): { items: readonly T[]; next: { next?: string } } {
    const start = Number(query.get('from') ?? 0);
    const end = start + Math.min(Number(query.get('take') ?? 50), this.pageSize);
    return { items: all.slice(start, end), next: end < all.length ? { next: String(end) } : {} };
  }

  #shownConnection(connection: Json): Json {
    return { ...connection, enabled_clients: [...(this.enabledClients.get(String(connection['id'])) ?? [])] };
  }

  #refuseName(all: ReadonlyMap<string, Json>, name: unknown, message: string): void {
    if ([...all.values()].some((item) => item['name'] === name)) throw new Refusal(409, 'Conflict', message);
  }

  #shownClient(client: Json): Json {
    if (this.scopes?.has('read:client_keys') !== false) return client;
    return onlyFields(client, new URLSearchParams({ fields: 'client_secret', include_fields: 'false' }));
  }
}
