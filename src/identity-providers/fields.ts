import type { SchemaPart } from '../schema/schema-at';
import type { Given, DerivedSettings } from './provider';

const CLUSTER = 'cluster.schema.json#/$defs';

/** A host name, with an example. */
export function hostName(description: string, example: string): SchemaPart {
  return { description, $ref: `${CLUSTER}/hostName`, examples: [example] };
}

const LABEL = '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?';
const HOST_AND_PORT = `^${LABEL}(\\.${LABEL})*(:[1-9][0-9]{0,4})?$`;

/** The host of a server that often has a port of its own. */
export function hostAndPort(description: string, example: string): SchemaPart {
  const expected = 'a host, with its port where that is not 443: no scheme and no path';
  return pattern(description, HOST_AND_PORT, expected, example);
}

/** Whether a field is such a host. */
export function isHostAndPort(part: SchemaPart | undefined): boolean {
  return part?.['pattern'] === HOST_AND_PORT;
}

/** One line of text, with an example. */
export function line(description: string, example: string): SchemaPart {
  return { description, $ref: `${CLUSTER}/line`, examples: [example] };
}

/** The path of a file that Dex reads: a file of the Secret that is mounted at /dexcreds/, or one of the image. */
export function file(description: string, example: string): SchemaPart {
  return {
    ...pattern(
      description,
      '^/[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+$',
      'the path of a file in the container of Dex, from / on',
      example,
    ),
    'x-hint': `put the file into the Secret that identity.credentialFilesSecretName names, and write its path there, such as ${example}`,
  };
}

/** A string of a form of its own. */
export function pattern(description: string, form: string, expected: string, example: string): SchemaPart {
  return { description, type: 'string', pattern: form, 'x-expected': expected, examples: [example] };
}

/** One of these words. */
export function choice(description: string, values: readonly string[], otherwise: string): SchemaPart {
  return { description, type: 'string', enum: values, default: otherwise };
}

/** `true` or `false`. */
export function flag(description: string, otherwise: boolean): SchemaPart {
  return { description, type: 'boolean', default: otherwise };
}

/** A list of one line each, none of them twice. */
export function lines(description: string, item: string, example: readonly string[]): SchemaPart {
  return {
    description,
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { description: item, $ref: `${CLUSTER}/line` },
    examples: [example],
  };
}

/** A list of host names. */
export function hostNames(description: string, example: readonly string[]): SchemaPart {
  return {
    description,
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { description: 'A host name.', $ref: `${CLUSTER}/hostName` },
    examples: [example],
  };
}

/** A secret value. */
export function secret(description: string): SchemaPart {
  return { description, $ref: 'secret-value.schema.json' };
}

/** A TCP port. */
export function port(description: string): SchemaPart {
  return { description, $ref: `${CLUSTER}/port` };
}

/** The fields that every provider with an OAuth client has. */
export const CLIENT_FIELDS: Readonly<Record<string, SchemaPart>> = {
  clientID: {
    description: 'Id of the client, as the provider shows it.',
    $ref: `${CLUSTER}/clientID`,
    examples: ['0oa1fxphMZexample'],
  },
  clientSecret: secret('Secret of the client.'),
};

export const CLIENT_REQUIRED: readonly string[] = ['clientID', 'clientSecret'];

/** The words of providers that speak OpenID Connect; `issuer` is the field that the issuer follows from. */
export function openIdWords(issuer: string): Readonly<Record<string, string>> {
  return {
    issuer,
    rootCAs: 'ca',
    insecureEnableGroups: 'groups',
    'insecureEnableGroups: true': 'groups: true',
  };
}

/** What to write for groups where `GROUPS_FIELD` leaves them out. */
export const GROUPS_HINT = 'remove groups: false';

/** The client in settings of Dex. */
export function client(given: Given): DerivedSettings {
  return { clientID: given.unchanged('clientID'), clientSecret: given.unchanged('clientSecret') };
}

/** The field with which a provider's groups are left out. */
export const GROUPS_FIELD: SchemaPart = {
  ...flag('Whether groups come along at the login.', true),
  'x-hint':
    'write true, and all groups of a user come along: auth.roleBindings gives them roles, and the provider says who may use the application',
};
