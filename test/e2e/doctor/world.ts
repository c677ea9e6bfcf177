import type { JsonValue } from '../../../src/document/source-node';
import { postgresTools, slapdTools } from '../harness';
import type { DeployedDex } from '../login/deployed-dex';
import { change, type ClusterText } from '../login/documents';
import type { IdentityProvider } from '../login/identity-provider';
import type { Stage } from '../login/stage';

export const tools = ['openssl', 'chromium', ...postgresTools, ...slapdTools];

export interface World {
  readonly stage: Stage;
  readonly document: ClusterText;
  readonly dex: DeployedDex;
  readonly provider: IdentityProvider;
}

/** The document, changed in one place. */
export function changed({ document }: World, place: string, value: JsonValue | undefined): ClusterText {
  const copy = structuredClone(document);
  change(copy, place, value);
  return copy;
}
