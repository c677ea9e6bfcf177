import { nodeAt } from '../../document/source-node';
import { stringAt } from '../../subjects/scalars';
import type { Rule } from '../rule';

const PATH = ['pachd', 'serviceAccount', 'name'] as const;

/** The account that the chart binds its roles to, whatever the values say. */
const BOUND = 'pachyderm';

export const unboundServiceAccount: Rule<'chart-values'> = {
  code: 'PCH115',
  severity: 'error',
  reads: ['chart-values'],
  title: 'Service account of pachd without rights',
  reason:
    'The RoleBinding of the official chart names the service account pachyderm, and pachd.serviceAccount.name changes only the account that pachd runs as. Under another name pachd may read and create nothing in its namespace, so no pipeline starts.',
  remedy:
    'Remove pachd.serviceAccount.name; annotations for a cloud role go to pachd.serviceAccount.additionalAnnotations. Where the account has rights of its own, set pachd.rbac.create to false.',
  *check({ root }) {
    const name = stringAt(root, PATH);
    if (name === undefined || name === BOUND || nodeAt(root, ['pachd', 'rbac', 'create'])?.scalar === false)
      return;
    yield {
      path: PATH,
      message: `pachd runs as \`${name}\`, and the chart gives its rights to \`${BOUND}\`: pachd starts no pipeline`,
      hint: 'remove the line, or give the account the rights yourself and set `pachd.rbac.create: false`',
    };
  },
};
