import type { SecretReference } from '../../../model/secret';
import { PLACES, type Place } from '../../../model/secret-places';
import { FORWARDED_PACHD } from '../../../model/service-ports';
import { SECRET_VARIABLES } from '../../secret-variables';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

/** A secret of which the chart takes the text, or the name of the Secret that has it under a key of its own choice. */
interface NamedSecret {
  readonly field: string;
  readonly path: string;
  /** The value that names a Secret, and the key that the chart reads in it. */
  readonly named: { readonly path: string; readonly key: string };
  /** Where the release keeps it itself: not to be named, for Helm would take the key away. */
  readonly kept: Place;
  readonly variable: string;
}

const AUTH_SECRETS: Readonly<Record<'rootToken' | 'clientSecret', NamedSecret>> = {
  rootToken: {
    field: 'auth.rootToken',
    path: 'pachd.rootToken',
    named: { path: 'pachd.rootTokenSecretName', key: 'root-token' },
    kept: PLACES.rootToken,
    variable: SECRET_VARIABLES.rootToken,
  },
  clientSecret: {
    field: 'auth.clientSecret',
    path: 'pachd.oauthClientSecret',
    named: { path: 'pachd.oauthClientSecretSecretName', key: 'pachd-oauth-client-secret' },
    kept: PLACES.pachdClientSecret,
    variable: SECRET_VARIABLES.pachdClientSecret,
  },
};

const LICENSE: NamedSecret = {
  field: 'enterprise.licenseKey',
  path: 'pachd.enterpriseLicenseKey',
  named: { path: 'pachd.enterpriseLicenseKeySecretName', key: 'enterprise-license-key' },
  kept: PLACES.licenseKey,
  variable: SECRET_VARIABLES.licenseKey,
};

const ENTERPRISE: NamedSecret = {
  field: 'enterprise.secret',
  path: 'pachd.enterpriseSecret',
  named: { path: 'pachd.enterpriseSecretSecretName', key: 'enterprise-secret' },
  kept: PLACES.enterpriseSecret,
  variable: SECRET_VARIABLES.enterpriseSecret,
};

const CONSOLE: NamedSecret = {
  field: 'console.clientSecret',
  path: 'console.config.oauthClientSecret',
  named: { path: 'console.config.oauthClientSecretSecretName', key: PLACES.consoleClientSecret.key },
  kept: PLACES.consoleClientSecret,
  variable: SECRET_VARIABLES.consoleClientSecret,
};

/** License, membership, authentication and the secrets that belong to them. */
export const secrets: ExportSection = {
  restore(context) {
    const { cluster, release } = context;
    const { auth, enterprise } = cluster;
    if (enterprise) restoreEnterprise(context);
    if (release.bootstrap === 'job' && (auth || enterprise)) context.set('pachd.activateEnterprise', true);
    restoreAuth(context);
    if (cluster.console.enabled) restoreNamed(context, CONSOLE, cluster.console.clientSecret);
    else context.say('console.clientSecret', 'idle', { message: 'Console is off' });
    restoreDeploymentID(context);
  },
};

function restoreNamed(context: ExportContext, secret: NamedSecret, reference: SecretReference): void {
  const { field, path, named, kept, variable: name } = secret;
  if (reference.kind === 'existing') {
    const isKept = reference.name === kept.name && reference.key === kept.key;
    if (!isKept && reference.key === named.key) {
      context.set(named.path, reference.name);
      return context.say(field, 'carried', { field: named.path });
    }
    context.need({ name, field, from: { name: reference.name, key: reference.key } });
    context.force(path, `\${${name}}`);
    return context.say(field, 'carried', {
      field: path,
      message: isKept
        ? `the release writes the Secret ${reference.name} itself; environment variable ${name}`
        : `the chart reads the key ${named.key} of a Secret, and not ${reference.key}; environment variable ${name}`,
    });
  }
  context.setSecret(path, reference, field);
}

function restoreEnterprise(context: ExportContext): void {
  const { enterprise } = context.cluster;
  if (!enterprise) return;
  if (enterprise.licenseKey) restoreNamed(context, LICENSE, enterprise.licenseKey);
  restoreNamed(context, ENTERPRISE, enterprise.secret);
  const { member } = enterprise;
  if (!member) return;
  context.set('pachd.activateEnterpriseMember', true);
  context.set('pachd.enterpriseServerAddress', member.serverAddress, 'enterprise.member.serverAddress');
  context.set('pachd.enterpriseCallbackAddress', member.callbackAddress, 'enterprise.member.callbackAddress');
  if (context.get('enterprise.member.userAddress') !== undefined)
    context.refuse('enterprise.member.userAddress', `the chart always says ${FORWARDED_PACHD}`);
  restoreServerToken(context, member.serverToken);
}

/** Keys that the chart reads in a Secret with the token, by the value that it is named beside. */
const TOKEN_KEYS: Readonly<Record<string, string>> = {
  'pachd.enterpriseServerToken': 'enterprise-server-token',
  'pachd.enterpriseRootToken': 'enterprise-root-token',
};

/** Up to 2.2 the chart knows the token under its older name alone, and from 2.3 on names of Secrets do not work. */
function restoreServerToken(context: ExportContext, token: SecretReference): void {
  const field = 'enterprise.member.serverToken';
  const isOld = context.release.bootstrap === 'job';
  const path = isOld ? 'pachd.enterpriseRootToken' : 'pachd.enterpriseServerToken';
  if (token.kind !== 'existing') return context.setSecret(path, token, field);
  const isKept = token.name === PLACES.enterpriseServerToken.name;
  const named = isKept ? undefined : Object.entries(TOKEN_KEYS).find(([, key]) => key === token.key)?.[0];
  if (named === undefined || (isOld && named !== path)) return context.setSecret(path, token, field);
  context.set(`${named}SecretName`, token.name);
  context.say(field, 'carried', {
    field: `${named}SecretName`,
    ...(isOld
      ? {}
      : {
          message:
            'the chart writes a reference there that Kubernetes refuses; give the token itself to Helm',
        }),
  });
}

function restoreAuth(context: ExportContext): void {
  const { auth, enterprise, release } = context.cluster;
  if (!auth) {
    // Without a license the chart activates nothing anyway.
    if (!release.needsLicense || enterprise) context.set('pachd.activateAuth', false);
    return context.say('auth.enabled', 'carried', { field: 'pachd.activateAuth' });
  }
  context.say('auth.enabled', 'default', { field: 'pachd.activateAuth' });
  restoreNamed(context, AUTH_SECRETS.rootToken, auth.rootToken);
  restoreNamed(context, AUTH_SECRETS.clientSecret, auth.clientSecret);
}

/** An id that stands in the document or follows from it is no secret. */
function restoreDeploymentID(context: ExportContext): void {
  const { deploymentID } = context.cluster;
  const path = 'pachd.clusterDeploymentID';
  if (deploymentID.kind === 'literal') context.force(path, deploymentID.value.reveal());
  else {
    const name = 'CLUSTER_DEPLOYMENT_ID';
    context.need({ name, field: 'deploymentID', from: { name: deploymentID.name, key: deploymentID.key } });
    context.force(path, `\${${name}}`);
  }
  context.say('deploymentID', 'carried', { field: path });
}
