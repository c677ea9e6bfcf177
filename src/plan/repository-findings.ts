import type { Diagnostic } from '../diagnostics/diagnostic';
import { placeAt } from '../document/source-node';
import type { OutputEntry } from '../outputs/output';
import type { DescribedCluster } from '../pipeline/read-clusters';

/** What keeps engines from rolling a cluster out as the selected outputs are to have it. */
export function repositoryFindings(
  { cluster, document }: DescribedCluster,
  selected: readonly OutputEntry[],
): Diagnostic[] {
  const engines = selected.filter(({ needs }) => needs.includes('repository'));
  if (engines.length === 0) return [];
  const { gitops, name, secretForm } = cluster;
  if (gitops === undefined)
    return [
      {
        code: 'OUT011',
        severity: 'error',
        message: `${name}: ${namesOf(engines)} cannot be written without the repository that the cluster is rolled out from`,
        location: { file: document.file },
        path: '/gitops',
        hint: 'write gitops: { url: https://github.com/acme/clusters.git, path: dist/pachkit }',
      },
    ];
  const findings: Diagnostic[] = [];
  if (gitops.isArtifact && 'branch' in gitops.ref)
    findings.push({
      code: 'OUT013',
      severity: 'error',
      message: `${name}: gitops.url names an artifact in a registry, which has tags and no branches`,
      ...placeAt(document.root, ['gitops', 'ref', 'branch']),
      hint: `write ref: { tag: ${gitops.ref.branch} }`,
    });
  const left = engines.filter(({ decrypts = false }) =>
    secretForm.kind === 'sops' ? !decrypts : secretForm.kind === 'manifests',
  );
  if (left.length > 0)
    findings.push({
      code: 'OUT012',
      severity: 'warning',
      message: `${name}: ${namesOf(left)} ${left.length === 1 ? 'does' : 'do'} not roll out the Secrets, which are ${secretForm.kind === 'sops' ? 'encrypted with sops' : 'in clear text and not in Git'}: pods wait until someone applies them`,
      ...placeAt(document.root, ['secrets', 'output']),
      hint: 'apply the folder secrets as the summary says, or write secrets.output: sealedSecret or externalSecret',
    });
  return findings;
}

function namesOf(engines: readonly OutputEntry[]): string {
  return engines.map(({ name }) => name).join(' and ');
}
