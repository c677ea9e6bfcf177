import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import {
  checkConnectorConfig,
  type CheckConnectorOptions,
  type ConnectorFinding,
} from '../../../src/connectors/check-config';
import type { Target } from '../../../src/releases/target';

const EXAMPLES = path.resolve(__dirname, '../../fixtures/connectors/examples');
export const oidc = { issuer: 'https://acme.eu.auth0.com/', clientID: 'id', clientSecret: { env: 'SECRET' } };
export const github = { clientID: 'id', clientSecret: { env: 'SECRET' } };
export const ldap = {
  host: 'ldap.example.com:636',
  userSearch: { baseDN: 'dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
};
export const saml = {
  ssoURL: 'https://idp.example.com/sso',
  usernameAttr: 'name',
  emailAttr: 'email',
  ca: '/ca.pem',
};

export function example(name: string): unknown {
  return parse(fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf8'));
}

/** Checks a configuration in which exactly one thing is wrong. */
export function only(
  type: string,
  config: unknown,
  target: Target = 'dex@2.45',
  options?: CheckConnectorOptions,
): ConnectorFinding {
  const findings = checkConnectorConfig(type, config, target, options);
  expect(findings).toHaveLength(1);
  return findings[0] as ConnectorFinding;
}

export function codes(
  type: string,
  config: unknown,
  target: Target = 'dex@2.45',
  options?: CheckConnectorOptions,
): readonly string[] {
  return checkConnectorConfig(type, config, target, options).map(({ code }) => code);
}
