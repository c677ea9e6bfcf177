import path from 'node:path';
import type { Consultation } from '../doctor/examine-files';
import { readNamedFile } from '../files/read-file';
import { isSystemError, readFailure } from '../files/system-error';
import type { CommandOption, CommandOptions } from './command';
import type { Host } from './host';

/** Options of commands that look at a login: where hosts are, and which authorities are trusted. */
export const LOOK_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--resolve <host:port:address>',
    description:
      'connect to this address for that host and port, as curl does, to look at the login; may be given several times',
    repeats: true,
  },
  {
    flags: '--ca <file>',
    description: 'certificates of authorities to trust besides those of this machine, to look at the login',
  },
];

/** Largest file that is taken for certificates, in bytes. */
const CERTIFICATES_LIMIT = 4 * 1024 * 1024;

/** What these options say, or what is wrong with one, as a sentence. */
export function lookSettings(
  host: Host,
  options: CommandOptions,
): Pick<Consultation, 'overrides' | 'authorities'> | { readonly problem: string } {
  const authorities = readCertificates(host, options['ca']);
  if (typeof authorities === 'object') return authorities;
  return {
    overrides: (options['resolve'] as readonly string[] | undefined) ?? [],
    ...(authorities === undefined ? {} : { authorities }),
  };
}

/** PEM text of `--ca`; undefined without the option. */
function readCertificates(host: Host, file: unknown): string | undefined | { readonly problem: string } {
  if (typeof file !== 'string') return undefined;
  try {
    const text = readNamedFile(path.resolve(host.directory, file), CERTIFICATES_LIMIT).toString('utf8');
    return text.includes('-----BEGIN CERTIFICATE-----')
      ? text
      : { problem: `--ca ${file}: it has no PEM certificate` };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { problem: `--ca ${file}: ${readFailure(error)}` };
  }
}
