import type { ConfigMapping } from '../model/cluster';

/** A string of a connector's settings; where it is missing, empty or anything else, the default that Dex has for it. */
export function configText(config: ConfigMapping, key: string, fallback = ''): string {
  const value = config[key];
  return typeof value === 'string' && value !== '' ? value : fallback;
}
