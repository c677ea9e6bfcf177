import type { DeployEvent } from '../cluster/live';
import type { ApplicationChange } from '../provision/provision';
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
  | { readonly type: 'checks'; readonly examination: Examination };
