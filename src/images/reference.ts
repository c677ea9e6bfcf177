/** An image as Kubernetes names it, taken apart. */
export interface ImageReference {
  /** `docker.io` where the name says none. */
  readonly registry: string;
  /** `pachyderm/pachd`; `library/postgres` for an image of Docker Hub without an owner. */
  readonly repository: string;
  /** @default latest */
  readonly tag: string;
  /** `sha256:…`, where the reference says it. */
  readonly digest?: string;
}

const WORD = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';

const DIGEST = /^[a-z0-9]+:[0-9a-f]{32,}$/;

/** A path of lowercase words, as registries take it, and a tag. */
const NAME = new RegExp(`^(${WORD}(?:/${WORD})*)(?::(\\w[\\w.-]{0,127}))?$`);

/** A host, with a port or without. */
const HOST = /^([a-z\d.-]+|\[[a-f\d:]+\])(:\d{1,5})?$/i;

/** As containerd and Docker read names: what has a dot or a port before the first slash, or is localhost, is a registry. */
export function parseImage(text: string): ImageReference | undefined {
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest))) return undefined;
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const registry = hasRegistry ? first : 'docker.io';
  const rest = hasRegistry ? named.slice(slash + 1) : named;
  const [, name = '', tag = 'latest'] = NAME.exec(rest) ?? [];
  if (name === '' || !HOST.test(registry)) return undefined;
  const isHub = registry === 'docker.io' || registry === 'index.docker.io';
  return {
    registry: isHub ? 'docker.io' : registry,
    repository: isHub && !name.includes('/') ? `library/${name}` : name,
    tag,
    ...(digest === undefined ? {} : { digest }),
  };
}
