import { connectorType } from '../connectors/connector-types';
import { connectorPlans, issuerSubject, type ConnectorPlan } from '../doctor/chain';
import { configText } from '../doctor/config-text';
import { NOWHERE } from '../doctor/world';
import type { Document } from '../document/document';
import { toPointer } from '../document/source-node';
import type { Auth0, Cluster } from '../model/cluster';
import { DEV_CONNECTOR } from '../model/dev-users';
import { ReferredSecret, Secret } from '../model/secret';
import { secretName } from './data-parts';
import { protocolOf } from './login-parts';
import type { Arrow, Part, Scene } from './picture';

/** Where people prove who they are: a part for each connector, and what goes between it and Dex. */
export function providerScene(cluster: Cluster, document: Document): Scene {
  if (cluster.auth === undefined || cluster.enterprise?.member) return { parts: [], arrows: [] };
  const issuer = issuerSubject(cluster, NOWHERE);
  const scenes = connectorPlans(cluster, document, issuer, NOWHERE).map((plan, index) =>
    connectorScene(plan, `provider${index}`, cluster),
  );
  if (cluster.auth0) scenes.push(auth0Scene(cluster.auth0, cluster, scenes));
  return { parts: scenes.flatMap(({ parts }) => parts), arrows: scenes.flatMap(({ arrows }) => arrows) };
}

/** Where the section is from which a connector follows that no list has. */
function sectionPlaces(id: string, { auth0, dev, keycloak }: Cluster): string[] {
  if (id === auth0?.connectorID) return ['/auth0/domain', '/auth0/groups'];
  if (id === keycloak?.connectorID) return ['/keycloak'];
  return id === DEV_CONNECTOR && dev?.keptIn === 'directory' ? ['/dev/users'] : [];
}

function connectorScene(plan: ConnectorPlan, id: string, cluster: Cluster): Scene {
  const { urls } = cluster;
  const { subject } = plan;
  const { connector, place } = subject;
  const { config, type } = connector;
  const facts = connectorType(type);
  const isMock = facts?.mock === true;
  const part: Part = {
    id,
    kind: 'provider',
    title: connector.name,
    lines: [
      `connector ${connector.id}, ${type}`,
      ...(configText(config, 'clientID') === '' ? [] : [`client ${configText(config, 'clientID')}`]),
      ...secretsIn(config),
      ...(isMock ? ['logs in people who do not exist'] : []),
    ],
    places: [toPointer(place), ...sectionPlaces(connector.id, cluster)],
  };
  const asks = { from: 'dex', to: id, places: [toPointer(subject.path)] };
  const redirect = configText(config, 'redirectURI', urls.callback);
  const back: Arrow = {
    from: id,
    to: 'dex',
    what: 'sends browsers back',
    address: redirect,
    protocol: protocolOf(redirect),
    isByBrowser: true,
    places: [toPointer([...place, 'config', 'redirectURI']), '/access/urls/callback'],
  };
  switch (plan.kind) {
    case 'provider': {
      const { facts: asking } = plan.subject;
      const url = asking.discoveryURL?.(config).replace(DISCOVERY, '') ?? asking.tokenURL(config, undefined);
      // An issuer as it is written: its slash at the end counts.
      const asked = configText(config, 'issuer', url ?? subject.address);
      return {
        parts: [part],
        arrows: [{ ...asks, what: 'asks who it is', address: asked, protocol: protocolOf(asked) }, back],
      };
    }
    case 'directory': {
      const { begins } = subject.tls;
      const name = { never: 'LDAP', 'at once': 'LDAPS', 'by StartTLS': 'LDAP with StartTLS' }[begins];
      return {
        parts: [part],
        arrows: [
          {
            ...asks,
            what: 'looks people up, tries passwords',
            address: subject.address,
            protocol: `${name} ${subject.endpoint.port}`,
          },
        ],
      };
    }
    case 'saml': {
      const url = configText(config, 'ssoURL');
      return {
        parts: [part],
        arrows: [
          {
            ...asks,
            what: 'sends browsers to log in',
            address: url,
            protocol: protocolOf(url),
            isByBrowser: true,
          },
          { ...back, what: 'has browsers post the answer' },
        ],
      };
    }
    case 'header':
      return {
        parts: [part],
        arrows: [
          {
            from: id,
            to: 'dex',
            what: 'says in headers who it is',
            address: `${urls.issuerCallback}/${connector.id}`,
            protocol: protocolOf(urls.issuerCallback),
            places: [],
          },
        ],
      };
    case 'form': {
      const isAsked = subject.path.length > place.length;
      const url = isAsked ? configText(config, String(subject.path.at(-1))) : '';
      return {
        parts: [part],
        arrows: [
          {
            ...asks,
            what: isMock ? 'asks no one' : 'tries passwords',
            ...(isAsked ? { address: url, protocol: protocolOf(url) } : {}),
            places: isAsked ? asks.places : [],
          },
        ],
      };
    }
  }
}

/** What discovery adds to an issuer. */
const DISCOVERY = /\/\.well-known\/[a-z-]+$/;

/** The keys of a connector's settings that hold secrets, with the Secrets of those that are in the cluster. */
function secretsIn(config: Cluster['identity']['connectors'][number]['config']): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    value instanceof Secret
      ? secretName(key, value)
      : value instanceof ReferredSecret
        ? secretName(key, value.reference)
        : [],
  );
}

/** The application that Terraform makes at Auth0. */
function auth0Scene(auth0: Auth0, { urls, identity }: Cluster, scenes: readonly Scene[]): Scene {
  const { application, tenantDomain, connectorID } = auth0;
  const index = identity.connectors.findIndex(({ id }) => id === connectorID);
  const tenant = scenes[index]?.parts[0]?.id;
  const made = {
    create: 'Terraform makes it',
    import: 'Terraform takes it over',
    none: 'made by hand',
  }[application.provision];
  const part: Part = {
    id: 'application',
    kind: 'outside',
    title: `Application ${application.name}`,
    lines: [
      made,
      application.clientID === undefined
        ? 'client id: known once it is made'
        : `client ${application.clientID}`,
      ...application.callbackURLs.filter((url) => url !== urls.callback).map((url) => `callback ${url}`),
      ...(auth0.connections.length > 0 ? [`connections ${auth0.connections.join(', ')}`] : []),
    ],
    places: ['/auth0'],
  };
  return {
    parts: [part],
    arrows: [
      tenant === undefined
        ? {
            from: 'dex',
            to: part.id,
            what: 'asks who it is',
            address: `https://${auth0.domain}/`,
            protocol: 'HTTPS 443',
            places: ['/auth0/domain'],
          }
        : {
            from: tenant,
            to: part.id,
            what: application.provision === 'none' ? 'has' : 'has, by Terraform',
            address: `https://${tenantDomain}/api/v2/`,
            protocol: 'HTTPS 443',
            places: ['/auth0/tenantDomain'],
          },
    ],
  };
}
