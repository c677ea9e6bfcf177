import { isLookedUp } from '../../model/auth0-connections';
import type { Auth0 } from '../../model/cluster';
import type { Rule } from '../rule';

/** Attributes that older providers 1.x do not have: the release 1.x that brought each, and who gets it. */
const ATTRIBUTES: readonly {
  readonly name: string;
  readonly since: number;
  readonly isWritten: (auth0: Auth0) => boolean;
}[] = [
  {
    name: 'client_secret_wo',
    since: 51,
    isWritten: ({ application }) => application.clientSecretFrom === 'variable',
  },
  {
    name: 'skip_enabled_clients',
    since: 47,
    isWritten: (auth0) =>
      [...auth0.connections, ...auth0.organizations.create.flatMap(({ connections }) => connections)].some(
        (connection) => isLookedUp(connection, auth0),
      ),
  },
];

export const providerTooOld: Rule = {
  code: 'TFM019',
  severity: 'error',
  title: 'Provider without write-only client secrets',
  reason:
    'The client secret goes to Auth0 through client_secret_wo, which terraform-provider-auth0 has from release 1.51 on, and a connection that is named by its name is looked up with skip_enabled_clients, from 1.47 on. Older ones end with: Unsupported argument.',
  remedy: 'Allow a newer provider, or leave auth0.terraform.providerVersion out.',
  *check({ document, cluster }) {
    const version = document.auth0?.terraform?.providerVersion;
    const { auth0 } = cluster;
    if (version === undefined || !auth0) return;
    const missing = ATTRIBUTES.find(({ since, isWritten }) => isWritten(auth0) && isOlder(version, since));
    if (missing)
      yield {
        path: ['auth0', 'terraform', 'providerVersion'],
        message: `"${version}" permits a provider older than 1.${missing.since}, which does not know ${missing.name}: Unsupported argument`,
        hint: 'write ~> 1.55, or remove the line',
      };
  },
};

/** Whether a version constraint permits a provider before release 1.`minor`. */
function isOlder(version: string, minor: number): boolean {
  const [, firstMajor = '0', firstMinor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(firstMajor) < 1 || (Number(firstMajor) === 1 && Number(firstMinor) < minor);
}
