import fs from 'node:fs';
import path from 'node:path';
import { clusterName, type Document } from '../document/document';
import { readOwnText } from '../files/read-file';
import { replaceFile } from '../files/replace-file';
import type { ClusterDocument } from '../generated/cluster-document';
import type { MadeApplication } from '../model/resolve-context';
import { keepingFolder } from './keeping-folder';
import type { SecretInput } from './secret-session';

/** The form of the file. */
const API_VERSION = 'pachkit/v1';

/** Where the client id of a cluster's application is kept, beside the document. It is no secret. */
export function keptApplicationFile(document: Document): string {
  return path.join(document.directory, '.pachkit', `${clusterName(document)}.auth0.json`);
}

/** The domain of the tenant that a document names; undefined without an application at Auth0. */
function domainOf(document: Document): string | undefined {
  return (document.value as unknown as Partial<ClusterDocument>).auth0?.domain;
}

/**
 * The application at Auth0 that an earlier deploy has made of a document, for those that do not say its client id. One that
 * was made in another tenant is none, and neither is what cannot be read: the next deploy finds it anew.
 */
export function keptApplication(document: Document): MadeApplication | undefined {
  const domain = domainOf(document);
  if (domain === undefined) return undefined;
  try {
    const kept = JSON.parse(readOwnText(keptApplicationFile(document))) as Record<string, unknown> | null;
    const { clientID } = kept ?? {};
    return kept?.['domain'] === domain && typeof clientID === 'string' && clientID !== ''
      ? { clientID }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The application of a document, as what reads its secrets knows it; one that is kept counts where the document says no client id. */
export function applicationOf(document: Document, input: SecretInput): MadeApplication | undefined {
  if (input.application !== undefined) return input.application(document);
  const { clientID } = (document.value as unknown as Partial<ClusterDocument>).auth0?.application ?? {};
  return clientID === undefined ? keptApplication(document) : undefined;
}

/** Keeps the client id of an application. Throws an error of Node when it cannot be written. */
export function keepApplication(document: Document, { clientID }: MadeApplication): void {
  if (keptApplication(document)?.clientID === clientID) return;
  const file = keptApplicationFile(document);
  keepingFolder(path.dirname(file));
  const content = {
    apiVersion: API_VERSION,
    description:
      'The application at Auth0 that pachkit deploy has made. Without this file it asks Terraform.',
    domain: domainOf(document),
    clientID,
  };
  replaceFile(file, `${JSON.stringify(content, null, 2)}\n`, 0o600);
}

/** Forgets the client id of an application that is gone. */
export function forgetApplication(document: Document): void {
  fs.rmSync(keptApplicationFile(document), { force: true });
}
