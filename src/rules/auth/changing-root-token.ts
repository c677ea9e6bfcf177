import type { Rule } from '../rule';
import { isClusterWithAuth, isGiven } from '../support/values-with-auth';

/** Where values say the root token; the chart generates one where both are empty. */
const TOKEN_KEYS = ['pachd.rootToken', 'pachd.rootTokenSecretName'];

export const changingRootToken: Rule<'chart-values'> = {
  code: 'AUT013',
  severity: 'warning',
  reads: ['chart-values'],
  title: 'Root token that every upgrade replaces',
  reason:
    'Where values name no root token, the chart generates one whenever it is rendered, and pachd takes the new one at its start. After each helm upgrade the token of before is refused, and everything that used it, such as a script, is locked out.',
  remedy:
    'Create the Secret once and name it in pachd.rootTokenSecretName, with the key root-token. kubectl -n NAMESPACE get secret pachyderm-auth shows the token that the cluster has now.',
  *check({ root, release }) {
    // Values without them are laid over others, which may have the token. With the Job of 2.2 the chart stops.
    if (release.bootstrap === 'job' || !isClusterWithAuth(root, release) || isGiven(root, TOKEN_KEYS)) return;
    yield {
      path: ['pachd'],
      onKey: true,
      message:
        'Each `helm upgrade` generates another root token, because neither `pachd.rootTokenSecretName` nor `pachd.rootToken` has one: the token of before is refused',
      hint: 'name a Secret with the key root-token in `pachd.rootTokenSecretName`',
    };
  },
};
