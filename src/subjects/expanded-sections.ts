import { nodeAt, type PathStep } from '../document/source-node';
import { textsUnder, type TextPlace } from '../document/texts-under';
import type { DexConfigSubject } from './dex-config';
import type { ConnectorSubject } from './subject';

/** Sections with a `config` in which Dex puts variables in; `signer` is read from the first release on that does so. */
const SECTIONS: readonly unknown[] = ['storage', 'signer'];

/**
 * The strings in which Dex expands environment variables, or those in which it does not: it does below `storage.config`,
 * `connectors[].config` and `signer.config` only, and there for everything that begins with a dollar sign (Dex 2.28 and
 * newer, unless DEX_EXPAND_ENV is false).
 */
export function* textsWithVariables(config: DexConfigSubject, areExpanded: boolean): Iterable<TextPlace> {
  for (const place of textsUnder(config.root))
    if (place.text.includes('$') && isExpanded(place.path) === areExpanded) yield place;
}

/** The strings among the settings of a connector, in which a standalone Dex expands environment variables. */
export function* textsOfSettings({ root }: Pick<ConnectorSubject, 'root'>): Iterable<TextPlace> {
  const path = ['identity', 'connectors', 0, 'config'];
  const settings = nodeAt(root, path);
  for (const place of settings ? textsUnder(settings, path) : []) if (place.text.includes('$')) yield place;
}

function isExpanded([first, second, third]: readonly PathStep[]): boolean {
  return first === 'connectors' ? third === 'config' : second === 'config' && SECTIONS.includes(first);
}
