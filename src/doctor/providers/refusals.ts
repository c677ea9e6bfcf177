import type { Code } from '../../diagnostics/codes';

/** Words by which a provider, or Dex, refuses a request for a login: one row of what is known about them. */
export interface Refusal {
  readonly text: RegExp;
  readonly code: Code;
  /** Why it says so. */
  readonly cause: string;
  /** What to do: the callback URL and the client id stand for themselves in braces. */
  readonly fix: string;
}

const REGISTER = 'register {callback} at the provider, character by character';
const CALLBACK = 'the callback URL is not one of those that are registered for the client';
const CLIENT = 'the provider has no client with this id';
const SET_CLIENT =
  'write the client id of an application that exists, or create it again: {client} was removed, is of another tenant, or has a slip';
const SCOPE = 'the provider refuses a scope that the connector asks for';
const SET_SCOPES =
  'write scopes that the provider has, or permit them to the client there; Dex asks for {scopes}';

const callback = (text: RegExp, fix = REGISTER): Refusal => ({ text, code: 'HOP014', cause: CALLBACK, fix });
const client = (text: RegExp, fix = SET_CLIENT): Refusal => ({ text, code: 'HOP015', cause: CLIENT, fix });
const scope = (text: RegExp, fix = SET_SCOPES): Refusal => ({ text, code: 'HOP016', cause: SCOPE, fix });

/** Words of providers, the first that fits being the one: those of one provider before those that several share. */
export const providerRefusals: readonly Refusal[] = [
  // Entra ID
  callback(
    /AADSTS50011: [^"<\\]{0,400}/,
    'add {callback} to the redirect URIs of the app registration, as a platform of type Web',
  ),
  callback(/AADSTS90023: [^"<\\]{0,300}redirect[^"<\\]{0,100}/i),
  client(
    /AADSTS700016: [^"<\\]{0,400}/,
    'write the application (client) id of an app registration of this directory, or the id of the directory that {client} is in',
  ),
  client(/AADSTS(90002|900023): [^"<\\]{0,400}/, 'write the id of the directory that the application is in'),
  client(
    /AADSTS(7000112|7000218): [^"<\\]{0,400}/,
    'switch the application on again, and give it a client secret',
  ),
  scope(/AADSTS(650053|70011|28003): [^"<\\]{0,400}/),
  {
    text: /AADSTS(65001|90094|90095|90099): [^"<\\]{0,400}/,
    code: 'HOP017',
    cause: 'no administrator has consented to what Dex asks for',
    fix: 'grant admin consent to {scopes} of Microsoft Graph: App registrations > API permissions > Grant admin consent; groups of a connector of type microsoft need Directory.Read.All',
  },
  {
    text: /AADSTS50105: [^"<\\]{0,400}/,
    code: 'HOP017',
    cause: 'the directory does not let users have the application yet',
    fix: 'assign users to the application, or switch off that an assignment is required',
  },
  {
    text: /AADSTS\d{4,}: [^"<\\]{0,400}/,
    code: 'HOP017',
    cause: 'Entra ID refuses the request',
    fix: 'look the number up at login.microsoftonline.com/error',
  },
  // Google
  callback(
    /(Error 400: )?redirect_uri_mismatch/,
    'add {callback} to the authorized redirect URIs of the OAuth client',
  ),
  client(/Error 401: (invalid|deleted)_client[^<"]{0,100}|The OAuth client was not found\.?/),
  scope(/Error 400: invalid_scope/),
  {
    text: /Error 403: (org_internal|access_denied|disallowed_useragent)/,
    code: 'HOP017',
    cause: 'the consent screen of the project does not let these users in',
    fix: 'publish the application, or add the users to those of its test',
  },
  // Auth0
  callback(
    /Callback URL mismatch\.?[^<"]{0,200}|(?<![^\s"<])[^\s"<]+ is not in the list of allowed callback URLs\.?/i,
    'add {callback} to Allowed Callback URLs of the application, or run terraform apply in the folder of the output terraform',
  ),
  client(/Unknown client: ?[^\s<"]*/),
  {
    text: /(Invalid|Unknown) organization[^<"]{0,100}|parameter organization is required[^<"]{0,100}/i,
    code: 'HOP017',
    cause: 'the application demands an organization, which Dex cannot name',
    fix: 'let the application ask for the organization before or after the login',
  },
  // Okta
  callback(
    /The 'redirect_uri' parameter must be a Login redirect URI in the client app settings[^<"]{0,200}/,
    'add {callback} to the sign-in redirect URIs of the application',
  ),
  client(/Invalid value for 'client_id' parameter\.?/),
  scope(/One or more scopes are not configured for the authorization server resource\.?/),
  {
    text: /(User is not assigned to the client application|Policy evaluation failed for this request)[^<"]{0,100}/,
    code: 'HOP017',
    cause: 'a policy or an assignment keeps users out',
    fix: 'assign the users to the application, and let a policy of the authorization server take its client',
  },
  // Keycloak
  callback(
    /Invalid parameter: redirect_uri/,
    'add {callback} to Valid redirect URIs of the client; some releases say the same when the client does not exist',
  ),
  client(/Client not found\.?|Invalid parameter: client_id/i),
  {
    text: /Client (is )?disabled\.?|Standard flow is disabled for the client\.?|Login requester not enabled/i,
    code: 'HOP017',
    cause: 'the client is switched off, or has no standard flow',
    fix: 'enable the client and its standard flow',
  },
  scope(/Invalid scopes: [^<"]{0,200}/),
  {
    text: /Realm does not exist/,
    code: 'HOP015',
    cause: 'the issuer names a realm that does not exist',
    fix: 'write the issuer of a realm that exists',
  },
  // Cognito
  callback(/redirect_mismatch/, 'add {callback} to the allowed callback URLs of the app client'),
  client(/User pool client [^\s<"]+ does not exist\.?/),
  // ADFS
  callback(/MSIS9224: [^<]{0,300}/, 'add {callback} to the redirect URIs of the application group'),
  client(/MSIS9223: [^<]{0,300}/),
  // Dex or other products of Go behind Dex
  callback(/Unregistered redirect_uri \("[^"]*"\)\.?/),
  client(/Invalid client_id \("[^"]*"\)\.?/),
  // Ory Hydra, and what is made of it
  callback(
    /The 'redirect_uri' parameter does not match any of the OAuth 2\.0 Client's pre-registered redirect urls\.?/,
  ),
  client(/The requested OAuth 2\.0 Client does not exist\.?/),
  scope(/The OAuth 2\.0 Client is not allowed to request scope '[^']*'\.?/),
  // GitLab, and what is made of Doorkeeper
  callback(
    /The redirect ur[il] included is not valid\.?/i,
    'add {callback} to the redirect URIs of the application',
  ),
  client(/Client authentication failed due to unknown client[^<"]{0,100}/),
  scope(/The requested scope is invalid, unknown, or malformed\.?/),
  // ZITADEL
  callback(/The requested redirect_uri is missing in the client configuration[^<"]{0,60}/),
  client(/Errors\.App\.NotFound|client not found/),
  // authentik
  callback(/Redirect URI Error[^<"]{0,200}/, 'add {callback} to the redirect URIs of the provider'),
  client(/The client identifier \(client_id\) is missing or invalid\.?/),
  // oidc-provider, and what is made of it
  callback(/redirect_uri did not match any of the client's registered redirect_uris/),
  client(/client is invalid/),
  scope(
    /requested scope is not allowed[^<"]{0,100}|scope must only contain Authorization Server supported scope values/,
  ),
  // GitHub, Gitea, LinkedIn, Bitbucket, PingFederate
  callback(/The `?redirect_uri`? MUST match the registered callback URL for this application\.?/i),
  callback(/The redirect_uri does not match the registered value/i),
  callback(/Unregistered Redirect URI|Invalid redirect_uri|Invalid callback_url/i),
  client(/Client ID not registered|Unknown or invalid client_id\.?|Invalid client_id|invalid application/i),
  scope(/unauthorized_scope_error[^<"]{0,100}/),
  // What OAuth itself calls them
  callback(/\b(invalid_redirect_uri|redirect_uri[_ ]mismatch)\b/),
  scope(/\binvalid_scope\b/),
  client(/\b(invalid_client|unauthorized_client)\b/),
];

/** Words of Dex at its own pages, before anyone is sent to a provider. */
export const dexRefusals: readonly Refusal[] = [
  {
    text: /Invalid client_id \(&?"?[^)]{0,100}\)\.?/,
    code: 'HOP011',
    cause: 'Dex has no client of this id: it runs with another document, or was never told',
    fix: 'deploy this document; where pachctl manages the clients, run pachctl idp list-client',
  },
  {
    text: /Unregistered redirect_uri \([^)]{0,300}\)\.?/,
    code: 'HOP011',
    cause: "the client's redirect URIs in Dex do not have the one that pachd sends",
    fix: 'deploy this document, or set access.urls to what runs',
  },
  {
    text: /unable to start Dex server, check logs/,
    code: 'HOP013',
    cause: 'the Dex inside pachd does not start: it cannot open a connector, or its configuration is wrong',
    fix: 'look for "unable to start Dex server" in the log of pachd: kubectl logs deployment/pachd',
  },
  {
    text: /Connector ID does not match a valid Connector|Requested resource does not exist\.?|Bad connector ID/,
    code: 'HOP012',
    cause: 'Dex has no connector of this id: it runs with another document',
    fix: 'deploy this document',
  },
  {
    text: /Login error\.?|Connector Login Error|Internal server error\.?|Failed to (connect to the database|retrieve connector list)\.?|Database error\.?/,
    code: 'HOP013',
    cause:
      'Dex cannot begin a login; its log has the reason, such as `expected callback URL "…" did not match the URL in the config "…"`',
    fix: 'look into the log of Dex; leave redirectURI out of the connector, so that it is derived',
  },
];

/** A refusal found on a page, with what the page says. */
export interface FoundRefusal {
  readonly refusal: Refusal;
  /** The words of the page. */
  readonly quote: string;
}

/** Looks for a known text in these, the first text first. */
export function findRefusal(
  refusals: readonly Refusal[],
  texts: readonly string[],
): FoundRefusal | undefined {
  for (const refusal of refusals)
    for (const text of texts) {
      const quote = refusal.text.exec(text)?.[0];
      if (quote !== undefined) return { refusal, quote: quote.trim() };
    }
  return undefined;
}
