import { isMappingOrMissing, isThereAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const nothingToListenOn: Rule<'dex-config'> = {
  code: 'DEX212',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Dex without an address to listen on',
  reason: 'Dex exits at startup when neither its configuration nor its arguments say where it listens.',
  remedy:
    'Add web.http or web.https. When Dex is started with --web-http-addr or --web-https-addr, as the official chart does, there is nothing to fix.',
  /** The message has two blanks in Dex too. */
  *check(config) {
    if (!isMappingOrMissing(config, ['web'])) return;
    if (isThereAt(config, ['web', 'http']) || isThereAt(config, ['web', 'https'])) return;
    yield {
      path: config.root.entries?.has('web') ? ['web'] : [],
      onKey: true,
      // Of the container that a ConfigMap or Secret is for, the arguments are not known.
      ...(config.file.path.length > 0 ? { severity: 'warning' } : {}),
      message:
        'There is neither `web.http` nor `web.https`: `must supply a HTTP/HTTPS  address to listen on`',
      hint: 'add `web: { http: 0.0.0.0:5556 }`, unless Dex is started with --web-http-addr or --web-https-addr',
    };
  },
};
