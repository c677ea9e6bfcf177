import { formatPath, type PathStep } from '../../document/source-node';
import { isThereAt, textAt, type DexConfigSubject } from '../../subjects/dex-config';
import type { Rule } from '../rule';

/** Keys that hold the path of a file, and when Dex opens it. */
const FILES: readonly {
  readonly path: readonly string[];
  readonly isOpened: (config: DexConfigSubject) => boolean;
}[] = [
  ...['tlsCert', 'tlsKey'].map((key) => ({
    path: ['web', key],
    isOpened: (config: DexConfigSubject) => isThereAt(config, ['web', 'https']),
  })),
  ...['tlsCert', 'tlsKey', 'tlsClientCA'].map((key) => ({
    path: ['grpc', key],
    isOpened: (config: DexConfigSubject) => isThereAt(config, ['grpc', 'tlsCert']),
  })),
  ...['caFile', 'certFile', 'keyFile'].map((key) => ({
    path: ['storage', 'config', 'ssl', key],
    isOpened: (config: DexConfigSubject) =>
      textAt(config, ['storage', 'config', 'ssl', 'mode']) !== 'disable',
  })),
  { path: ['storage', 'config', 'kubeConfigFile'], isOpened: () => true },
];

export const filePaths: Rule<'dex-config'> = {
  code: 'DEX234',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Path of a file that cannot be one',
  reason:
    'Certificates, keys and kubeconfig files are named by their paths in the container. The text of a certificate is taken for a path too, and so is a path with a blank or a line break at one of its ends; Dex exits at startup with "file name too long" or "no such file or directory".',
  remedy: 'Mount the file, and write its path alone.',
  *check(config) {
    for (const { path, isOpened } of FILES) {
      const text = textAt(config, path);
      const fault = text === undefined ? undefined : faultOf(text);
      if (fault !== undefined && isOpened(config)) yield finding(path, fault);
    }
  },
};

/** Why a string is no path of a file that anyone has; undefined for one that may be. */
export function faultOf(text: string): 'content' | 'blank' | undefined {
  if (text.includes('-----BEGIN')) return 'content';
  return text !== text.trim() ? 'blank' : undefined;
}

function finding(
  path: readonly PathStep[],
  fault: 'content' | 'blank',
): { path: readonly PathStep[]; message: string; hint: string } {
  const name = formatPath(path);
  return fault === 'content'
    ? {
        path,
        message: `\`${name}\` holds a certificate or key, and Dex takes it for the path of a file: \`file name too long\``,
        hint: "mount it as a file in Dex's container, and write the path, such as /etc/dex/tls/tls.crt",
      }
    : {
        path,
        message: `\`${name}\` has white space at one of its ends, which Dex takes for a part of the name of the file: \`no such file or directory\``,
        hint: 'remove the white space; a string after | ends with a line break, one after |- does not',
      };
}
