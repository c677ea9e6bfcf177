import { canonicalConfig } from '../../connectors/canonical-keys';
import { connectorType, isConnectorType } from '../../connectors/connector-types';
import { isMapping } from '../../document/is-mapping';
import { jsonMapping } from '../../document/json-mapping';
import type { JsonValue } from '../../document/source-node';
import { SKIP_CALLBACK_CHECK } from '../../model/resolve-identity';
import { PLACES } from '../../model/secret-places';
import type { ClusterUrls } from '../../model/urls';
import type { ImportContext } from '../context';
import { setAt, valueAt, type JsonMapping } from '../json';
import { MOCK_CONNECTOR } from '../mock-login';
import type { Section } from '../row';
import { variableName } from '../placeholder';
import { urlsOf } from './access';
import { hasLicense, usesMock } from './enterprise-and-auth';

/** Connectors and clients of Dex. */
export const identity: Section = {
  carry(context) {
    carryConnectors(context);
    if (context.release.configuresClients) carryClients(context);
  },
};

const IDPS = 'oidc.upstreamIDPs';

/** A Secret goes before the list, and the list before the mock login. */
function carryConnectors(context: ImportContext): void {
  const { values } = context;
  const name = values.text(`${IDPS}SecretName`);
  if (name !== '') {
    const field = 'identity.connectorsFrom';
    context.set(`${field}.existing`, { name });
    context.say(`${IDPS}SecretName`, 'carried', { field });
    context.say(IDPS, 'idle', { message: `${IDPS}SecretName is set` });
    context.say('oidc.mockIDP', 'idle', { message: `${IDPS}SecretName is set` });
    return;
  }
  context.say(`${IDPS}SecretName`, 'default');
  if (usesMock(context) && values.isTrue('pachd.activateEnterpriseMember')) {
    context.say(IDPS, 'default');
    context.say('oidc.mockIDP', 'idle', {
      message: 'people log in at the Dex of the enterprise server, and a member has none',
    });
    return;
  }
  if (usesMock(context)) return carryMock(context);
  const list = values.list(IDPS);
  context.say('oidc.mockIDP', list.length > 0 ? 'idle' : 'carried', {
    ...(list.length > 0 ? { message: `${IDPS} goes before it` } : { field: 'identity.connectors' }),
  });
  if (list.length === 0) return context.say(IDPS, 'default');
  const urls = urlsOf(context);
  const connectors = list.flatMap((item, index) => carryConnector(context, item, index, urls) ?? []);
  if (connectors.length > 0) context.set('identity.connectors', connectors);
  context.say(IDPS, 'carried', { field: 'identity.connectors' });
}

function carryMock(context: ImportContext): void {
  context.say(IDPS, 'default');
  const { release } = context;
  const isUnread = release.needsLicense && !hasLicense(context);
  // From 2.3 on the chart writes the Secret all the same, and a Job writes none.
  if (isUnread && release.bootstrap === 'job') {
    context.say('oidc.mockIDP', 'idle', { message: 'without a license pachd reads no connectors' });
    return;
  }
  context.set('identity.connectors', [structuredClone(MOCK_CONNECTOR)]);
  if (isUnread)
    context.comment(
      'identity.connectors',
      'The mock login of the chart, oidc.mockIDP. Without a license no one reads it.',
    );
  else {
    context.devReasons.push('people log in with the mock connector of the chart');
    context.comment(
      'identity.connectors',
      'The mock login of the chart, oidc.mockIDP: anyone logs in as kilgore@kilgore.trout with admin and password.',
    );
  }
  context.note(
    'oidc.mockIDP',
    'carried',
    'identity.connectors',
    'not set; by default the chart has people log in with its mock connector',
  );
  context.say('oidc.mockIDP', 'carried', { field: 'identity.connectors' });
}

/** Keys of a connector in values; in 2.2 without `config`, which pachctl's Job does not read. */
const CONNECTOR_KEYS = ['id', 'name', 'type', 'jsonConfig', 'config'];

function carryConnector(
  context: ImportContext,
  item: JsonValue,
  index: number,
  urls: ClusterUrls,
): JsonMapping | undefined {
  const path = `${IDPS}.${index}`;
  if (!isMapping(item)) {
    context.say(path, 'not-carried', { message: 'a connector is a mapping' });
    return undefined;
  }
  for (const key of Object.keys(item))
    if (!CONNECTOR_KEYS.includes(key))
      context.say(`${path}.${key}`, 'not-carried', {
        message: 'pachd knows no such key of a connector; from 2.3 on it refuses the whole list for it',
      });
  const config = configOf(context, item, path);
  const type = asText(item['type']);
  const id = asText(item['id']);
  const name = asText(item['name']);
  const carried = config && carryConfig(context, type, id, config, index, urls);
  return {
    type,
    id,
    ...(name === id || name === '' ? {} : { name }),
    ...(carried === undefined || Object.keys(carried).length === 0 ? {} : { config: carried }),
  };
}

function asText(value: JsonValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** From 2.3 on a `config` that is not empty goes before `jsonConfig`; before, only the latter is read. */
function configOf(context: ImportContext, item: JsonMapping, path: string): JsonMapping | undefined {
  const { config, jsonConfig } = item;
  const readsConfig = context.release.connectorForm === 'config';
  if (readsConfig && isMapping(config) && Object.keys(config).length > 0) {
    if (jsonConfig !== undefined)
      context.say(`${path}.jsonConfig`, 'idle', { message: 'config goes before it' });
    return config;
  }
  if (!readsConfig && config !== undefined)
    context.say(`${path}.config`, 'not-carried', {
      message: 'releases up to 2.2 read jsonConfig alone, and this connector has no settings there',
    });
  if (jsonConfig === undefined) return undefined;
  const parsed = jsonMapping(asText(jsonConfig));
  if (parsed) return parsed;
  context.say(`${path}.jsonConfig`, 'not-carried', {
    message: 'it is not a JSON mapping, and pachd refuses the connector',
  });
  return undefined;
}

function carryConfig(
  context: ImportContext,
  type: string,
  id: string,
  written: JsonMapping,
  index: number,
  urls: ClusterUrls,
): JsonMapping {
  const config = structuredClone(
    isConnectorType(type) ? (canonicalConfig(type, written) as JsonMapping) : written,
  );
  if (config['redirectURI'] === urls.callback) delete config['redirectURI'];
  const skips = type === 'oidc' && urls.callback !== urls.issuerCallback;
  if (config['redirectURI'] === undefined && skips && config[SKIP_CALLBACK_CHECK] === true)
    delete config[SKIP_CALLBACK_CHECK];
  const facts = connectorType(type);
  for (const key of facts?.secretKeys ?? []) {
    const keys = key.split('.');
    const given = valueAt(config, keys);
    if (typeof given !== 'string' || given === '') continue;
    if (facts?.mock) {
      context.devReasons.push(`the mock connector ${id}`);
      continue;
    }
    const field = `identity.connectors[${index}].config.${key}`;
    const { value } = context.secrets.write({
      field,
      given,
      readFrom: context.secrets.bootstrapFile('idps') ?? PLACES.connectors,
      variable: variableName(id, ...keys),
    });
    setAt(config, keys, value);
  }
  if (facts?.mock) context.devReasons.push(`the mock connector ${id}`);
  return config;
}

const CLIENTS = 'oidc.additionalClients';

/** Keys of a client in values, and in the document. */
const CLIENT_KEYS: Readonly<Record<string, string>> = {
  id: 'id',
  name: 'name',
  secret: 'secret',
  redirect_uris: 'redirectURIs',
  trusted_peers: 'trustedPeers',
};

function carryClients(context: ImportContext): void {
  const { values } = context;
  const name = values.text(`${CLIENTS}SecretName`);
  if (name !== '') {
    const field = 'identity.clientsFrom';
    context.set(`${field}.existing`, { name });
    context.say(`${CLIENTS}SecretName`, 'carried', { field });
    context.say(CLIENTS, 'idle', { message: `${CLIENTS}SecretName is set` });
    return;
  }
  context.say(`${CLIENTS}SecretName`, 'default');
  const list = values.list(CLIENTS);
  if (list.length === 0) return context.say(CLIENTS, 'default');
  context.set(
    'identity.clients',
    list.flatMap((item, index) => carryClient(context, item, index) ?? []),
  );
  context.say(CLIENTS, 'carried', { field: 'identity.clients' });
}

function carryClient(context: ImportContext, item: JsonValue, index: number): JsonMapping | undefined {
  const path = `${CLIENTS}.${index}`;
  if (!isMapping(item)) {
    context.say(path, 'not-carried', { message: 'a client is a mapping' });
    return undefined;
  }
  const client: JsonMapping = {};
  const id = asText(item['id']);
  for (const [key, value] of Object.entries(item)) {
    const name = Object.hasOwn(CLIENT_KEYS, key) ? CLIENT_KEYS[key] : undefined;
    if (name === undefined)
      context.say(`${path}.${key}`, 'dead', {
        message:
          'pachd reads id, name, secret, redirect_uris and trusted_peers of a client, and ignores this',
      });
    else if (name === 'secret') {
      const { value: secret } = context.secrets.write({
        field: `identity.clients[${index}].secret`,
        given: asText(value),
        readFrom: PLACES.clients,
        variable: variableName(id, 'clientSecret'),
      });
      client[name] = secret;
    } else if (name !== 'name' || value !== id) client[name] = value;
  }
  client['redirectURIs'] ??= [];
  return client;
}
