import { synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import { BASE, clusterOf } from './cluster-of';
import { mappingAt, type Json } from '../support/tree';

/** `cdk.tf.json` of a document. */
export const textOf = (document: string): string =>
  synthesizeTerraform(clusterOf(document))?.['cdk.tf.json'] ?? '';
export const terraformOf = (document: string): Json => JSON.parse(textOf(document)) as Json;

/** The application at Auth0 among the resources. */
export const application = (document: string): Json =>
  mappingAt(terraformOf(document), 'resource.auth0_client.application');

/** The smallest document with an application at Auth0. */
export const MINIMAL = `${BASE}auth0: { domain: acme.eu.auth0.com }\n`;
