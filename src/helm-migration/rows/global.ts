import { count, flag, json, registry, rowsOf, text, type FieldRow } from '../row';

/** Values under `global` that are not about the database, and Loki. */
export const globalRows: readonly FieldRow[] = [
  { path: 'global.imagePullSecrets', to: 'images.pullSecrets', as: json },
  { path: 'global.image.registry', to: 'images.registry', as: registry },
  { path: 'global.proxy', to: 'network.httpProxy', as: text },
  { path: 'global.noProxy', to: 'network.noProxy', as: text },
  { path: 'global.securityContexts.enabled', to: 'securityContexts', as: flag },
  { path: 'pachd.lokiLogging', to: 'loki.enabled', as: flag },
  ...rowsOf('pachd', 'loki', { lokiHost: [text, 'host'], lokiPort: [count, 'port'] }),
];
