import type { ClusterDocument } from '../../generated/cluster-document';
import type { AccessVia } from '../../model/cluster';
import { defaultVia, resolveAccess } from '../../model/resolve-access';
import { literalSecret } from '../../model/secret';
import type { ClusterUrls } from '../../model/urls';
import type { ImportContext } from '../context';
import { NO_PACHD, type Section } from '../row';
import { carryNewCertificate } from './certificates';

/** The way in, and URLs that values set themselves. */
export const access: Section = {
  carry(context) {
    const way = wayIn(context);
    carryWay(context, way);
    carryHost(context, way);
    carryTls(context, way);
    carryServiceType(context, way.via);
    carryUrls(context, way);
    carryLocalhostIssuer(context);
  },
};

interface WayIn {
  readonly via: AccessVia;
  readonly ingress: boolean;
  readonly proxy: boolean;
}

function wayIn(context: ImportContext): WayIn {
  const { values, release } = context;
  const ingress = values.isTrue('ingress.enabled');
  const proxy = release.hasProxy && values.isTrue('proxy.enabled');
  const service = context.isEnterpriseServer ? 'enterpriseServer' : 'pachd';
  const isNodePort = values.text(`${service}.service.type`) === 'NodePort';
  return {
    via: ingress ? 'ingress' : proxy ? 'proxy' : isNodePort ? 'nodePort' : 'portForward',
    ingress,
    proxy,
  };
}

function carryWay(context: ImportContext, { via, ingress, proxy }: WayIn): void {
  const { release } = context;
  if (via !== defaultVia(release)) context.set('access.via', via);
  context.say('ingress.enabled', ingress ? 'carried' : 'default', ingress ? { field: 'access.via' } : {});
  if (!ingress) {
    if (release.hasProxy)
      context.say('proxy.enabled', proxy === release.usesProxyByDefault ? 'default' : 'carried', {
        ...(proxy === release.usesProxyByDefault ? {} : { field: 'access.via' }),
      });
    return;
  }
  const field = 'access.ingress.through';
  if (proxy !== release.usesProxyByDefault) context.set(field, proxy ? 'proxy' : 'services');
  if (release.hasProxy)
    context.say('proxy.enabled', proxy === release.usesProxyByDefault ? 'default' : 'carried', { field });
}

function carryHost(context: ImportContext, { ingress, proxy }: WayIn): void {
  const { values, release } = context;
  const used = ingress ? 'ingress.host' : proxy ? 'proxy.host' : undefined;
  for (const path of ['ingress.host', ...(release.hasProxy ? ['proxy.host'] : [])]) {
    if (path === used) continue;
    // Up to 2.2 the host makes the URLs even where there is no Ingress; that is looked at with them.
    if (path === 'ingress.host' && !release.hasProxy) context.touch(path);
    else if (values.text(path) === '') context.say(path, 'default');
    else context.say(path, 'idle', { message: idleHost(path, ingress) });
  }
  if (used === undefined) return;
  const written = values.text(used);
  if (written === '') return context.say(used, 'default');
  const { host, port } = splitHost(written);
  context.set('access.host', host);
  context.set('access.port', port);
  context.say(used, 'carried', { field: port === undefined ? 'access.host' : 'access.host and access.port' });
}

function idleHost(path: string, ingress: boolean): string {
  if (path === 'ingress.host') return 'ingress.enabled is false';
  return ingress ? 'ingress.enabled is true, and ingress.host makes the URLs' : 'proxy.enabled is false';
}

/** `localhost:8080` taken apart; what has no port stays as it is. */
function splitHost(written: string): { host: string; port?: number } {
  const match = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(written);
  const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
  return match
    ? { host: unbracketed(match[1] ?? ''), port: Number(match[2]) }
    : { host: unbracketed(written) };
}

/** What serves TLS, and what else makes the chart take it for https in every URL. */
interface TlsState {
  /** The section of the way in, which may serve TLS. */
  readonly own?: string;
  readonly isServed: boolean;
  /** Whether URLs are https although nothing here serves TLS. */
  readonly isOffloaded: boolean;
}

const OVERRIDE = 'ingress.uriHttpsProtoOverride';

function carryTls(context: ImportContext, { ingress, proxy }: WayIn): void {
  const { values, release } = context;
  const own = ingress ? 'ingress.tls' : proxy ? 'proxy.tls' : undefined;
  const others = ['ingress.tls', ...(release.hasProxy ? ['proxy.tls'] : [])].filter((path) => path !== own);
  const isServed = own !== undefined && values.isTrue(`${own}.enabled`);
  const isHttps = values.isTrue(OVERRIDE) || others.some((path) => values.isTrue(`${path}.enabled`));
  const state = { ...(own === undefined ? {} : { own }), isServed, isOffloaded: !isServed && isHttps };
  if (own !== undefined) carryServedTls(context, own, isServed);
  carryCertificates(context, own, isServed);
  if (state.isOffloaded && own !== undefined) context.set('access.tls', { offloaded: true });
  carryOverride(context, state);
  for (const path of others) carryOtherTls(context, path, state);
}

function carryServedTls(context: ImportContext, own: string, isServed: boolean): void {
  const secretName = context.values.text(`${own}.secretName`);
  if (!isServed) {
    context.say(`${own}.enabled`, 'default');
    return context.say(`${own}.secretName`, secretName === '' ? 'default' : 'idle', {
      message: `${own}.enabled is false`,
    });
  }
  context.set('access.tls', secretName === '' ? {} : { secretName });
  context.say(`${own}.enabled`, 'carried', { field: 'access.tls' });
  context.say(`${own}.secretName`, 'carried', { field: 'access.tls.secretName' });
}

/** The Ingress gets its Secret only beside Console; that of the proxy needs no switch. */
function carryCertificates(context: ImportContext, own: string | undefined, isServed: boolean): void {
  const { values, release } = context;
  const to = 'access.tls.newSecret';
  carryNewCertificate(context, {
    from: 'ingress.tls.newSecret',
    names: { certificate: 'crt', key: 'key', create: 'create' },
    to,
    isOn:
      own === 'ingress.tls' &&
      isServed &&
      values.isTrue('ingress.tls.newSecret.create') &&
      values.isTrue('console.enabled'),
    off: 'nothing serves it, or the chart does not write it without Console and ingress.tls.newSecret.create',
  });
  if (release.hasProxy)
    carryNewCertificate(context, {
      from: 'proxy.tls.secret',
      names: { certificate: 'cert', key: 'key' },
      to,
      isOn: own === 'proxy.tls' && isServed,
      off: 'the proxy does not serve it',
    });
}

function carryOverride(context: ImportContext, { own, isServed, isOffloaded }: TlsState): void {
  if (!context.values.isTrue(OVERRIDE)) return context.say(OVERRIDE, 'default');
  if (isOffloaded && (own !== undefined || hostMakesUrls(context)))
    return context.say(OVERRIDE, 'carried', { field: 'access.tls.offloaded' });
  context.say(OVERRIDE, 'idle', {
    message: isServed ? 'URLs are https already' : 'there is no host whose URLs it would change',
  });
}

function carryOtherTls(context: ImportContext, path: string, { own, isOffloaded }: TlsState): void {
  const { values } = context;
  const names = ['enabled', 'secretName'] as const;
  if (!values.isTrue(`${path}.enabled`)) {
    const message = `${path}.enabled is false`;
    context.say(`${path}.enabled`, 'default');
    return context.say(`${path}.secretName`, values.text(`${path}.secretName`) === '' ? 'default' : 'idle', {
      message,
    });
  }
  if (path === 'proxy.tls' && own === 'ingress.tls' && values.isTrue('proxy.enabled')) {
    for (const name of names)
      context.say(`${path}.${name}`, 'not-carried', {
        message: 'in a document the Ingress serves TLS, and the proxy behind it plain http',
      });
    return;
  }
  const message = `${path === 'proxy.tls' ? 'proxy' : 'ingress'}.enabled is false`;
  if (own !== undefined && isOffloaded)
    context.say(`${path}.enabled`, 'carried', {
      field: 'access.tls.offloaded',
      message: 'the chart takes it for https in every URL',
    });
  else context.say(`${path}.enabled`, 'idle', { message });
  context.say(`${path}.secretName`, 'idle', { message });
}

/** Up to 2.2 `ingress.host` makes the URLs, also without an Ingress. */
function hostMakesUrls({ values, release }: ImportContext): boolean {
  return !release.hasProxy && values.text('ingress.host') !== '';
}

function carryServiceType(context: ImportContext, via: AccessVia): void {
  const path = 'pachd.service.type';
  const type = context.values.text(path);
  if (context.isEnterpriseServer) {
    const server = 'enterpriseServer.service.type';
    if (context.get(server) === 'NodePort' && via === 'nodePort') {
      context.remove(server);
      if (context.get('enterpriseServer') === undefined) context.set('enterpriseServer', {});
    }
    return context.say(path, 'idle', { message: NO_PACHD });
  }
  if (via === 'nodePort') return context.say(path, 'carried', { field: 'access.via' });
  if (type === 'ClusterIP' || type === '') return context.say(path, 'default');
  context.set('pachd.service.type', type);
  context.say(path, 'carried', { field: path });
}

/** The URLs of the document as it is so far. */
export function urlsOf({ document, release }: ImportContext): ClusterUrls {
  return resolveAccess({
    document: document as unknown as ClusterDocument,
    release,
    secret: () => literalSecret(''),
  }).urls;
}

type Override = 'issuer' | 'pachdRedirect' | 'consoleRedirect' | 'userAccessibleIssuer' | 'consoleIssuer';

const URL_VALUES: Readonly<Record<Override, string>> = {
  issuer: 'oidc.issuerURI',
  userAccessibleIssuer: 'oidc.userAccessibleOauthIssuerHost',
  pachdRedirect: 'pachd.oauthRedirectURI',
  consoleRedirect: 'console.config.oauthRedirectURI',
  consoleIssuer: 'console.config.reactAppRuntimeIssuerURI',
};

/** Sets the URLs that differ from those that pachkit derives; the chart derives no URL from another one. */
function carryUrls(context: ImportContext, way: WayIn): void {
  const { values } = context;
  const derived = urlsOf(context);
  const wanted = new Map<Override, string>(Object.entries(hostUrls(context, way)) as [Override, string][]);
  for (const [name, path] of Object.entries(URL_VALUES) as [Override, string][]) {
    const written = values.text(path);
    if (written === '') {
      context.say(path, 'default');
      continue;
    }
    if (name.startsWith('console') && !values.isTrue('console.enabled')) {
      context.say(path, 'idle', { message: 'console.enabled is false' });
      continue;
    }
    wanted.set(name, name === 'userAccessibleIssuer' ? withScheme(written, context) : written);
  }
  const field = (name: Override): string => `access.urls.${name}`;
  for (const [name, url] of wanted) {
    if (isDerived(name, url, derived, context))
      context.say(URL_VALUES[name], 'derived', { field: field(name) });
    else {
      context.set(field(name), url);
      context.say(URL_VALUES[name], 'carried', { field: field(name) });
    }
  }
  if (context.get('access.urls.issuer') === undefined) return;
  // pachkit derives others from an issuer that is set; the chart does not.
  const now = urlsOf(context);
  for (const name of ['consoleIssuer', 'userAccessibleIssuer'] as const) {
    const before = derived[name];
    if (context.get(field(name)) !== undefined || before === undefined || now[name] === before) continue;
    const url = name === 'userAccessibleIssuer' ? withScheme(before, context) : before;
    context.setBecauseOf(field('issuer'), field(name), url);
  }
}

function isDerived(name: Override, url: string, derived: ClusterUrls, context: ImportContext): boolean {
  const own = derived[name];
  return own !== undefined && url === (name === 'userAccessibleIssuer' ? withScheme(own, context) : own);
}

/** The chart puts the scheme in front of what does not begin with `http`, as `httpd.example.com` does too; older ones have none at all. */
function withScheme(host: string, context: ImportContext): string {
  return /^https?:\/\//.test(host)
    ? host
    : `${context.get('access.tls') === undefined ? 'http' : 'https'}://${host}`;
}

function hostUrls(context: ImportContext, { via }: WayIn): Partial<Record<Override, string>> {
  const { values } = context;
  if (via === 'ingress' || !hostMakesUrls(context)) {
    return {};
  }
  const isHttps = ['ingress.tls.enabled', 'ingress.uriHttpsProtoOverride'].some((path) =>
    values.isTrue(path),
  );
  const origin = `${isHttps ? 'https' : 'http'}://${values.text('ingress.host')}`;
  context.say('ingress.host', 'carried', {
    field: 'access.urls',
    message: 'up to 2.2 it makes the URLs even with ingress.enabled: false',
  });
  return {
    issuer: `${origin}/dex`,
    pachdRedirect: `${origin}/authorization-code/callback`,
    consoleRedirect: `${origin}/oauth/callback/?inline=true`,
    consoleIssuer: origin,
    userAccessibleIssuer: 'http://localhost:30658',
  };
}

function carryLocalhostIssuer(context: ImportContext): void {
  const path = 'pachd.localhostIssuer';
  const written = context.values.text(path);
  if (written === '') return context.say(path, 'default');
  const field = 'access.localhostIssuer';
  if (written === String(urlsOf(context).localhostIssuer)) return context.say(path, 'derived', { field });
  context.set(field, written === 'true' ? true : written === 'false' ? false : written);
  context.say(path, 'carried', { field });
}
