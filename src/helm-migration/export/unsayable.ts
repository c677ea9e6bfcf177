/** Why the chart cannot say a field; those below it are meant too, the narrower first. */
const UNSAYABLE: Readonly<Record<string, string>> = {
  auth0: 'the chart knows nothing of Auth0; keep the Terraform that pachkit writes',
  keycloak: 'the chart knows nothing of Keycloak; keep what pachkit writes for it',
  dex: 'the chart installs no standalone Dex; pachd runs its own',
  'identity.dex': 'the chart installs no standalone Dex; pachd runs its own',
  overrides: 'the chart has nothing like it; a post-renderer of Helm can do it',
  security: 'the chart has nothing like it; policies of your own can do it',
  secrets: 'secrets are given to Helm as they are',
  'pachd.environment': 'the chart has no value for it',
};

/** Why a field is not in the values. */
export function unsayable(steps: readonly string[]): string {
  for (let length = steps.length; length > 0; length--) {
    const field = steps.slice(0, length).join('.');
    if (Object.hasOwn(UNSAYABLE, field)) return UNSAYABLE[field] ?? '';
  }
  return 'the chart has no value for it';
}

/** Fields that are about the document itself, or that Helm is told in another way. */
export const ABOUT_DOCUMENT: ReadonlySet<string> = new Set([
  '$schema',
  'apiVersion',
  'name',
  'extends',
  'release',
  'profile',
  'namespace',
  'helmReleaseName',
]);
