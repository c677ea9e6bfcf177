import { failed, ok, type Hop, type Sighting } from '../hop';
import { mappingIn } from '../read-json';
import { answerKind } from '../shown';
import type { IssuerSubject, NetworkSubject, ProviderSubject } from '../subjects';

/** The keys of Dex, with which pachd and Console verify tokens. */
export const dexKeysHop: Hop<IssuerSubject> = {
  name: 'keys',
  needs: ['discovery'],
  appliesTo: () => true,
  plan: () => 'Dex publishes the keys that sign its tokens',
  async check(subject, signal) {
    const { urls } = subject.cluster;
    // The document names the issuer as pods reach it; browsers and this machine reach the same path elsewhere.
    const path = new URL(subject.known.discovery?.jwks_uri ?? urls.issuer).pathname;
    return keysAt(`${new URL(urls.browserIssuer).origin}${path}`, subject, signal);
  },
};

/** The keys of a provider, with which Dex verifies ID tokens. */
export const providerKeysHop: Hop<ProviderSubject> = {
  name: 'keys',
  needs: ['discovery'],
  appliesTo: ({ facts }) => facts.hasKeys === true,
  plan: () => 'the provider publishes the keys that sign its tokens',
  check: (subject, signal) => keysAt(subject.known.discovery?.jwks_uri ?? '', subject, signal),
};

async function keysAt(url: string, subject: NetworkSubject, signal: AbortSignal): Promise<Sighting> {
  const { address, world, tls, path } = subject;
  if (url === '')
    return failed('the discovery document names no keys', {
      code: 'HOP010',
      effect: `the discovery document of ${address} has no jwks_uri: no token can be verified, and every login fails`,
      hint: 'write the issuer of an OpenID Connect provider; for one of OAuth alone use a connector of type oauth',
      path,
    });
  const answer = await world.client(tls.authorities).request(url, {}, signal);
  const keys = mappingIn(answer)?.['keys'];
  if (answer.status === 200 && Array.isArray(keys) && keys.length > 0) {
    const algorithms = new Set(
      keys.map(
        (key) => (key as { alg?: string; kty?: string }).alg ?? (key as { kty?: string }).kty ?? 'unknown',
      ),
    );
    return ok(`${keys.length} ${keys.length === 1 ? 'key' : 'keys'} (${[...algorithms].join(', ')})`);
  }
  const seen = Array.isArray(keys) ? 'no key is published' : answerKind(answer.status, answer.body);
  return failed(seen, {
    code: 'HOP010',
    effect: `${url} answers ${Array.isArray(keys) ? 'with an empty list of keys' : answerKind(answer.status, answer.body)}: no token of ${address} can be verified, and every login fails (\`failed to verify signature: fetching keys\`)`,
    hint: 'let the server publish the keys that it signs tokens with, as JSON Web Key Set',
    path,
  });
}
