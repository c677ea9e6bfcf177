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
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Provider without write-only client secrets',
  reason:
    'The client secret goes to Auth0 through client_secret_wo, which terraform-provider-auth0 has from release 1.51 on, and a connection that is given by name is looked up with skip_enabled_clients, from 1.47 on. Older ones end with: Unsupported argument. A constraint that permits older and newer ones is a warning: Terraform takes the newest, but keeps an older one that the lock file has.',
  remedy: 'Allow only newer providers, or leave auth0.terraform.providerVersion out.',
  *check({ document, cluster }) {
    const version = document.auth0?.terraform?.providerVersion;
    const { auth0 } = cluster;
    if (version === undefined || !auth0) return;
    const { from, below } = permittedReleases(version);
    const missing = ATTRIBUTES.find(({ since, isWritten }) => isWritten(auth0) && from < release(1, since));
    if (!missing) return;
    const isCertain = below <= release(1, missing.since);
    yield {
      path: ['auth0', 'terraform', 'providerVersion'],
      ...(isCertain ? {} : { severity: 'warning' as const }),
      message: `"${version}" permits ${isCertain ? 'only providers' : 'a provider'} older than 1.${missing.since}, which ${isCertain ? 'do' : 'does'} not know ${missing.name}: Unsupported argument`,
      hint: 'write ~> 1.55, or remove the line',
    };
  },
};

/** A release as a number that orders releases; patches are left out. */
function release(major: number, minor: number): number {
  return major * 10_000 + minor;
}

/** The releases that all parts of a version constraint permit: from one on, and below another. */
function permittedReleases(constraint: string): { from: number; below: number } {
  let [from, below] = [0, Infinity];
  for (const part of constraint.split(',')) {
    const [, operator = '', major = '0', minor, patch] =
      /^\s*(?:([=!<>~]+)\s*)?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(part) ?? [];
    const [first, second] = [Number(major), Number(minor ?? 0)];
    const next = release(first, second + 1);
    if (['', '=', '>=', '>', '~>'].includes(operator)) from = Math.max(from, release(first, second));
    if (operator === '<') below = Math.min(below, Number(patch ?? 0) > 0 ? next : release(first, second));
    if (['', '=', '<='].includes(operator)) below = Math.min(below, next);
    if (operator === '~>' && minor !== undefined)
      below = Math.min(below, patch === undefined ? release(first + 1, 0) : next);
  }
  return { from, below };
}
