import { suggest } from '../diagnostics/suggest';
import { renameKey } from '../document/rename-key';
import { formatPath, nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { jsonKind, kindHint, nodeKindName, typeName, type JsonKind } from '../forms/kinds';
import { removeUnknown } from '../forms/keys';
import { PLACES } from '../model/secret-places';
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

/** Where pachd has clients from beside its own. */
const MORE_CLIENTS: ReadonlySet<string> = new Set(['additionalClients', PLACES.clients.key]);

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
          if (!isOf('object', client, [index], reading)) return;
          reportKinds(client, CLIENT, [index], reading);
          reportNameless(client, index, reading);
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
  const [first] = path;
  const isItem = typeof first === 'number';
  const what = path.length === 0 ? `The text of \`${name}\`` : `\`${isItem ? name : ''}${formatPath(path)}\``;
  const effect =
    release.bootstrap === 'job'
      ? 'the config Job fails: `error syncing cluster state`'
      : `pachd does not start: \`${MORE_CLIENTS.has(name) ? 'unmarshal extra identity clients: …' : UNREADABLE[holds]}\``;
  report.add('FIL031', path, `${what} must be ${typeName(wanted)}, not ${nodeKindName(node)}: ${effect}`, {
    onKey: wanted === 'array' || wanted === 'object',
    hint: kindHint(found, wanted),
  });
  return false;
}

/** Each client needs an id and a name. */
function reportNameless(client: SourceNode, index: number, { release, report }: Reading): void {
  for (const key of ['name', 'id']) {
    const node = nodeAt(client, [key]);
    if (node && node.scalar !== '' && node.scalar !== null) continue;
    report.add(
      'FIL031',
      node ? [index, key] : [index],
      `The client has no \`${key}\`, and ${release.bootstrap === 'job' ? 'the config Job fails' : 'pachd does not start'}: \`no client ${key} specified\``,
      { hint: `add \`${key}\`` },
    );
  }
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
