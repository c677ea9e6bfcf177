import type { DeployEvent } from '../cluster/live';
import type { ApplicationChange } from '../provision/provision';
import type { VerifiedPart } from '../dev/verify-cluster';
import type { Examination } from '../doctor/examine-files';

/** What commands tell while they go on; programs get each as a line of JSON. */
export type RunEvent =
  | DeployEvent
  /** What Terraform is going to do at Auth0. */
  | {
      readonly type: 'application';
      /** The cluster that it belongs to. */
      readonly name: string;
      /** The tenant. */
      readonly domain: string;
      readonly changes: readonly ApplicationChange[];
    }
  /** Someone wants it to end: it does when what is under way is done. */
  | { readonly type: 'interrupted' }
  /** What was seen of the login after a deploy. */
  | { readonly type: 'checks'; readonly examination: Examination }
  /** What a tool for dev clusters prints while it works. */
  | { readonly type: 'tool'; readonly tool: string; readonly line: string }
  /** A dev cluster was made, was there, or is deleted. */
  | {
      readonly type: 'cluster';
      readonly state: 'created' | 'there' | 'deleted' | 'none';
      readonly name: string;
      readonly tool: string;
      readonly context: string;
    }
  /** A part of a dev cluster beside the document and the lock file. */
  | ({ readonly type: 'verified' } & VerifiedPart)
  /** Where a dev cluster is open, and what to go on with. */
  | {
      readonly type: 'open';
      readonly login: string;
      readonly console?: string;
      /** File with the authority that signed the certificate of https; nothing has put it into a trust store. */
      readonly authority?: string;
      /** What makes browsers of this machine trust it. */
      readonly trust?: string;
      /** Who can log in, a sentence for each connector. */
      readonly people: readonly string[];
      readonly next: readonly string[];
    };
