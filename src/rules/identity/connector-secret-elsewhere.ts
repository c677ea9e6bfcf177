import { formatPath } from '../../document/source-node';
import { connectorSecrets } from '../support/secret-fields';
import type { Rule } from '../rule';

export const connectorSecretElsewhere: Rule = {
  code: 'IDN007',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Connector secret in a Secret of its own',
  reason:
    'Pachyderm reads its connectors, their secrets included, as one document from one key of a Secret. There is no way to say in it that a secret is somewhere else, and environment variables are not expanded either.',
  remedy:
    'Give the secret as { env: NAME } or { file: PATH }, which pachkit writes into the document; or put the whole list of connectors into a Secret and name it in identity.connectorsFrom.',
  *check({ document, cluster }) {
    // A standalone Dex gets each secret as an environment variable.
    if (cluster.dex) return;
    for (const { path, value } of connectorSecrets(document))
      if (typeof value === 'object' && value !== null && 'existing' in value)
        yield {
          path,
          message: `Pachyderm reads its connectors as one document, in which a reference to a Secret cannot be, so ${formatPath(path.slice(4))} would be missing`,
          hint: 'use { env: NAME } or { file: PATH }; or put the whole list of connectors into a Secret: identity.connectorsFrom',
        };
  },
};
