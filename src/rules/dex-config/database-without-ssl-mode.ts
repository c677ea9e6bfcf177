import { isPostgresSocket, isThereAt, textAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const SSL = ['storage', 'config', 'ssl'];

export const databaseWithoutSslMode: Rule<'dex-config'> = {
  code: 'DEX220',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Connection to Postgres silently on encryption',
  reason:
    'Without ssl.mode Dex demands a certificate of Postgres that the system trusts and that names the host (verify-full). A Postgres in the cluster rarely has one, which is the usual first failure. Unix sockets have no encryption.',
  remedy:
    'Write storage.config.ssl: { mode: disable }, or require, or verify-full with the file of the authority in caFile.',
  *check(config) {
    if (textAt(config, ['storage', 'type']) !== 'postgres' || isPostgresSocket(config)) return;
    if (isThereAt(config, [...SSL, 'mode']) || isThereAt(config, [...SSL, 'caFile'])) return;
    yield {
      path: ['storage', 'config'],
      onKey: true,
      message:
        'Without `ssl.mode` Dex demands a certificate of Postgres that the system trusts and that names the host (verify-full); a Postgres in the cluster rarely has one',
      hint: 'write `ssl: { mode: disable }`, or verify-full with `caFile`',
    };
  },
};
