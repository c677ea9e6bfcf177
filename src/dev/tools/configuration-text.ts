import { dump } from 'js-yaml';

/** A configuration of a tool as a file. */
export function configurationText(configuration: object): string {
  return `# Written by pachkit dev. Its ports are those that the URLs of the document name.\n${dump(configuration)}`;
}
