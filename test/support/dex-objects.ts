import { Chart, Testing } from 'cdk8s';
import YAML from 'yaml';
import { Dex, type DexProps } from '../../src/constructs/dex';
import { DexConnector } from '../../src/model/dex-connector';
import { dexServer, type DexServerOptions } from '../../src/model/dex-server';
import { existingSecret, literalSecret } from '../../src/model/secret';
import { at } from './tree';

type Json = Record<string, never>;

export const issuer = 'https://dex.example.com/dex';

/** The objects of the construct, by `Kind/name`. */
export function dexObjects(props: DexProps): Map<string, Json> {
  const chart = new Chart(Testing.app(), 'test', { namespace: 'other' });
  new Dex(chart, 'dex', props);
  const objects = chart.toJson() as { kind: string; metadata: { name: string } }[];
  return new Map(
    objects.map((object) => [`${object.kind}/${object.metadata.name}`, object as unknown as Json]),
  );
}

/** The objects of a Dex in the namespace auth, with custom resources unless the options say another storage. */
export function dexOf(
  options: Partial<DexServerOptions> = {},
  props: Partial<DexProps> = {},
): Map<string, Json> {
  return dexObjects({
    namespace: 'auth',
    dex: dexServer({ issuer, storage: { type: 'kubernetes' }, ...options }),
    ...props,
  });
}

/** Where the pod and its container are in the Deployment. */
export const POD = 'spec.template.spec';
export const CONTAINER = `${POD}.containers.0`;

/** What the Deployment says at a path. */
export function podOf(objects: Map<string, Json>, path: string): unknown {
  return at(objects.get('Deployment/dex'), path);
}

/** The configuration file. */
export function fileOf(objects: Map<string, Json>): Record<string, unknown> {
  return YAML.parse(String(at(objects.get('Secret/dex'), 'stringData')?.['config.yaml' as never])) as Record<
    string,
    unknown
  >;
}

/** The environment variables of the container: values, or where they come from. */
export function variablesOf(objects: Map<string, Json>): Record<string, unknown> {
  const list = podOf(objects, `${CONTAINER}.env`) as { name: string; value?: string; valueFrom?: unknown }[];
  return Object.fromEntries(list.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

/** A storage with every option. */
export const postgres = {
  type: 'postgres',
  host: 'db.example.com',
  port: 5433,
  user: 'dex',
  password: literalSecret('db password'),
  database: 'dex',
  sslMode: 'verify-full',
  certificateAuthority: 'PEM',
  clientCertificateSecretName: 'db-client',
  maxOpenConns: 5,
  maxIdleConns: 2,
  connMaxLifetimeSeconds: 300,
  connectionTimeoutSeconds: 0,
} as const;

/** A connector to a server at a port of its own, with a password from a Secret. */
export const ldap = new DexConnector({
  issuer,
  type: 'ldap',
  id: 'corp-ldap',
  config: {
    host: 'ldap.example.com:3269',
    bindPW: existingSecret('bind', 'password'),
    userSearch: { baseDN: 'dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
  },
});
