import type { Rule } from '../rule';

/** The first release of the provider 1.x with write-only client secrets. */
const FIRST_WITH_WRITE_ONLY_SECRET = 51;

export const providerTooOld: Rule = {
  code: 'TFM019',
  severity: 'error',
  title: 'Provider without write-only client secrets',
  reason:
    'The client secret goes to Auth0 through client_secret_wo, which terraform-provider-auth0 has from release 1.51 on. Older ones end with: Unsupported argument.',
  remedy: 'Allow a newer provider, or leave auth0.terraform.providerVersion out.',
  *check({ document, cluster }) {
    const version = document.auth0?.terraform?.providerVersion;
    if (version === undefined || cluster.auth0?.application.clientSecretFrom !== 'variable') return;
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
    const isNewEnough =
      Number(major) > 1 || (Number(major) === 1 && Number(minor) >= FIRST_WITH_WRITE_ONLY_SECRET);
    if (!isNewEnough)
      yield {
        path: ['auth0', 'terraform', 'providerVersion'],
        message: `"${version}" permits a provider older than 1.51, which does not know client_secret_wo: Unsupported argument`,
        hint: 'write ~> 1.55, or remove the line',
      };
  },
};
