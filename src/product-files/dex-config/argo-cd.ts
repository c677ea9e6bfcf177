import { isConnectorType, connectorTypes } from '../../connectors/connector-types';
import type { PathStep, SourceNode } from '../../document/source-node';
import { dexCallbackUrl } from '../../model/go-path';
import { WRITTEN_BY_ARGO_CD } from '../../subjects/dex-config';
import { textsUnder } from '../../document/texts-under';
import { addsConnector, operatorTexts, operatorUrl } from './argo-cd-operator';
import { withoutSlash } from '../../forms/without-slash';

/** The key of `argocd-cm`, and of values of Argo CD's chart, under which the configuration of its Dex is a string. */
export const ARGO_CD_KEY = 'dex.config';

/** How deep in values of charts the key is looked for: `argo-cd.configs.cm."dex.config"`. */
const DEPTH = 5;

/** A configuration for the Dex of Argo CD. */
export interface ArgoCdText {
  readonly path: readonly PathStep[];
  readonly node: SourceNode;
  /** Argo CD's own address, which the issuer follows from. */
  readonly url: string | undefined;
  /** Whether connectors are added to those of the text. */
  readonly addsConnector: boolean;
}

/** The strings in a document of which Argo CD makes Dex's file: under `dex.config`, however deep, and in a resource of its operator. */
export function argoCdTexts(root: SourceNode): ArgoCdText[] {
  const url = operatorUrl(root);
  const ofOperator = operatorTexts(root).map((text) => ({
    ...text,
    url,
    addsConnector: addsConnector(root, text),
  }));
  return [...textsByKey(root, [], url), ...ofOperator];
}

function textsByKey(
  root: SourceNode,
  path: readonly PathStep[],
  defaultUrl: string | undefined,
): ArgoCdText[] {
  const found: ArgoCdText[] = [];
  const url = root.entries?.get('url')?.scalar;
  root.entries?.forEach((node, key) => {
    if (key === ARGO_CD_KEY && typeof node.scalar === 'string')
      found.push({
        path: [...path, key],
        node,
        url: typeof url === 'string' && url !== '' ? url : defaultUrl,
        addsConnector: false,
      });
    else if (path.length < DEPTH && node.entries) found.push(...textsByKey(node, [...path, key], defaultUrl));
  });
  return found;
}

/** A reference to a key of a Secret as only Argo CD has it: `$dex.github.clientSecret`, `$other-secret:key`. */
const ARGO_CD_REFERENCE = /^\$[A-Za-z0-9_-]+([.:][A-Za-z0-9_.:-]+)$/;

/**
 * Whether a configuration without what Dex needs is the text for Argo CD by itself. Clients alone are: every other Dex needs an
 * issuer, a storage and an address for them, and no product but Argo CD adds these.
 */
export function isForArgoCd(root: SourceNode, name: string): boolean {
  const keys = [...(root.entries?.keys() ?? [])];
  const isThere = (key: RegExp): boolean => keys.some((each) => key.test(each));
  if (isThere(/^(issuer|storage|web)$/i)) return false;
  if (!isThere(/^(connectors|enablePasswordDB|staticPasswords)$/i))
    return root.entries?.get('staticClients')?.items !== undefined;
  if (!root.entries?.get('connectors')?.items) return false;
  if (name.endsWith(ARGO_CD_KEY)) return true;
  return textsUnder(root).some(
    ({ text }) => ARGO_CD_REFERENCE.test(text) || text.endsWith('/api/dex/callback'),
  );
}

/** The configuration as Argo CD gives it to Dex: with issuer, storage, addresses and the callback of every connector. */
export function completedByArgoCd(
  root: SourceNode,
  { url, addsConnector: isAdding }: Pick<ArgoCdText, 'url' | 'addsConnector'>,
): SourceNode {
  const { source, start, end } = root;
  const place = { source, start, end };
  const text = (scalar: string): SourceNode => ({ ...place, scalar });
  const mapping = (entries: Record<string, SourceNode>): SourceNode => ({
    ...place,
    entries: new Map(Object.entries(entries)),
  });
  const issuer = `${withoutSlash(url ?? 'https://argocd.example.com')}/api/dex`;
  const entries = new Map(root.entries);
  for (const key of [...entries.keys()])
    if (WRITTEN_BY_ARGO_CD.some((name) => name === key.toLowerCase())) entries.delete(key);
  entries.set('issuer', text(issuer));
  entries.set('storage', mapping({ type: text('memory') }));
  entries.set('web', mapping({ http: text('0.0.0.0:5556') }));
  const connectors = entries.get('connectors');
  if (isAdding && !connectors) entries.set('connectors', { ...place, items: [] });
  if (connectors?.items)
    entries.set('connectors', {
      ...connectors,
      items: connectors.items.map((each) => withCallback(each, text(dexCallbackUrl(issuer)))),
    });
  return { ...root, entries };
}

function withCallback(connector: SourceNode, callback: SourceNode): SourceNode {
  const type = connector.entries?.get('type')?.scalar;
  const config = connector.entries?.get('config');
  const isRedirecting =
    typeof type === 'string' &&
    isConnectorType(type) &&
    ['strict', 'saml'].includes(connectorTypes[type].callback ?? '');
  if (!config?.entries || !isRedirecting) return connector;
  const settings = new Map([...config.entries].filter(([key]) => !/^redirectURI$/i.test(key)));
  settings.set('redirectURI', callback);
  return {
    ...connector,
    entries: new Map(connector.entries).set('config', { ...config, entries: settings }),
  };
}
