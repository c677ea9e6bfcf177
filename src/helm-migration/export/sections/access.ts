import type { ClusterUrls } from '../../../model/urls';
import { chartUrls, type ChartUrls } from '../chart-urls';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';
import { restoreCertificate } from './certificates';

/** The way in, and the URLs that the chart derives otherwise. */
export const access: ExportSection = {
  restore(context) {
    const { access: way, enterpriseServer } = context.cluster;
    const hasIngress = way.via === 'ingress';
    context.set('ingress.enabled', hasIngress);
    context.set('proxy.enabled', way.proxy.enabled);
    context.say('access.via', 'carried', { field: hasIngress ? 'ingress.enabled' : 'proxy.enabled' });
    context.say('access.ingress.through', 'carried', { field: 'proxy.enabled' });
    if (context.get('access.ingress.className') !== undefined)
      context.refuse(
        'access.ingress.className',
        'the chart has no value for it; the annotation kubernetes.io/ingress.class in access.ingress.annotations is the older way',
      );
    const service = enterpriseServer ? 'enterpriseServer' : 'pachd';
    context.set(`${service}.service.type`, context.cluster[service]?.service.type ?? 'ClusterIP');
    context.say(`${service}.service.type`, 'carried', { field: `${service}.service.type` });
    restoreHost(context, hasIngress);
    restoreTls(context, hasIngress);
    restoreUrls(context);
  },
};

function hasPublicHost({ cluster: { access: way } }: ExportContext): boolean {
  return way.via === 'ingress' || way.proxy.enabled;
}

/** The host with its port, as the chart writes it into URLs. */
function hostOf({ cluster: { access: way } }: ExportContext): string {
  if (way.host === undefined) return '';
  const name = way.host.includes(':') ? `[${way.host}]` : way.host;
  return way.port === undefined ? name : `${name}:${way.port}`;
}

function restoreHost(context: ExportContext, hasIngress: boolean): void {
  const path = hasIngress ? 'ingress.host' : 'proxy.host';
  const host = hostOf(context);
  if (!hasPublicHost(context)) {
    // It is in the URLs, which the chart would not derive from it.
    context.say('access.host', 'derived', { message: 'it is in the URLs' });
    return context.say('access.port', 'derived', { message: 'it is in the URLs' });
  }
  if (host !== '') context.set(path, host);
  context.say('access.host', 'carried', { field: path });
  if (host === '' && context.get('access.port') !== undefined)
    return context.say('access.port', 'derived', { message: 'it is in the URLs' });
  context.say('access.port', 'carried', { field: path });
}

function restoreTls(context: ExportContext, hasIngress: boolean): void {
  const { tls } = context.cluster.access;
  if (!tls) return;
  const path = hasIngress ? 'ingress.tls' : 'proxy.tls';
  if (tls.offloaded) {
    context.set('ingress.uriHttpsProtoOverride', true);
    const field = 'access.tls.offloaded';
    if (hasIngress) context.say(field, 'carried', { field: 'ingress.uriHttpsProtoOverride' });
    else
      context.refuse(
        field,
        'ingress.uriHttpsProtoOverride makes the URLs https, but PACHYDERM_PUBLIC_TLS is false in the chart, so clients are shown addresses without TLS',
      );
    return;
  }
  if (!hasPublicHost(context))
    return context.refuse('access.tls', 'nothing serves it without an Ingress or the proxy');
  if (tls.secretName === undefined)
    return context.refuse('access.tls', 'the chart wants the name of a Secret; give access.tls.secretName');
  context.set(`${path}.enabled`, true);
  context.set(`${path}.secretName`, tls.secretName, 'access.tls.secretName');
  if (hasIngress)
    restoreCertificate(context, 'access.tls.newSecret', tls.newSecret, { path: `${path}.newSecret` });
  else
    restoreCertificate(context, 'access.tls.newSecret', tls.newSecret, {
      path: `${path}.secret`,
      certificate: 'cert',
    });
  if (hasIngress && tls.newSecret && !context.cluster.console.enabled)
    context.refuse('access.tls.newSecret', 'the chart writes the Secret of an Ingress only beside Console');
}

const URL_VALUES = {
  issuer: 'oidc.issuerURI',
  userAccessibleIssuer: 'oidc.userAccessibleOauthIssuerHost',
  pachdRedirect: 'pachd.oauthRedirectURI',
  consoleRedirect: 'console.config.oauthRedirectURI',
  consoleIssuer: 'console.config.reactAppRuntimeIssuerURI',
} as const satisfies Partial<Record<keyof ChartUrls & keyof ClusterUrls, string>>;

/** Sets every URL that the chart would derive another one for. */
function restoreUrls(context: ExportContext): void {
  const { cluster } = context;
  const { access: way, urls } = cluster;
  const derived = chartUrls({
    release: cluster.release,
    hasIngress: way.via === 'ingress',
    hasProxy: way.proxy.enabled,
    isNodePort: cluster.pachd.service.type === 'NodePort' && !cluster.enterpriseServer,
    isHttps: way.tls !== undefined && hasPublicHost(context),
    isMember: cluster.enterprise?.member !== undefined,
    host: hasPublicHost(context) ? hostOf(context) : '',
  });
  for (const name of Object.keys(URL_VALUES) as (keyof typeof URL_VALUES)[]) {
    const [path, url, field] = [URL_VALUES[name], urls[name], `access.urls.${name}`];
    if (url !== undefined && url !== derived[name]) {
      context.set(path, url);
      context.say(field, 'carried', { field: path });
    } else context.say(field, 'derived', { field: path });
  }
  context.say('access.urls.callback', 'carried', { field: 'oidc.upstreamIDPs' });
  const field = 'access.localhostIssuer';
  if (urls.localhostIssuer !== derived.localhostIssuer)
    context.set('pachd.localhostIssuer', String(urls.localhostIssuer));
  context.say(field, 'carried', { field: 'pachd.localhostIssuer' });
}
