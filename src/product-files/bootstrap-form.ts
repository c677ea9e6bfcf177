import { suggest } from '../diagnostics/suggest';
import { renameKey } from '../document/rename-key';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { jsonKind, kindHint, nodeKindName, typeName, type JsonKind } from '../forms/kinds';
import { removeUnknown } from '../forms/keys';
import type { ReleaseTraits } from '../releases/release-traits';
import type { BootstrapFile } from '../subjects/bootstrap-secret';
import { reportClientKeys } from './client-keys';
import { reportIssuerForm, reportLifetimeForms } from './pachd-settings-form';
import type { Report } from './report';

/** Keys of the strings, and the kinds of their values, as the messages of pachd's interface have them. */
const AUTH_CONFIG: Readonly<Record<string, JsonKind>> = {
  client_id: 'string',
  client_secret: 'string',
  issuer: 'string',
  localhost_issuer: 'bool',
  redirect_uri: 'string',
  require_email_verified: 'bool',
  scopes: 'array',
  user_accessible_issuer_host: 'string',
};

const IDENTITY_CONFIG: Readonly<Record<string, JsonKind>> = {
  id_token_expiry: 'string',
  issuer: 'string',
  rotation_token_expiry: 'string',
};

/** Those of a client, the names that protocol buffers have in JSON among them. */
const CLIENT: Readonly<Record<string, JsonKind>> = {
  id: 'string',
  name: 'string',
  redirect_uris: 'array',
  redirectUris: 'array',
  secret: 'string',
  trusted_peers: 'array',
  trustedPeers: 'array',
};

/** How pachd calls a string when it cannot read it. */
const UNREADABLE: Readonly<Record<BootstrapFile, string>> = {
  authConfig: 'unmarshal auth config: …',
  identityConfig: 'unmarshal identity config: …',
  roleBindings: 'unmarshal auth cluster role bindings: …',
  clients: 'unmarshal identity clients: …',
  trustedPeers: 'unmarshal trusted peers: …',
};

/** A string, what reads it, and where what is found is said. */
interface Reading {
  readonly holds: BootstrapFile;
  /** The key of the object that has the string. */
  readonly name: string;
  readonly release: ReleaseTraits;
  readonly report: Report;
}

/** Keys whose values pachd hands to Dex as durations. */
const LIFETIMES = [['id_token_expiry'], ['rotation_token_expiry']];

/** Says what pachd, or the config Job, cannot read in a string, or ignores. */
export function reportBootstrapForm(root: SourceNode, reading: Reading): void {
  const { holds, report } = reading;
  switch (holds) {
    case 'authConfig':
    case 'identityConfig':
      if (isOf('object', root, [], reading)) {
        reportKeys(root, holds === 'authConfig' ? AUTH_CONFIG : IDENTITY_CONFIG, [], reading);
        const issuer = nodeAt(root, ['issuer'])?.scalar;
        if (typeof issuer === 'string') reportIssuerForm(issuer, ['issuer'], report);
        reportLifetimeForms(root, LIFETIMES, report);
      }
      break;
    case 'roleBindings':
      if (isOf('object', root, [], reading))
        for (const [subject, roles] of root.entries ?? [])
          // What is no role has the finding of one that is not known.
          isOf('array', roles, [subject], reading);
      break;
    case 'clients':
      if (isOf('array', root, [], reading)) {
        reportClientKeys(root, [], report);
        root.items?.forEach((client, index) => {
          if (isOf('object', client, [index], reading)) reportKinds(client, CLIENT, [index], reading);
        });
      }
      break;
    case 'trustedPeers':
      if (isOf('array', root, [], reading)) reportStrings(root, [], reading);
  }
}

/** Whether a value has the kind that is read; null is none. Says so where it has not. */
function isOf(
  wanted: JsonKind,
  node: SourceNode,
  path: readonly PathStep[],
  { holds, name, release, report }: Reading,
): boolean {
  if (node.scalar === null) return false;
  const found = jsonKind(toValue(node));
  if (found === wanted) return true;
  const what = path.length === 0 ? `The text of \`${name}\`` : `\`${path.join('.')}\``;
  const effect =
    release.bootstrap === 'job'
      ? 'the config Job fails: `error syncing cluster state`'
      : `pachd does not start: \`${UNREADABLE[holds]}\``;
  report.add('FIL031', path, `${what} must be ${typeName(wanted)}, not ${nodeKindName(node)}: ${effect}`, {
    onKey: wanted === 'array' || wanted === 'object',
    hint: kindHint(found, wanted),
  });
  return false;
}

function reportStrings(list: SourceNode, path: readonly PathStep[], reading: Reading): void {
  list.items?.forEach((item, index) => isOf('string', item, [...path, index], reading));
}

/** Keys that are not read, and values of another kind. */
function reportKeys(
  mapping: SourceNode,
  keys: Readonly<Record<string, JsonKind>>,
  path: readonly PathStep[],
  reading: Reading,
): void {
  reportKinds(mapping, keys, path, reading);
  const names = Object.keys(keys);
  for (const [key, value] of mapping.entries ?? []) {
    if (Object.hasOwn(keys, key)) continue;
    const same = names.find((name) => isSame(name, key));
    const meant = same ?? suggest(key, names);
    reading.report.add(
      'FIL031',
      [...path, key],
      `\`${key}\` is not a key of \`${reading.name}\`, and what it says is lost`,
      {
        onKey: true,
        hint: meant === undefined ? removeUnknown(names) : `did you mean \`${meant}\`?`,
        fix: same === undefined || mapping.entries?.has(same) ? undefined : renameKey(value, same),
      },
    );
  }
}

function reportKinds(
  mapping: SourceNode,
  keys: Readonly<Record<string, JsonKind>>,
  path: readonly PathStep[],
  reading: Reading,
): void {
  for (const [key, value] of mapping.entries ?? []) {
    const wanted = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (wanted !== undefined && isOf(wanted, value, [...path, key], reading) && wanted === 'array')
      reportStrings(value, [...path, key], reading);
  }
}

/** Whether two names are one word, with humps in one and underscores in the other. */
function isSame(name: string, key: string): boolean {
  const plain = (text: string): string => text.replace(/[_-]/g, '').toLowerCase();
  return plain(name) === plain(key);
}
