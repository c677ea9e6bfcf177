import { PLACES } from '../../model/secret-places';
import { SECRET_VARIABLES } from '../secret-variables';
import type { ImportContext } from '../context';
import { mockBindings } from '../mock-login';
import { placeholder } from '../placeholder';
import { isRead, type Section } from '../row';
import { told } from './database';

const LICENSE = 'pachd.enterpriseLicenseKey';

/** Secrets of authentication that have no effect without it. */
const AUTH_PATHS = [
  'pachd.rootToken',
  'pachd.rootTokenSecretName',
  'pachd.oauthClientSecret',
  'pachd.oauthClientSecretSecretName',
  'pachd.oauthClientID',
  'pachd.pachAuthClusterRoleBindings',
] as const;

/** License, membership, and whether people log in: up to 2.11 only with one of the two. */
export const enterpriseAndAuth: Section = {
  carry(context) {
    const isLicensed = context.release.needsLicense ? carryEnterprise(context) : true;
    carryAuth(context, isLicensed);
    carryDeploymentID(context);
    carryConsoleSecret(context);
  },
};

/** Whether a license or a membership lets authentication be activated. */
function carryEnterprise(context: ImportContext): boolean {
  const { values } = context;
  const isMember = values.isTrue('pachd.activateEnterpriseMember');
  const isLicensed = hasLicense(context);
  context.say('pachd.activateEnterprise', 'derived', {
    message:
      context.release.bootstrap === 'job'
        ? 'a license or a membership is enough; the Job runs again exactly when what it reads changes'
        : 'no template reads it any more; a license is enough',
  });
  if (isLicensed)
    carryNamed(context, LICENSE, `${LICENSE}SecretName`, {
      field: 'enterprise.licenseKey',
      key: 'enterprise-license-key',
      kept: context.secrets.keptSince23(PLACES.licenseKey),
      readFrom: context.secrets.bootstrapFile('license') ?? PLACES.licenseKey,
      variable: SECRET_VARIABLES.licenseKey,
    });
  else for (const path of [LICENSE, `${LICENSE}SecretName`]) context.say(path, 'default');
  if (isLicensed || isMember)
    carryNamed(context, 'pachd.enterpriseSecret', 'pachd.enterpriseSecretSecretName', {
      field: 'enterprise.secret',
      key: 'enterprise-secret',
      kept: context.secrets.keptSince23(PLACES.enterpriseSecret),
      readFrom: context.secrets.bootstrapFile('enterpriseSecret') ?? PLACES.enterpriseSecret,
      variable: SECRET_VARIABLES.enterpriseSecret,
    });
  else
    for (const path of ['pachd.enterpriseSecret', 'pachd.enterpriseSecretSecretName'])
      context.say(path, values.text(path) === '' ? 'default' : 'idle', {
        message: 'without a license there is no server to share it with',
      });
  carryMember(context, isMember);
  return isLicensed || isMember;
}

/** Whether the values have a license, or name the Secret of one. */
export function hasLicense({ values }: ImportContext): boolean {
  return values.text(LICENSE) !== '' || values.text(`${LICENSE}SecretName`) !== '';
}

const MEMBER_TEXTS = {
  'pachd.enterpriseServerAddress': 'serverAddress',
  'pachd.enterpriseCallbackAddress': 'callbackAddress',
} as const;

/** In the order in which the chart looks for the token: the newer names first, a Secret before the token itself. */
const TOKENS = ['enterpriseServerToken', 'enterpriseRootToken'] as const;

function carryMember(context: ImportContext, isMember: boolean): void {
  const { values } = context;
  const names = TOKENS.filter((name) => isRead(`pachd.${name}`, context.release));
  const tokens = names.flatMap((name) => [`pachd.${name}SecretName`, `pachd.${name}`]);
  if (!isMember) {
    context.say('pachd.activateEnterpriseMember', 'default');
    for (const path of [...Object.keys(MEMBER_TEXTS), ...tokens])
      context.say(path, values.text(path) === '' ? 'default' : 'idle', {
        message: 'pachd.activateEnterpriseMember is false',
      });
    return;
  }
  context.say('pachd.activateEnterpriseMember', 'carried', { field: 'enterprise.member' });
  for (const [path, name] of Object.entries(MEMBER_TEXTS)) {
    const field = `enterprise.member.${name}`;
    context.set(field, values.text(path) || undefined);
    context.say(path, 'carried', { field });
  }
  carryServerToken(context, tokens);
}

function carryServerToken(context: ImportContext, tokens: readonly string[]): void {
  const { values } = context;
  const used = tokens.find((path) => values.text(path) !== '');
  const text = used === undefined ? '' : values.text(used);
  const field = 'enterprise.member.serverToken';
  const isNamed = used?.endsWith('SecretName') ?? false;
  const key = used?.includes('enterpriseRootToken') ? 'enterprise-root-token' : 'enterprise-server-token';
  const { value, words } = context.secrets.write({
    field,
    ...(isNamed ? { named: { name: text, key } } : { given: text }),
    readFrom: context.secrets.bootstrapFile('enterpriseRootToken'),
    variable: SECRET_VARIABLES.enterpriseServerToken,
  });
  context.set(field, value);
  for (const path of tokens)
    if (path === used) context.say(path, 'carried', { field, message: words });
    else
      context.say(path, values.text(path) === '' ? 'default' : 'idle', {
        message: `${used ?? 'another value'} is set`,
      });
}

interface NamedSecret {
  readonly field: string;
  /** The key that the chart reads in a Secret that values name. */
  readonly key: string;
  readonly kept: { readonly name: string; readonly key: string } | undefined;
  readonly readFrom?: { readonly name: string; readonly key: string } | undefined;
  readonly variable: string;
}

/** A secret that values have themselves, or name the Secret of, or that the chart generated. */
function carryNamed(context: ImportContext, path: string, namePath: string, secret: NamedSecret): void {
  const { values } = context;
  const { field, key, kept, readFrom, variable } = secret;
  const name = values.text(namePath);
  const { value, words } = context.secrets.write({
    field,
    given: values.text(path),
    ...(name === '' ? {} : { named: { name, key } }),
    kept,
    readFrom,
    variable,
  });
  context.set(field, value);
  if (name === '') {
    context.say(namePath, 'default');
    told(context, path, field, words);
  } else {
    context.say(namePath, 'carried', { field, message: words });
    context.say(path, values.text(path) === '' ? 'default' : 'idle', { message: `${namePath} is set` });
  }
}

function carryAuth(context: ImportContext, isLicensed: boolean): void {
  const { values, secrets } = context;
  const isOn = values.isTrue('pachd.activateAuth');
  if (!isOn || !isLicensed) {
    context.set('auth.enabled', false);
    const reason = isLicensed
      ? 'pachd.activateAuth is false'
      : 'there is no license, so the chart does not activate it';
    context.devReasons.push(`authentication is off: ${reason}`);
    if (!isLicensed) context.comment('auth', `Authentication is off: ${reason}.`);
    context.say('pachd.activateAuth', isOn ? 'idle' : 'carried', {
      field: 'auth.enabled',
      ...(isOn ? { message: 'there is no license' } : {}),
    });
    for (const path of AUTH_PATHS) context.say(path, 'idle', { message: `authentication is off: ${reason}` });
    context.remove('auth.clientID');
    context.remove('auth.requireVerifiedEmail');
    return;
  }
  context.say('pachd.activateAuth', 'default');
  carryNamed(context, 'pachd.rootToken', 'pachd.rootTokenSecretName', {
    field: 'auth.rootToken',
    key: 'root-token',
    kept: secrets.keptSince23(PLACES.rootToken),
    readFrom: secrets.bootstrapFile('rootToken'),
    variable: SECRET_VARIABLES.rootToken,
  });
  carryNamed(context, 'pachd.oauthClientSecret', 'pachd.oauthClientSecretSecretName', {
    field: 'auth.clientSecret',
    key: 'pachd-oauth-client-secret',
    kept: secrets.keptSince23(PLACES.pachdClientSecret),
    readFrom: secrets.bootstrapFile('authConfig'),
    variable: SECRET_VARIABLES.pachdClientSecret,
  });
  carryBindings(context);
}

function carryBindings(context: ImportContext): void {
  const { values, release } = context;
  const path = 'pachd.pachAuthClusterRoleBindings';
  const field = 'auth.roleBindings';
  const given = values.mapping(path);
  if (usesMock(context)) {
    context.set(field, mockBindings(release));
    const isGiven = Object.keys(given).length > 0;
    context.say(path, isGiven ? 'idle' : 'default', {
      message:
        'the mock login of the chart replaces the bindings with its own; give a connector to have these',
    });
    return;
  }
  if (Object.keys(given).length === 0) return context.say(path, 'default');
  context.set(
    field,
    Object.fromEntries(
      Object.entries(given).map(([subject, roles]) => [subject, typeof roles === 'string' ? [roles] : roles]),
    ),
  );
  context.say(path, 'carried', { field });
}

/** Whether the chart has people log in with its mock connector. */
export function usesMock({ values }: ImportContext): boolean {
  return (
    values.isTrue('oidc.mockIDP') &&
    values.list('oidc.upstreamIDPs').length === 0 &&
    values.text('oidc.upstreamIDPsSecretName') === ''
  );
}

function carryDeploymentID(context: ImportContext): void {
  const path = 'pachd.clusterDeploymentID';
  const written = context.values.text(path);
  const given = placeholder(written) === undefined ? written : '';
  const field = 'deploymentID';
  const { name, key } = PLACES.deploymentID;
  // No secret, so it stands in the document where it is known.
  context.set(field, given === '' ? { existing: { name, key } } : given);
  if (given === '') {
    context.say(path, written === '' ? 'default' : 'carried', {
      field,
      ...(written === '' ? {} : { message: `Secret ${name}, key ${key}` }),
    });
    context.note(path, 'carried', field, `not set; the release has one: Secret ${name}, key ${key}`);
  } else context.say(path, 'carried', { field });
}

function carryConsoleSecret(context: ImportContext): void {
  const { values } = context;
  const path = 'console.config.oauthClientSecret';
  if (!values.isTrue('console.enabled')) {
    for (const each of [path, `${path}SecretName`])
      context.say(each, 'idle', { message: 'console.enabled is false' });
    return;
  }
  carryNamed(context, path, `${path}SecretName`, {
    field: 'console.clientSecret',
    key: PLACES.consoleClientSecret.key,
    kept: PLACES.consoleClientSecret,
    variable: SECRET_VARIABLES.consoleClientSecret,
  });
}
