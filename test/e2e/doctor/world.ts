import type { JsonValue } from '../../../src/document/source-node';
import { postgresTools, slapdTools } from '../harness';
import type { DeployedDex } from '../login/deployed-dex';
import { change, documentWithConnector, type ClusterText, type DexKind } from '../login/documents';
import type { IdentityProvider } from '../login/identity-provider';
import { Stage } from '../login/stage';
import { tenantByHand } from '../login/tenant';

export const tools = ['openssl', 'chromium', ...postgresTools, ...slapdTools];

export interface World {
  readonly stage: Stage;
  readonly document: ClusterText;
  readonly dex: DeployedDex;
  readonly provider: IdentityProvider;
}

/** A Dex of a kind that is deployed, with a connector to an identity provider; the document is changed before. */
export async function startWorld(
  kind: DexKind,
  changeDocument: (document: ClusterText) => void = () => undefined,
): Promise<World> {
  const stage = await Stage.build();
  const document = documentWithConnector(kind, await stage.surroundings());
  changeDocument(document);
  const synthesized = await stage.synthesize(document);
  const provider = await stage.startProvider(tenantByHand(synthesized.cluster.urls.callback));
  const dex = await stage.deploy(synthesized);
  await dex.ready();
  return { stage, document, dex, provider };
}

export async function stopWorld({ stage, dex, provider }: World): Promise<void> {
  await dex.stop();
  await provider.stop();
  await stage.stop();
}

/** The document, changed in one place. */
export function changed({ document }: World, place: string, value: JsonValue | undefined): ClusterText {
  const copy = structuredClone(document);
  change(copy, place, value);
  return copy;
}
