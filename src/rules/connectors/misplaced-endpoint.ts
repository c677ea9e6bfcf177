import type { ConnectorType } from '../../connectors/connector-types';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { isUnfilled, readUrl } from '../../model/url-text';
import type { ConnectorRule, Finding } from '../rule';

/** A key that takes the URL of a server, to which Dex adds the rest. */
interface ServerKey {
  readonly key: string;
  /** What follows the URL of the server where something else was copied. */
  readonly parts: readonly string[];
  /** What Dex adds. */
  readonly added: string;
}

const SERVERS: Readonly<Partial<Record<ConnectorType, readonly ServerKey[]>>> = {
  gitlab: [{ key: 'baseURL', parts: ['/api/v', '/oauth/'], added: '/oauth/authorize' }],
  gitea: [{ key: 'baseURL', parts: ['/api/v', '/login/'], added: '/login/oauth/authorize' }],
  'atlassian-crowd': [{ key: 'baseURL', parts: ['/rest/', '/console/'], added: '/rest/usermanagement/1' }],
  keystone: [{ key: 'keystoneHost', parts: ['/v2.0/', '/v3/'], added: '/v3/auth/tokens/' }],
  microsoft: [
    { key: 'graphURL', parts: ['/v1.0/', '/beta/'], added: '/v1.0/me' },
    { key: 'apiURL', parts: ['/'], added: '/{tenant}/oauth2/v2.0/authorize' },
  ],
};

/** Endings of documents that describe a provider of SAML, and names of one that are not a page. */
const METADATA = /\/(metadata(\.xml|\/[^/]+)?|descriptor|federationmetadata\.xml|services\/trust)\/?$/i;

/** Where the clouds of Microsoft have their directories, and where their Graph is. */
const GRAPHS: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'https://graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'https://microsoftgraph.chinacloudapi.cn',
  'login.chinacloudapi.cn': 'https://microsoftgraph.chinacloudapi.cn',
};

export const misplacedEndpoint: ConnectorRule = {
  code: 'DEX052',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'URL of another part of the provider',
  reason:
    'Dex takes the URL of a server and adds paths to it itself: /oauth/authorize for gitlab, /api/v3 for a hostName of github, /rest/usermanagement/1 for Crowd, /v3 for Keystone, /v1.0 for Microsoft Graph. What has such a path already leads nowhere. ssoURL of saml is where browsers take the request to, and the document with the metadata of the provider is not. A cloud of Microsoft has a Graph of its own, which takes no tokens of another. Dex asks for none of it at startup, and every login fails.',
  remedy: 'Write the URL that the message names.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      for (const server of SERVERS[connector.type] ?? []) yield* beyondServer(connector, server);
      if (connector.type === 'github') yield* publicGitHub(connector);
      if (connector.type === 'openshift') yield* beyondApiServer(connector);
      if (connector.type === 'microsoft') yield* otherCloud(connector);
      if (connector.facts.callback === 'saml') yield* metadata(connector);
    }
  },
};

function* beyondServer(connector: DocumentConnector, { key, parts, added }: ServerKey): Iterable<Finding> {
  const url = connector.text(key);
  if (url === undefined || isUnfilled(url)) return;
  const { origin, path } = readUrl(url);
  const [at] = parts.map((part) => `${path}/`.indexOf(part)).filter((index) => index >= 0);
  // One slash at the end is said with the form of values, or taken away by Dex.
  if (at === undefined || /^\/*$/.test(path)) return;
  yield {
    path: connector.at(key),
    message: `Dex adds ${added} to ${key} itself, and every login fails: nothing is at ${url}${added}`,
    hint: `write ${origin}${path.slice(0, at)}`,
  };
}

function* publicGitHub(connector: DocumentConnector): Iterable<Finding> {
  const host = connector.text('hostName')?.toLowerCase();
  if (host === undefined || !/^(www\.|api\.)?github\.com$/.test(host)) return;
  yield {
    path: connector.at('hostName'),
    message: `With hostName Dex asks a GitHub Enterprise Server, at https://${host}/api/v3, which github.com is not: every login fails`,
    hint: 'remove the line: without it Dex asks github.com',
  };
}

/** Hosts that OpenShift gives to its console and to its own logins. */
const OPENSHIFT_ROUTE =
  /^(console-openshift-console|console|oauth-openshift|downloads-openshift-console)\.(apps[.-].+)$/i;

/** Dex asks the API server for the endpoints of the login, and then for the user. */
function* beyondApiServer(connector: DocumentConnector): Iterable<Finding> {
  const issuer = connector.text('issuer');
  if (issuer === undefined || isUnfilled(issuer)) return;
  const [, route, domain] = OPENSHIFT_ROUTE.exec(readUrl(issuer).host) ?? [];
  if (route === undefined) return;
  yield {
    path: connector.at('issuer'),
    message: `Dex asks the API server of OpenShift who someone is, and ${issuer} is the route of ${route.startsWith('oauth') ? 'its logins' : 'its console'}: every login fails`,
    hint: `write the URL that oc whoami --show-server prints, such as https://${domain?.replace(/^apps/, 'api')}:6443`,
  };
}

function* otherCloud(connector: DocumentConnector): Iterable<Finding> {
  const host = readUrl(connector.text('apiURL') ?? '').host.toLowerCase();
  const wanted = Object.hasOwn(GRAPHS, host) ? GRAPHS[host] : undefined;
  const graph = connector.text('graphURL') ?? 'https://graph.microsoft.com';
  if (wanted === undefined || isUnfilled(graph)) return;
  if (readUrl(graph).host.toLowerCase() === readUrl(wanted).host) return;
  yield {
    path: connector.at(connector.text('graphURL') === undefined ? 'apiURL' : 'graphURL'),
    message: `Dex takes a token of ${host} to ${graph}, which is the Graph of another cloud: every login fails`,
    hint: `write graphURL: ${wanted}`,
  };
}

function* metadata(connector: DocumentConnector): Iterable<Finding> {
  const url = connector.text('ssoURL');
  if (url === undefined || isUnfilled(url) || !METADATA.test(readUrl(url).path)) return;
  yield {
    path: connector.at('ssoURL'),
    message:
      'Dex sends browsers to ssoURL with the request for a login, and the provider has its metadata there, or nothing: every login fails',
    hint: 'write the Location of the SingleSignOnService with the binding HTTP-POST, which the metadata has',
  };
}
