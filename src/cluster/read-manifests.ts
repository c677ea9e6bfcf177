import fs from 'node:fs';
import path from 'node:path';
import { isMapping } from '../document/is-mapping';
import { readOwnText } from '../files/read-file';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api/objects';

/** Largest file of manifests that is read, in bytes. */
const LIMIT = 32 * 1024 * 1024;

/**
 * The Kubernetes objects in the YAML and JSON files of a folder and of those below it: what synth wrote, or others. What is
 * no Kubernetes object is skipped, as connectors and Terraform are.
 *
 * @returns a sentence where a file cannot be read
 */
export function readManifests(folder: string): KubernetesObject[] | { readonly problem: string } {
  try {
    return filesIn(folder).flatMap((file) => objectsIn(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { problem: code === undefined ? message : `cannot be read (${code})` };
  }
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function objectsIn(file: string): KubernetesObject[] {
  if (fs.statSync(file).size > LIMIT)
    throw new Error(`has a file of more than ${LIMIT} bytes, ${path.basename(file)}`);
  const documents = parseAllDocuments(readOwnText(file));
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    if (document.errors.length > 0)
      throw new Error(`has a file that is not valid YAML, ${path.basename(file)}`);
    const value: unknown = document.toJS();
    const items =
      isMapping(value) && value['kind'] === 'List' && Array.isArray(value['items'])
        ? value['items']
        : [value];
    return items.filter(isObject);
  });
}

function isObject(value: unknown): value is KubernetesObject {
  return (
    isMapping(value) &&
    typeof value['apiVersion'] === 'string' &&
    typeof value['kind'] === 'string' &&
    isMapping(value['metadata']) &&
    typeof value['metadata']['name'] === 'string'
  );
}
