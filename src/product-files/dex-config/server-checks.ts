import {
  isMappingOrMissing,
  isThereAt,
  isTrueAt,
  itemsAt,
  textAt,
  type ServerCheck,
  type ServerConfig,
} from './server-config';
import { minorOf } from '../../connectors/target';
import { type PathStep } from '../../document/source-node';
import { dexCallbackUrl } from '../../model/go-path';
import { repeatedIds } from '../repeated-ids';
import { callbackClassOf } from './server-config';

const TLS_VERSIONS_SINCE = 38;

/** `must supply a HTTP/HTTPS  address to listen on` has two blanks in Dex too. */
const listens: ServerCheck = (config) => {
  if (!isMappingOrMissing(config, ['web'])) return;
  if (isThereAt(config, ['web', 'http']) || isThereAt(config, ['web', 'https'])) return;
  config.report.add(
    'DEX204',
    config.root.entries?.has('web') ? ['web'] : [],
    'There is neither `web.http` nor `web.https`: `must supply a HTTP/HTTPS  address to listen on`',
    {
      onKey: true,
      hint: 'add `web: { http: 0.0.0.0:5556 }`, unless Dex is started with --web-http-addr or --web-https-addr',
    },
  );
};

const servesHttpsWithCertificate: ServerCheck = (config) => {
  if (!isThereAt(config, ['web', 'https'])) return;
  const needed = { tlsCert: 'no cert specified for HTTPS', tlsKey: 'no private key specified for HTTPS' };
  for (const [key, error] of Object.entries(needed))
    if (!isThereAt(config, ['web', key]))
      config.report.add(
        'DEX204',
        ['web'],
        `\`web.${key}\` is missing, which \`web.https\` needs: \`${error}\``,
        {
          onKey: true,
          hint: `add \`${key}\`, the path of a file in the container`,
        },
      );
};

const ordersTlsVersions: ServerCheck = (config) => {
  if (minorOf(config.target) < TLS_VERSIONS_SINCE) return;
  for (const section of ['web', 'grpc'])
    if (
      textAt(config, [section, 'tlsMinVersion']) === '1.3' &&
      textAt(config, [section, 'tlsMaxVersion']) === '1.2'
    )
      config.report.add(
        'DEX205',
        [section, 'tlsMaxVersion'],
        `\`${section}.tlsMaxVersion\` is below \`${section}.tlsMinVersion\`: \`TLSMinVersion greater than TLSMaxVersion\``,
        { hint: 'exchange the two, or remove one of them' },
      );
};

const securesGrpc: ServerCheck = (config) => {
  const has = (key: string): boolean => isThereAt(config, ['grpc', key]);
  const missing = (key: string, error: string): void =>
    config.report.add('DEX204', ['grpc'], `\`grpc.${key}\` is missing: \`${error}\``, {
      onKey: true,
      hint: `add \`${key}\`, or remove the other keys of TLS`,
    });
  if ((has('tlsCert') || has('tlsKey')) && !has('addr')) missing('addr', 'no address specified for gRPC');
  if (has('tlsCert') !== has('tlsKey'))
    missing(has('tlsCert') ? 'tlsKey' : 'tlsCert', 'must specific both a gRPC TLS cert and key');
  if (has('tlsClientCA') && !has('tlsCert') && !has('tlsKey'))
    missing('tlsCert', 'cannot specify gRPC TLS client CA without a gRPC TLS cert');
  if (has('addr') && !has('tlsClientCA'))
    config.report.add(
      'DEX209',
      ['grpc', 'addr'],
      'Whoever reaches the gRPC address reads and changes clients, passwords and connectors: without `grpc.tlsClientCA` nobody is asked who they are',
      { severity: 'warning', hint: 'add `tlsCert`, `tlsKey` and `tlsClientCA`, or listen on 127.0.0.1 only' },
    );
};

const enablesPasswordDatabase: ServerCheck = (config) => {
  if (!isThereAt(config, ['staticPasswords']) || isTrueAt(config, ['enablePasswordDB'])) return;
  config.report.add(
    'DEX205',
    ['staticPasswords'],
    '`staticPasswords` are there without `enablePasswordDB: true`: `cannot specify static passwords without enabling password db`',
    { onKey: true, hint: 'add `enablePasswordDB: true`, or remove `staticPasswords`' },
  );
};

const hasConnectors: ServerCheck = (config) => {
  if (isThereAt(config, ['connectors']) || isTrueAt(config, ['enablePasswordDB'])) return;
  // Connectors can be in the storage too; that of `memory` is empty at start.
  const isMemory = textAt(config, ['storage', 'type']) === 'memory';
  config.report.add(
    isMemory ? 'DEX204' : 'DEX209',
    [],
    `There are no connectors and no passwords to log in with: ${isMemory ? '' : 'unless the storage holds connectors, '}\`server: no connectors specified\``,
    {
      onKey: true,
      severity: isMemory ? 'error' : 'warning',
      hint: 'add `connectors`, or `enablePasswordDB: true`',
    },
  );
};

const choosesKubernetesAccess: ServerCheck = (config) => {
  if (textAt(config, ['storage', 'type']) !== 'kubernetes') return;
  const path = ['storage', 'config'];
  const inCluster = isTrueAt(config, [...path, 'inCluster']);
  const kubeConfigFile = isThereAt(config, [...path, 'kubeConfigFile']);
  if (inCluster !== kubeConfigFile) return;
  config.report.add(
    inCluster ? 'DEX205' : 'DEX204',
    inCluster ? [...path, 'kubeConfigFile'] : path,
    inCluster
      ? "`inCluster` and `kubeConfigFile` exclude each other: `cannot specify both 'inCluster' and 'kubeConfigFile'`"
      : "Storage of type kubernetes does not know its API server: `must specify either 'inCluster' or 'kubeConfigFile'`",
    { onKey: true, hint: inCluster ? 'keep one of them' : 'add `config: { inCluster: true }`' },
  );
};

const encryptsDatabase: ServerCheck = (config) => {
  if (textAt(config, ['storage', 'type']) !== 'postgres') return;
  if (isThereAt(config, ['storage', 'config', 'ssl', 'mode'])) return;
  config.report.add(
    'DEX209',
    ['storage', 'config'],
    'Without `ssl.mode` Dex demands a certificate of Postgres that the system trusts and that names the host (verify-full); a Postgres in the cluster rarely has one',
    {
      onKey: true,
      severity: 'warning',
      hint: 'write `ssl: { mode: disable }`, or verify-full with `caFile`',
    },
  );
};

const checksClients: ServerCheck = (config) => {
  for (const [index, client] of itemsAt(config, ['staticClients']).entries())
    if (client.entries) checkClient(config, ['staticClients', index]);
  reportRepeated(config, 'staticClients', 'id', 'client', 'the last one counts, without a word');
};

function checkClient(config: ServerConfig, path: readonly PathStep[]): void {
  const { report } = config;
  const has = (key: string): boolean => isThereAt(config, [...path, key]);
  const isPublic = isTrueAt(config, [...path, 'public']);
  const id = textAt(config, [...path, 'id']) ?? textAt(config, [...path, 'idEnv']) ?? '';
  const exclusive = (key: string, other: string, names: string): void =>
    report.add(
      'DEX205',
      [...path, other],
      `\`${key}\` and \`${other}\` exclude each other: \`invalid config: ${names} fields are exclusive for client "${id}"\``,
      { onKey: true, hint: 'keep one of them' },
    );
  const missing = (keys: string, error: string): void =>
    report.add('DEX204', path, `The client has neither ${keys}: \`invalid config: ${error}\``, {
      onKey: true,
      hint: 'add one of them',
    });
  if (has('id') && has('idEnv')) exclusive('id', 'idEnv', 'ID and IDEnv');
  if (!has('id') && !has('idEnv')) missing('`id` nor `idEnv`', 'ID or IDEnv field is required for a client');
  if (has('secret') && has('secretEnv')) exclusive('secret', 'secretEnv', 'Secret and SecretEnv');
  if (!has('secret') && !has('secretEnv') && !isPublic)
    missing('`secret` nor `secretEnv`', `Secret or SecretEnv field is required for client "${id}"`);
  const uris = itemsAt(config, [...path, 'redirectURIs']).map((node) => node.scalar);
  for (const [index, uri] of uris.entries())
    if (typeof uri === 'string' && uri.includes('*'))
      report.add(
        'DEX205',
        [...path, 'redirectURIs', index],
        `Dex compares redirect URIs as texts, and no client sends "${uri}": \`Unregistered redirect_uri ("…")\``,
        { hint: 'list every URI' },
      );
  if (isPublic && uris.length > 0 && !uris.includes('/device/callback'))
    report.add(
      'DEX209',
      [...path, 'redirectURIs'],
      'A public client with `redirectURIs` may use those only; the device flow needs `/device/callback` among them',
      {
        onKey: true,
        severity: 'warning',
        hint: 'add /device/callback, unless the client never uses the device flow',
      },
    );
}

const checksPasswords: ServerCheck = (config) => {
  for (const [index, password] of itemsAt(config, ['staticPasswords']).entries()) {
    if (!password.entries) continue;
    const path = ['staticPasswords', index];
    if (!isThereAt(config, [...path, 'hash']) && !isThereAt(config, [...path, 'hashFromEnv']))
      config.report.add(
        'DEX204',
        path,
        'The password has neither `hash` nor `hashFromEnv`: `error unmarshaling JSON: no password hash provided`',
        { onKey: true, hint: 'add one of them' },
      );
  }
  reportRepeated(config, 'staticPasswords', 'email', 'password', 'the last one counts', true);
};

const checksConnectorIds: ServerCheck = (config) => {
  reportRepeated(
    config,
    'connectors',
    'id',
    'connector',
    'the last one counts, and the login page shows both',
  );
  if (!isTrueAt(config, ['enablePasswordDB'])) return;
  for (const [index, connector] of itemsAt(config, ['connectors']).entries())
    if (connector.entries?.get('id')?.scalar === 'local')
      config.report.add(
        'DEX207',
        ['connectors', index, 'id'],
        'The id "local" is that of the password database, which `enablePasswordDB` adds; one of the two is out of reach',
        { hint: 'give the connector another id' },
      );
};

function reportRepeated(
  config: ServerConfig,
  list: string,
  key: string,
  noun: string,
  effect: string,
  foldCase = false,
): void {
  const values = itemsAt(config, [list]).map((item) => item.entries?.get(key)?.scalar);
  for (const { index, id, first } of repeatedIds(values, foldCase))
    config.report.add(
      'DEX207',
      [list, index, key],
      `The ${key} "${id}" is that of ${noun} ${first + 1} of the list already: ${effect}`,
      { hint: `give every ${noun} ${key === 'id' ? 'an id' : 'an email'} of its own` },
    );
}

const checksTrustedPeers: ServerCheck = (config) => {
  const clients = itemsAt(config, ['staticClients']);
  const ids = new Set(clients.map((client) => client.entries?.get('id')?.scalar));
  if (clients.some((client) => client.entries?.has('idEnv'))) return;
  for (const [index] of clients.entries())
    for (const [at, peer] of itemsAt(config, ['staticClients', index, 'trustedPeers']).entries())
      if (typeof peer.scalar === 'string' && !ids.has(peer.scalar))
        config.report.add(
          'DEX209',
          ['staticClients', index, 'trustedPeers', at],
          `There is no client "${peer.scalar}" to trust among \`staticClients\``,
          { severity: 'warning', hint: 'correct the id, unless the client is made through the API' },
        );
};

const choosesPasswordConnector: ServerCheck = (config) => {
  const path = ['oauth2', 'passwordConnector'];
  const id = textAt(config, path);
  if (id === undefined || (id === 'local' && isTrueAt(config, ['enablePasswordDB']))) return;
  const connector = itemsAt(config, ['connectors']).find((each) => each.entries?.get('id')?.scalar === id);
  const callback = connector && callbackClassOf(connector);
  if (callback === 'password' || (connector && callback === undefined)) return;
  config.report.add(
    connector ? 'DEX205' : 'DEX209',
    path,
    connector
      ? `The connector "${id}" sends people to its identity provider and takes no passwords, so every password grant fails`
      : `There is no connector "${id}" in the file, so every password grant fails unless the storage holds one`,
    {
      severity: connector ? 'error' : 'warning',
      hint: 'name a connector that takes passwords (ldap, atlassian-crowd, keystone), or local with `enablePasswordDB: true`',
    },
  );
};

/** The path of a connector's redirect URI is written by hand; Dex derives what it must be from its issuer. */
const matchesRedirectUris: ServerCheck = (config) => {
  const issuer = textAt(config, ['issuer']);
  if (issuer === undefined || !/^https?:\/\/[^\s/?#]+/.test(issuer)) return;
  const callback = dexCallbackUrl(issuer);
  for (const [index, connector] of itemsAt(config, ['connectors']).entries()) {
    const path = ['connectors', index, 'config', 'redirectURI'];
    const written = textAt(config, path);
    if (callbackClassOf(connector) !== 'strict' || written === undefined || written === callback) continue;
    if (!/^https?:\/\//.test(written) || /[$<]/.test(written)) continue;
    config.report.add(
      'DEX205',
      path,
      `With the issuer ${issuer} the callback URL is ${callback}, so every login fails: \`expected callback URL "${callback}" did not match the URL in the config "${written}"\``,
      { hint: `write ${callback}, and register it at the identity provider` },
    );
  }
};

const isLocal = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);

const hasSoundIssuer: ServerCheck = (config) => {
  const issuer = textAt(config, ['issuer']);
  const match = /^(https?):\/\/([^\s/?#]+)([^\s?#]*)$/.exec(issuer ?? '');
  if (!match || issuer === undefined) return;
  const [, scheme, host = '', path = ''] = match;
  const warn = (message: string, hint: string): void =>
    config.report.add('DEX209', ['issuer'], message, { severity: 'warning', hint });
  if (path.endsWith('/') || path.includes('//'))
    warn(
      'Clients compare the issuer as text, and callback URLs lose a slash that is there twice or at the end, so that one of the two is easily written otherwise elsewhere',
      `write ${issuer.replace(/(?<!:)\/+/g, '/').replace(/\/$/, '')}`,
    );
  if (scheme === 'http' && !isLocal(host))
    warn(
      'Over http anybody on the way reads passwords and tokens, and many clients, the Kubernetes API server among them, refuse such an issuer',
      'serve Dex over https, and write https here',
    );
};

/** Every check of a Dex configuration that the form of single values does not tell. */
export const serverChecks: readonly ServerCheck[] = [
  hasSoundIssuer,
  listens,
  servesHttpsWithCertificate,
  ordersTlsVersions,
  securesGrpc,
  enablesPasswordDatabase,
  hasConnectors,
  choosesKubernetesAccess,
  encryptsDatabase,
  checksClients,
  checksPasswords,
  checksConnectorIds,
  checksTrustedPeers,
  choosesPasswordConnector,
  matchesRedirectUris,
];
