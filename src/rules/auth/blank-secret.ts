import { formatPath, writtenPath } from '../../document/source-node';
import { secretFields } from '../support/secret-fields';
import type { Rule } from '../rule';

export const blankSecret: Rule = {
  code: 'AUT011',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Secret that is blank',
  reason:
    'One line break at the end of a secret is not part of it, and a secret of nothing but white space is not a secret: what is written is empty, or a string that no one can see. With an empty password in a connector pachd exits at startup: "unable to open connector: no password supplied".',
  remedy: 'Write the secret, or take it from elsewhere: { env: NAME }, { file: PATH }, { existing: … }.',
  *check({ document, root }) {
    for (const { path, value } of secretFields(document))
      if (typeof value === 'string' && value !== '' && value.trim() === '')
        yield {
          path,
          message: `${formatPath(writtenPath(root, path))} holds nothing but white space, and the secret is empty`,
          hint: 'write the secret, best as { env: NAME }',
        };
  },
};
