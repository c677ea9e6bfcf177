import { DEFAULT_DEX_VERSION } from './dex';
import { parseTarget, type TargetResult } from './target';

/** Two Dexes, of which one reads the connectors. A standalone Dex is missing where pachd runs the one in use. */
interface Dexes<T> {
  readonly dex?: { readonly target: T } | undefined;
  readonly release: { readonly connectorTarget: T };
}

/** The Dex that reads the connectors: the standalone one, or that inside the release. */
export function connectorTargetOf<T>({ dex, release }: Dexes<T>): T {
  return dex ? dex.target : release.connectorTarget;
}

/** A standalone Dex by its version. */
export function standaloneTarget(version: string = DEFAULT_DEX_VERSION): TargetResult {
  return parseTarget(`dex@${version}`);
}
