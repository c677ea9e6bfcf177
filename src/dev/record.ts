import fs from 'node:fs';
import path from 'node:path';
import { clusterName, type Document } from '../document/document';
import { readOwnText } from '../files/read-file';
import { replaceFile } from '../files/replace-file';
import { keepingFolder } from '../secrets/keeping-folder';
import type { MappedPort } from './access-services';
import type { DevCluster } from './tool';

/** A cluster that `pachkit dev up` has made. */
export interface MadeCluster extends DevCluster {
  /** Name of the tool that made it. */
  readonly tool: string;
}

const API_VERSION = 'pachkit/v1';

/** Where it is kept what was made for a document. */
function fileOf(document: Document): string {
  return path.join(document.directory, '.pachkit', `${clusterName(document)}.dev.json`);
}

/** Where the configuration for a tool is kept. */
export function configurationFile(document: Document, tool: string): string {
  return path.join(document.directory, '.pachkit', `${clusterName(document)}.${tool}.yaml`);
}

/** The cluster that was made for a document; undefined when there is none, or the file cannot be read. */
export function madeCluster(document: Document): MadeCluster | undefined {
  try {
    const { tool, name, ports } = JSON.parse(readOwnText(fileOf(document))) as Partial<MadeCluster>;
    return typeof tool === 'string' && typeof name === 'string' && isPorts(ports)
      ? { tool, name, ports }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps that a cluster was made for a document. Throws an error of Node when it cannot be written. */
export function keepMadeCluster(document: Document, { tool, name, ports }: MadeCluster): void {
  const file = fileOf(document);
  keepingFolder(path.dirname(file));
  const content = {
    apiVersion: API_VERSION,
    description: 'The cluster that pachkit dev up has made. Without this file pachkit dev does not touch it.',
    ...{ tool, name, ports },
  };
  replaceFile(file, `${JSON.stringify(content, null, 2)}\n`, 0o600);
}

/** Keeps the configuration that a tool is given. Throws an error of Node when it cannot be written. */
export function keepConfiguration(document: Document, tool: string, text: string): string {
  const file = configurationFile(document, tool);
  keepingFolder(path.dirname(file));
  replaceFile(file, text, 0o644);
  return file;
}

/** Forgets a cluster that is gone. */
export function forgetMadeCluster(document: Document): void {
  fs.rmSync(fileOf(document), { force: true });
}

function isPorts(value: unknown): value is readonly MappedPort[] {
  return (
    Array.isArray(value) &&
    value.every((each: Partial<MappedPort> | null) =>
      [each?.port, each?.nodePort].every((port) => Number.isInteger(port)),
    )
  );
}
