import { formatPath, writtenPath, type PathStep } from '../../document/source-node';
import { textsUnder } from '../../document/texts-under';
import { secretInUrl } from '../../document/url-secrets';
import { chartFact } from '../../helm-values/facts';
import { fieldsOfChartValue } from '../../schema/chart-fields';
import type { ChartValuesSubject } from '../../subjects/chart-values';
import type { ClusterSubject } from '../../subjects/subject';
import type { Finding, Rule } from '../rule';
import { secretFields } from '../support/secret-fields';

export const secretInUrlRule: Rule<'cluster' | 'chart-values'> = {
  code: 'SEC032',
  severity: 'warning',
  reads: ['cluster', 'chart-values'],
  title: 'Secret in a URL',
  reason:
    'A password in a URL, or a token in one of its parameters, is not kept in a Secret: it is in the document or the values, in the environment of Deployments, and in the logs of what asks the URL. Anyone who may read Deployments in the namespace can use it. Of the URL of a bucket pachd uses no password at all.',
  remedy:
    'Take it out of the URL. Credentials of a bucket are those of its backend: storage.s3.credentials, in values pachd.storage.amazon.id and secret. A proxy that admits the cluster by its addresses asks for no password; for one that does, use a user that has no other rights.',
  *check(subject) {
    if (subject.profile === 'dev') return;
    for (const { path, text } of textsUnder(subject.root)) {
      const kind = secretInUrl(text);
      if (kind !== undefined && !isSaidElsewhere(subject, path)) yield finding(subject, path, kind);
    }
  },
};

function finding(
  { kind: of, root }: ClusterSubject | ChartValuesSubject,
  path: readonly PathStep[],
  kind: 'password' | 'parameter',
): Finding {
  const name = formatPath(writtenPath(root, path));
  const shown = of === 'chart-values' ? `\`${name}\`` : name;
  return {
    path,
    message: `The URL of ${shown} has ${kind === 'password' ? 'a password' : 'a secret'} in it, in plain text for everyone who reads ${of === 'cluster' ? 'the document, its manifests' : 'the values'} or a Deployment of the cluster`,
    hint: hintFor(path),
  };
}

function hintFor(path: readonly PathStep[]): string {
  switch (path.join('.')) {
    case 'storage.url':
      return 'take it out of the URL, and write the credentials of the backend, as in storage.s3.credentials';
    case 'pachd.storage.storageURL':
      return 'take it out of the URL, and write the credentials of the backend, as in `pachd.storage.amazon.id` and `secret`';
    case 'network.httpProxy':
    case 'global.proxy':
      return 'let the proxy admit the cluster by its addresses, or give it a user that has no other rights';
    default:
      return 'take it out of the URL';
  }
}

/** What is kept in Secrets, what has a finding where it is in plain text, and URLs of logins, whose form permits no user. */
function isSaidElsewhere(subject: ClusterSubject | ChartValuesSubject, path: readonly PathStep[]): boolean {
  if (subject.kind === 'cluster')
    return secretFields(subject.document).some((field) => isWithin(path, field.path));
  const name = path.join('.');
  return (
    chartFact(name)?.secret === true ||
    path[0] === 'oidc' ||
    (fieldsOfChartValue(name)?.some((field) => field.startsWith('access.')) ?? false)
  );
}

function isWithin(path: readonly PathStep[], around: readonly PathStep[]): boolean {
  return around.every((step, index) => path[index] === step);
}
