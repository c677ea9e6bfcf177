import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type SourceNode } from '../document/source-node';
import { findingsAbout } from '../rules/registry';
import { bootstrapSecretSubject, issuerOfFile, type BootstrapFile } from '../subjects/bootstrap-secret';
import { readEmbedded } from './embedded-text';
import { decoded } from './kubernetes-manifest';
import { Report } from './report';

/** The Secret whose keys are the files of the config Job of Pachyderm 2.2. */
export const JOB_SECRET = 'pachyderm-bootstrap-config';

/** What a file of the Job says, by its key in the Secret. */
const FILES: Readonly<Record<string, BootstrapFile>> = {
  authConfig: 'issuer',
  identityServiceConfig: 'issuer',
  clusterRoleBindings: 'roleBindings',
};

/** Where a Secret has a file of the Job beside the list of connectors. */
export function jobFileIn(root: SourceNode): readonly string[] | undefined {
  const places = SECTIONS.flatMap((section) => Object.keys(FILES).map((name) => [section, name]));
  return places.find((place) => typeof nodeAt(root, place)?.scalar === 'string');
}

const SECTIONS = ['stringData', 'data'];

/** Both have the issuer: pachd compares that of the first with what Dex makes of that of the second. */
const ISSUER_FILES: Readonly<Record<string, string>> = {
  authConfig: 'identityServiceConfig',
  identityServiceConfig: 'authConfig',
};

interface JobFile {
  readonly section: string;
  readonly name: string;
  readonly content: SourceNode;
}

/** Checks what the bootstrap Secret holds besides connectors, with the rules for documents. */
export function checkJobSecret(root: SourceNode): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const files: JobFile[] = [];
  for (const section of SECTIONS)
    for (const name of Object.keys(FILES)) {
      const node = nodeAt(root, [section, name]);
      // A string that begins with a dollar is the name of a variable.
      if (typeof node?.scalar !== 'string' || node.scalar.startsWith('$')) continue;
      const read = readEmbedded(node, section === 'data' ? decoded(node.scalar) : node.scalar);
      diagnostics.push(...read.diagnostics);
      const [content] = read.roots;
      if (content) files.push({ section, name, content });
    }
  for (const file of files) diagnostics.push(...checkFile(file, files));
  return diagnostics;
}

function checkFile({ section, name, content }: JobFile, files: readonly JobFile[]): Diagnostic[] {
  const holds = FILES[name];
  if (!holds) return [];
  const key = ISSUER_FILES[name];
  const other = files.find((each) => each.name === key);
  const comparedWith = key === undefined ? undefined : { key, url: other && issuerOfFile(other.content) };
  const report = new Report(content, [section, name]);
  report.addAll(findingsAbout('bootstrap-secret', bootstrapSecretSubject(content, holds, comparedWith)));
  return report.diagnostics;
}
