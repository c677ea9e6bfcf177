import type { SourceNode } from '../document/source-node';
import { derivedNode, placeOf } from './derived-nodes';
import { keycloak } from './keycloak';

/** Where a document has the section. */
export const SECTION = ['keycloak'] as const;

/** Characters of a generated client secret. */
const SECRET_LENGTH = 48;

/** What the connector of the section says where the section does not. */
const DEFAULTS = { clientID: 'pachyderm', clientSecret: { generate: { length: SECRET_LENGTH } } };

/**
 * The connector of the section `keycloak`, in the words of the provider of that name: what else the section has is for
 * Keycloak alone.
 */
export function keycloakConnector(root: SourceNode): SourceNode | undefined {
  const section = root.entries?.get(SECTION[0]);
  if (!section?.entries) return undefined;
  const place = placeOf(section);
  const defaults = derivedNode(DEFAULTS, place, section)?.entries ?? new Map<string, SourceNode>();
  const own = new Set(['id', 'name', ...Object.keys(keycloak.fields)]);
  return {
    ...section,
    entries: new Map([
      ['provider', { ...place, scalar: keycloak.name }],
      ...defaults,
      ...[...section.entries].filter(([key]) => own.has(key)),
    ]),
  };
}
