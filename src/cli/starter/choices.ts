import type { Profile } from '../../model/cluster';
import { NEWEST_EXAMPLE } from '../../releases/pachyderm';
import type { ReleaseTraits } from '../../releases/release-traits';
import { releaseTraits } from '../../releases/release-traits';
import { parseRelease } from '../../releases/release';
import type { AccessName } from './access';
import { providerRow, type ProviderName } from './providers';
import type { StorageName } from './storage';

/** What a person may ask of a document to start from; what is not asked for follows from the rest. */
export interface StarterRequest {
  readonly profile?: Profile;
  /** `2.11.6`; default: the newest that facts were compared with. */
  readonly release?: string;
  readonly provider?: ProviderName;
  readonly access?: AccessName;
  readonly storage?: StorageName;
}

/** Everything that decides what is in a document to start from. */
export interface StarterChoices {
  readonly name: string;
  readonly profile: Profile;
  readonly release: ReleaseTraits;
  readonly provider: ProviderName;
  readonly access: AccessName;
  readonly storage: StorageName;
}

/** Fills in what was not asked for. Undefined when the release is not supported. */
export function starterChoices(name: string, request: StarterRequest): StarterChoices | undefined {
  const version = parseRelease((request.release ?? NEWEST_EXAMPLE).replace(/^v/, ''));
  if (!version) return undefined;
  const release = releaseTraits(version);
  const { profile = 'dev' } = request;
  const isDev = profile === 'dev';
  const provider = request.provider ?? (isDev ? 'mock' : 'oidc');
  const way = isDev && !providerRow(provider).needsPublicName ? 'portForward' : 'ingress';
  return {
    name,
    profile,
    release,
    provider,
    access: request.access ?? (release.proxyIsReachedAsLocalhost ? 'proxy' : way),
    storage: request.storage ?? (isDev ? 'local' : 's3'),
  };
}
