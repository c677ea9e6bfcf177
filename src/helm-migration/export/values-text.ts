import type { Cluster } from '../../model/cluster';
import { writeYaml } from '../write-document';
import type { ExportedValues } from './export-values';

/** The values as text, with what has to be done before Helm gets them. */
export function valuesText({ values, variables, cluster }: ExportedValues): string {
  const head = [
    `# Values of the official Helm chart ${cluster.release.version.text}, made of a document of pachkit.`,
  ];
  if (variables.length > 0)
    head.push(
      '#',
      '# Secrets are placeholders, which have to be filled in first:',
      `#   ${helmCommand(cluster, variables)}`,
      ...variables.map(({ name, field }) => `#   ${name}  ${field}`),
    );
  return `${head.join('\n')}\n${writeYaml(values, new Map())}`;
}

/** The command by which Helm installs the values. */
export function helmCommand(
  { release, helmReleaseName, namespace }: Cluster,
  variables: ExportedValues['variables'],
  file = 'values.yaml',
): string {
  const helm = `helm upgrade --install ${helmReleaseName} pachyderm/pachyderm -n ${namespace} --version ${release.version.text}`;
  if (variables.length === 0) return `${helm} -f ${file}`;
  const names = variables.map(({ name }) => `$${name}`).join(' ');
  return `envsubst '${names}' < ${file} | ${helm} -f -`;
}
