import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, stepsOf, type SourceNode } from '../document/source-node';
import { providerNamed } from './registry';

/** Names that people give providers in the place of a type, besides those that documents have for them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  azure: 'entra',
  azuread: 'entra',
  aad: 'entra',
  entraid: 'entra',
  ad: 'active-directory',
  activedirectory: 'active-directory',
  awscognito: 'cognito',
};

/** A finding about a type that no connector has: where a provider is called so, its name goes in another key. */
export function withProviderNamed(found: Diagnostic, root: SourceNode): Diagnostic {
  const written = found.code === 'DEX105' ? nodeAt(root, stepsOf(found.path))?.scalar : undefined;
  if (typeof written !== 'string') return found;
  const name = written.toLowerCase();
  const provider = providerNamed(name) ?? providerNamed(OTHER_NAMES[name.replace(/[^a-z0-9]/g, '')]);
  if (!provider || provider.name === provider.type) return found;
  const instead = `or write provider: ${provider.name} in place of type, with its fields in place of config: pachkit explain provider ${provider.name}`;
  return {
    ...found,
    hint: found.hint === undefined ? instead : `${found.hint} ${instead}`,
  };
}
