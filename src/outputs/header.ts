import path from 'node:path';
import { printable } from '../diagnostics/code-frame';
import { STANDARD_INPUT_NAME } from '../document/read-source';
import type { OutputFile } from './output';

/**
 * YAML files with a comment at their top that says what made them, from which document, and that they are not to be edited. Only
 * the document's own name is in it, so that the files are the same on every machine.
 *
 * @param document the file as the user named it; missing where a program describes the cluster
 */
export function withHeaders(files: readonly OutputFile[], document: string | undefined): OutputFile[] {
  const header = headerOf(document);
  return files.map((file) =>
    file.path.endsWith('.yaml') ? { ...file, content: `${header}${file.content}` } : file,
  );
}

function headerOf(document: string | undefined): string {
  if (document === undefined)
    return '# Written by pachkit. Do not edit: change what describes the cluster.\n';
  const name =
    document === STANDARD_INPUT_NAME ? 'a document on standard input' : oneLine(path.basename(document));
  return `# Written by pachkit from ${name}. Do not edit: change the document, and run pachkit synth.\n`;
}

/** A name in a comment, which Helm must not take for a template either. */
function oneLine(name: string): string {
  return printable(name).replaceAll('\n', '\ufffd').replaceAll('{{', '{ {');
}
