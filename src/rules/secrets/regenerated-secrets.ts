import { nodeAt, type SourceNode } from '../../document/source-node';
import type { ChartFact } from '../../helm-values/chart-fact';
import { chartFacts, isInChart } from '../../helm-values/facts';
import type { Rule } from '../rule';
import { isClusterWithAuth, isGiven } from '../support/values-with-auth';

/** What has a rule of its own. */
const ROOT_TOKEN = 'pachd.rootToken';

/** Values without which the chart does not render the Secret, so that nothing changes. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'pachd.enterpriseSecret': ['pachd.enterpriseLicenseKey', 'pachd.enterpriseLicenseKeySecretName'],
};

export const regeneratedSecrets: Rule<'chart-values'> = {
  code: 'SEC019',
  severity: 'warning',
  reads: ['chart-values'],
  title: 'Secrets that every upgrade replaces',
  reason:
    'The chart generates client secrets, the id of the cluster and its secret for the license whenever it is rendered, unless values have them. helm upgrade with the same values puts other ones into the Secrets and restarts no pod, so that a pod takes them whenever it happens to start anew: a Console that was rescheduled is refused by a pachd that was not. What renders the chart all the time, as Argo CD does, never comes to rest.',
  remedy:
    'Create each Secret once and name it in the value that ends in SecretName. What the cluster has now is in the Secrets pachyderm-auth, pachyderm-console-secret, pachyderm-enterprise and pachyderm-deployment-id-secret; the id is written into pachd.clusterDeploymentID itself.',
  *check({ root, release, profile }) {
    if (profile === 'dev' || !isClusterWithAuth(root, release)) return;
    const empty = chartFacts().filter(
      (fact) => fact.rolled === true && isInChart(fact, release.version) && isRegenerated(fact, root),
    );
    // The id alone locks no one out.
    const named = empty.find(({ secretName }) => secretName !== undefined)?.secretName;
    if (named === undefined) return;
    const names = empty.map(({ path }) => `\`${path}\``).join(', ');
    yield {
      path: ['pachd'],
      onKey: true,
      message: `Each \`helm upgrade\` replaces what the chart generates for ${names}, and pods that start anew later do not agree with those that go on`,
      hint: `create the Secrets once and name them, as in \`${named}\`; what the cluster has now is in the Secrets of the release`,
    };
  },
};

function isRegenerated({ path, secretName }: ChartFact, root: SourceNode): boolean {
  if (path === ROOT_TOKEN || isGiven(root, secretName === undefined ? [path] : [path, secretName]))
    return false;
  if (path.startsWith('console.') && nodeAt(root, ['console', 'enabled'])?.scalar === false) return false;
  const needed = NEEDED[path];
  return needed === undefined || isGiven(root, needed);
}
