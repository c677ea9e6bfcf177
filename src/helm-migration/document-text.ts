import type { ImportedDocument } from './import-values';
import { writeYaml } from './write-document';

/** The document as text, with the line by which editors find its schema, and what is to be done before it is used. */
export function documentText({ document, comments, variables }: ImportedDocument): string {
  const head = [
    '# yaml-language-server: $schema=./schemas/cluster.schema.json',
    '# Imported from values of the official Helm chart.',
  ];
  if (variables.length > 0)
    head.push(
      '#',
      '# These secrets are read from environment variables: no key of a Secret of the release holds them alone.',
      ...variables.map(({ name, field }) => `#   ${name}  ${field}`),
    );
  return `${head.join('\n')}\n${writeYaml(document, comments)}`;
}
