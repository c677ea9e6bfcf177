import { isThereAt, itemsAt, mayBeTrueAt, textAt, type DexConfigSubject } from '../../subjects/dex-config';
import type { PathStep } from '../../document/source-node';
import type { Finding, Rule } from '../rule';

export const clientCredentials: Rule<'dex-config'> = {
  code: 'DEX222',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Client without, or with two, of an id or a secret',
  reason:
    'A client has its id in id or the name of a variable in idEnv, and its secret in secret or secretEnv; public clients have no secret. With neither of two, or with both, Dex exits at startup.',
  remedy:
    'Keep one of id and idEnv, and one of secret and secretEnv. Write public: true for a client that cannot keep a secret.',
  *check(config) {
    for (const [index, client] of itemsAt(config, ['staticClients']).entries())
      if (client.entries) yield* checkClient(config, ['staticClients', index]);
  },
};

function* checkClient(config: DexConfigSubject, path: readonly PathStep[]): Iterable<Finding> {
  const has = (key: string): boolean => isThereAt(config, [...path, key]);
  const id = textAt(config, [...path, 'id']) ?? textAt(config, [...path, 'idEnv']) ?? '';
  const exclusive = (key: string, other: string, names: string): Finding => ({
    path: [...path, other],
    onKey: true,
    message: `\`${key}\` and \`${other}\` exclude each other: \`invalid config: ${names} fields are exclusive for client "${id}"\``,
    hint: 'keep one of them',
  });
  const missing = (keys: string, error: string): Finding => ({
    path,
    onKey: true,
    message: `The client has neither ${keys}: \`invalid config: ${error}\``,
    hint: 'add one of them',
  });
  if (has('id') && has('idEnv')) yield exclusive('id', 'idEnv', 'ID and IDEnv');
  if (!has('id') && !has('idEnv'))
    yield missing('`id` nor `idEnv`', 'ID or IDEnv field is required for a client');
  if (has('secret') && has('secretEnv')) yield exclusive('secret', 'secretEnv', 'Secret and SecretEnv');
  if (!has('secret') && !has('secretEnv') && !mayBeTrueAt(config, [...path, 'public']))
    yield missing('`secret` nor `secretEnv`', `Secret or SecretEnv field is required for client "${id}"`);
}
