import { isThereAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

/** The keys that `web.https` needs, and Dex's word for each that is missing. */
const NEEDED = {
  tlsCert: 'no cert specified for HTTPS',
  tlsKey: 'no private key specified for HTTPS',
};

export const httpsWithoutCertificate: Rule<'dex-config'> = {
  code: 'DEX213',
  severity: 'error',
  reads: ['dex-config'],
  title: 'https without a certificate',
  reason: 'Dex exits at startup when it is to listen with https and has no certificate or no key for it.',
  remedy:
    'Give web.tlsCert and web.tlsKey, paths of files in the container, or listen with web.http behind a proxy that speaks https.',
  *check(config) {
    if (!isThereAt(config, ['web', 'https'])) return;
    for (const [key, error] of Object.entries(NEEDED))
      if (!isThereAt(config, ['web', key]))
        yield {
          path: ['web'],
          onKey: true,
          message: `\`web.${key}\` is missing, which \`web.https\` needs: \`${error}\``,
          hint: `add \`${key}\`, the path of a file in the container`,
        };
  },
};
