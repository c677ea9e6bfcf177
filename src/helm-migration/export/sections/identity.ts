import { clientDocument } from '../../../constructs/support/dex-documents';
import { isMapping } from '../../../document/is-mapping';
import type { JsonValue } from '../../../document/source-node';
import { isConfidential } from '../../../model/confidential-client';
import type { Connector } from '../../../model/cluster';
import { revealConfig, secretsWithin } from '../../../model/connector-config';
import { isEmpty, isSame, valueAt, type JsonMapping } from '../../json';
import { mockBindings, MOCK_CONNECTOR } from '../../mock-login';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

const IDPS = 'oidc.upstreamIDPs';
const CLIENTS = 'oidc.additionalClients';
const BINDINGS = 'pachd.pachAuthClusterRoleBindings';

/** Connectors and clients of Dex, and roles. */
export const identity: ExportSection = {
  restore(context) {
    const isMock = isMockLogin(context);
    if (isMock) for (const field of ['identity.connectors', 'auth.roleBindings']) sayMock(context, field);
    else {
      restoreConnectors(context);
      restoreBindings(context);
    }
    restoreClients(context);
    for (const field of ['auth.scopes', 'auth.robots', 'auth.sessionDuration'] as const)
      if (context.get(field) !== undefined) context.refuse(field, 'the chart has no value for it');
  },
};

function sayMock(context: ExportContext, field: string): void {
  context.say(field, 'default', { field: 'oidc.mockIDP' });
}

/** Whether people log in as the chart has it without any values: its mock connector, with its roles. */
function isMockLogin({ cluster, release }: ExportContext): boolean {
  const { auth, identity: given } = cluster;
  const [connector] = given.connectors;
  if (!connector || given.connectors.length > 1 || given.connectorsFrom) return false;
  return (
    connector.id === MOCK_CONNECTOR.id &&
    connector.name === MOCK_CONNECTOR.id &&
    connector.type === MOCK_CONNECTOR.type &&
    isSame(revealConfig(connector.config), MOCK_CONNECTOR.config) &&
    (!auth || isSame((auth.roleBindings ?? {}) as JsonMapping, mockBindings(release)))
  );
}

function restoreConnectors(context: ExportContext): void {
  const { cluster } = context;
  const { connectorsFrom, connectors } = cluster.identity;
  context.set('oidc.mockIDP', false);
  if (connectorsFrom) {
    const field = 'identity.connectorsFrom';
    if (connectorsFrom.key === 'upstream-idps') {
      context.set(`${IDPS}SecretName`, connectorsFrom.name);
      context.say(field, 'carried', { field: `${IDPS}SecretName` });
    } else context.refuse(field, `the chart reads the key upstream-idps, and not ${connectorsFrom.key}`);
    return;
  }
  if (cluster.dex)
    return context.refuse(
      'identity.connectors',
      'the chart installs no standalone Dex; pachd would run its own',
    );
  if (connectors.length === 0) return context.say('identity.connectors', 'default');
  // What pachkit writes itself, callback URL included: the chart adds nothing to a connector.
  context.force(
    IDPS,
    connectors.map((connector, index) => connectorValue(context, connector, index)),
  );
  context.say('identity.connectors', 'carried', { field: IDPS });
  if (cluster.auth0)
    context.say('auth0', 'not-carried', {
      message: `its connector is in ${IDPS}; Auth0 itself is left as it is`,
    });
  connectors.forEach((connector, index) => noteSecrets(context, connector, index));
}

/** As the chart hands it on to pachd, with its keys in the order of the document. */
function connectorValue(
  { release, document }: ExportContext,
  { id, name, type, config }: Connector,
  index: number,
): JsonMapping {
  const given = valueAt(document, ['identity', 'connectors']);
  const own = Array.isArray(given) ? valueAt(given[index], ['config']) : undefined;
  const revealed = inOrderOf(own, revealConfig(config));
  if (release.connectorForm === 'jsonConfig' || isEmpty(revealed))
    return { id, name, type, jsonConfig: JSON.stringify(revealed) };
  return { id, name, type, config: revealed };
}

/** A value with its keys in the order of another one; those that the other does not have come last. */
function inOrderOf(model: JsonValue | undefined, value: JsonValue): JsonValue {
  if (!isMapping(value) || !isMapping(model)) return value;
  const known = Object.keys(model).filter((key) => Object.hasOwn(value, key));
  const keys = [...known, ...Object.keys(value).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, inOrderOf(model[key], value[key] ?? null)]));
}

function noteSecrets(context: ExportContext, { config }: Connector, index: number): void {
  for (const { steps, reference } of secretsWithin(config))
    context.secretText(
      `${IDPS}[${index}].config.${steps.join('.')}`,
      reference,
      `identity.connectors[${index}].config.${steps.join('.')}`,
    );
}

function restoreBindings(context: ExportContext): void {
  const { auth } = context.cluster;
  if (!auth?.roleBindings) return;
  const field = 'auth.roleBindings';
  if (Object.keys(auth.roleBindings).length === 0)
    return context.refuse(
      field,
      'the chart leaves an empty list out, and pachd keeps the roles that there are',
    );
  const given = context.get(field);
  context.set(BINDINGS, isMapping(given) ? given : (auth.roleBindings as unknown as JsonValue), field);
}

function restoreClients(context: ExportContext): void {
  const { clients, clientsFrom } = context.cluster.identity;
  if (context.release.hasBootstrapJob) {
    for (const field of ['identity.clients', 'identity.clientsFrom'])
      if (context.get(field) !== undefined) context.refuse(field, 'the chart knows clients from 2.3 on');
    return;
  }
  if (clientsFrom) {
    const field = 'identity.clientsFrom';
    if (clientsFrom.key !== 'additional-oidc-clients')
      return context.refuse(
        field,
        `the chart reads the key additional-oidc-clients, and not ${clientsFrom.key}`,
      );
    context.set(`${CLIENTS}SecretName`, clientsFrom.name);
    return context.say(field, 'carried', { field: `${CLIENTS}SecretName` });
  }
  const confidential = clients.filter(isConfidential);
  if (confidential.length > 0)
    context.force(
      CLIENTS,
      confidential.map((client, index) => {
        const path = `${CLIENTS}[${index}].secret`;
        const { text } = context.secretText(path, client.secret, `identity.clients[${index}].secret`);
        return clientDocument(client, text) as JsonMapping;
      }),
    );
  if (confidential.length < clients.length)
    context.refuse('identity.clients', 'the chart and the Dex inside pachd know no public clients');
  else context.say('identity.clients', 'carried', { field: CLIENTS });
}
