import { clusterName, type Document } from '../document/document';
import { formatPath, type PathStep } from '../document/source-node';
import { placeholders } from '../helm-migration/placeholder';
import { isGenerated, withoutLineEnd, type SecretReader } from '../model/secret-reader';
import { BOOTSTRAP_CONFIG_SECRET, PLACES, type Place } from '../model/secret-places';
import type { ClusterObject } from '../outputs/objects';
import type { ClusterDocument } from '../generated/cluster-document';
import { storeName } from '../secrets/secret-store';

/** Keys of the Secret of the bootstrap Job, and where pachd itself reads the same. */
const MOVED: Readonly<Record<string, keyof typeof PLACES>> = {
  rootToken: 'rootToken',
  license: 'licenseKey',
  enterpriseSecret: 'enterpriseSecret',
  enterpriseRootToken: 'enterpriseServerToken',
  enterpriseClusters: 'enterpriseCluster',
  authConfig: 'authConfig',
  oidcClients: 'ownClients',
  idps: 'connectors',
  identityServiceConfig: 'identityConfig',
  clusterRoleBindings: 'roleBindings',
};

/** A key of a Secret whose text is elsewhere in the newer release, or is no longer there. */
export interface SecretMove {
  readonly from: Place;
  /** Missing where the newer release has no use for it. */
  readonly to?: Place;
}

/** A secret that pachkit has generated and that has to stay as it is. */
export interface KeptSecret {
  /** The field of the document, such as `auth.rootToken`. */
  readonly field: string;
  /** The file beside the document that keeps it; missing where it follows from `secrets.seed`, and no file does. */
  readonly file?: string;
  /** Where it is in the cluster, after the upgrade. */
  readonly places: readonly Place[];
}

/** Secrets that the newer release keeps in another place, by the places that the older one has. */
export function secretMoves(
  before: readonly ClusterObject[],
  after: readonly ClusterObject[],
): readonly SecretMove[] {
  const [old, wanted] = [entriesOf(before), entriesOf(after)];
  const has = (entries: readonly Entry[], { name, key }: Place): boolean =>
    entries.some(({ place }) => place.name === name && place.key === key);
  return old
    .filter(({ place }) => !has(wanted, place))
    .map(({ place, text }) => {
      const named = place.name === BOOTSTRAP_CONFIG_SECRET ? MOVED[place.key] : undefined;
      const known = named && has(wanted, PLACES[named]) ? PLACES[named] : undefined;
      const to = known ?? wanted.find((entry) => entry.text === text && !has(old, entry.place))?.place;
      return { from: place, ...(to === undefined ? {} : { to }) };
    });
}

/** Reads secrets as placeholders, and remembers those that pachkit generates. */
export function rememberingGenerated(generated: Map<string, readonly PathStep[]>): SecretReader {
  return (request) => {
    const reference = placeholders(request);
    const { value } = request;
    if (isGenerated(value) && reference?.kind === 'literal')
      generated.set(reference.value.reveal(), request.path);
    return reference;
  };
}

/** Generated secrets, with the file that keeps each and its places among the objects. */
export function keptSecrets(
  document: Document,
  generated: ReadonlyMap<string, readonly PathStep[]>,
  after: readonly ClusterObject[],
): readonly KeptSecret[] {
  const entries = entriesOf(after);
  const { secrets } = document.value as unknown as ClusterDocument;
  const kept =
    secrets?.seed === undefined
      ? { file: storeName(clusterName(document), secrets?.store !== undefined) }
      : {};
  return [...generated].map(([text, path]) => ({
    field: formatPath(path),
    ...kept,
    places: entries.filter((entry) => withoutLineEnd(entry.text) === text).map(({ place }) => place),
  }));
}

interface Entry {
  readonly place: Place;
  readonly text: string;
}

/** Every key of every Secret and ConfigMap, with its text. */
function entriesOf(objects: readonly ClusterObject[]): Entry[] {
  return objects
    .filter(({ manifest: { kind } }) => kind === 'Secret' || kind === 'ConfigMap')
    .flatMap(({ manifest }) => {
      const data = {
        ...(manifest['data'] as object | undefined),
        ...(manifest['stringData'] as object | undefined),
      };
      return Object.entries(data).map(([key, text]) => ({
        place: { name: manifest.metadata.name, key },
        text: String(text),
      }));
    });
}
