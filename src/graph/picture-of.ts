import type { Diagnostic } from '../diagnostics/diagnostic';
import { clusterName, type Document } from '../document/document';
import { maskUrlPasswords } from '../document/mask';
import type { Cluster } from '../model/cluster';
import type { CheckedDocument } from '../pipeline/check-document';
import { attach } from './attach';
import { dataScene } from './data-parts';
import { loginScene, SERVER } from './login-parts';
import type { Picture, Scene } from './picture';
import { providerScene } from './provider-parts';

/**
 * Draws a document, and where it has errors what is known of it: the cluster as it was probably meant, or the part that is
 * right. `findings` are those about the document.
 */
export function pictureOf(checked: CheckedDocument, findings: readonly Diagnostic[]): Picture {
  const name = maskUrlPasswords(checked.cluster?.name ?? clusterName(checked.document));
  const { cluster, document, sound } = checked;
  const scene = cluster
    ? sceneOf(cluster, document)
    : sound?.made((reading) => sceneOf(reading.cluster, { ...document, root: reading.root }));
  return attach(name, scene ?? { parts: [], arrows: [] }, findings);
}

function sceneOf(cluster: Cluster, document: Document): Scene {
  const scenes = [loginScene(cluster), providerScene(cluster, document), dataScene(cluster, SERVER)];
  return {
    parts: scenes
      .flatMap(({ parts }) => parts)
      .map((part) => ({
        ...part,
        title: maskUrlPasswords(part.title),
        lines: part.lines.map(maskUrlPasswords),
      })),
    arrows: scenes
      .flatMap(({ arrows }) => arrows)
      .map((arrow) => ({
        ...arrow,
        ...(arrow.address === undefined ? {} : { address: maskUrlPasswords(arrow.address) }),
      })),
  };
}
