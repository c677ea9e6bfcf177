import { keyAvailability } from '../../connectors/availability';
import { splitUrl, headerCallbackUrl } from '../../model/go-path';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import type { ConnectorRule, ConnectorRuleContext } from '../rule';

/** The keys that name the headers Dex reads, and the headers where a key is not there. */
const HEADERS: Readonly<Record<string, string>> = {
  userHeader: 'X-Remote-User',
  userIDHeader: 'X-Remote-User-Id',
  userNameHeader: 'X-Remote-User-Name',
  emailHeader: 'X-Remote-User-Email',
  groupHeader: 'X-Remote-Group',
};

/** Annotations with which ingress controllers have people log in first: nginx, Traefik, HAProxy, ALB, GKE, Kong. */
const AUTHENTICATING = /auth|middleware|snippet|plugin|backend-config/i;

export const unguardedHeaders: ConnectorRule = {
  code: 'DEX040',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Login by headers that anyone can send',
  reason:
    'A connector of type authproxy takes everyone for the user that the headers of a request name, and asks for no password. Dex leaves such headers out of requests to its callback path, but not of those to the path below it with the id of the connector, which is the one that this type uses. Where nothing in front of Dex logs people in there, and overwrites these headers, one request with a header of their own makes anyone an administrator; so does one from a pod that reaches Dex past whatever is in front.',
  remedy:
    'Use the connector of the identity provider itself. Otherwise let an ingress with an authenticating proxy be the way in, have it log people in at the path that the message names, and remove the headers from every other request; a NetworkPolicy has to keep pods away from Dex.',
  *check(context) {
    for (const connector of documentConnectors(context.document)) {
      if (connector.facts.callback !== 'header') continue;
      const { isOpen, front, path } = frontOf(context, connector);
      yield {
        path: [...connector.path, 'type'],
        ...(isOpen ? {} : { severity: 'warning' as const }),
        message: `Dex lets everyone in as any user they name in the header ${headersOf(context, connector)} of a request to ${path}, ${front}`,
        hint: isOpen
          ? 'use a connector that asks the identity provider; or reach the cluster through an ingress whose annotations log people in'
          : 'see to it that what is in front of Dex logs people in there, and that none of these headers comes through from outside',
      };
    }
  },
};

/** What is in front of Dex, as far as it can be told. */
function frontOf(
  { cluster, profile }: ConnectorRuleContext,
  { id }: DocumentConnector,
): { isOpen: boolean; front: string; path: string } {
  if (!cluster)
    return {
      isOpen: false,
      front: 'unless something in front of it overwrites them',
      path: `/callback/${id} below its issuer`,
    };
  const { access, urls } = cluster;
  const path = splitUrl(headerCallbackUrl(urls.issuerCallback, id)).path;
  const mayAuthenticate =
    access.via === 'ingress' &&
    Object.keys(access.ingress.annotations).some((name) => AUTHENTICATING.test(name));
  return {
    isOpen: profile !== 'dev' && !mayAuthenticate,
    front: mayAuthenticate
      ? 'unless the annotations of the Ingress have them overwritten'
      : 'and nothing that pachkit puts in front of it asks who they are',
    path,
  };
}

/** The headers that the target's Dex takes, as the connector names them. */
function headersOf({ target }: ConnectorRuleContext, connector: DocumentConnector): string {
  const names = Object.entries(HEADERS)
    .filter(([key]) => keyAvailability(connector.type, key, target)?.read)
    .map(([key, header]) => connector.text(key) ?? header);
  const [user, ...others] = names;
  return others.length === 0 ? String(user) : `${user} (and ${others.join(', ')})`;
}
