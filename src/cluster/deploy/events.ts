import type { Difference } from '../difference';

/** What a deploy tells while it goes on; programs get each as a line of JSON. */
export type DeployEvent =
  /** What is going to happen. */
  | { readonly type: 'plan'; readonly difference: Difference }
  /** Another process holds the Lease and does not seem to run any more. */
  | { readonly type: 'lease'; readonly holder: string }
  | { readonly type: 'phase'; readonly phase: string; readonly objects: number }
  | { readonly type: 'applied' | 'deleted'; readonly object: string; readonly action: string }
  /** An object of an earlier deploy that stays. */
  | { readonly type: 'kept'; readonly object: string; readonly reason: string }
  /** A workload is ready, or how far it is and why it is no further. */
  | { readonly type: 'ready'; readonly object: string; readonly detail: string }
  | {
      readonly type: 'waiting';
      readonly object: string;
      readonly detail: string;
      readonly reason?: string;
      /** The last lines of its log. */
      readonly log?: readonly string[];
    }
  | {
      readonly type: 'done';
      readonly applied: number;
      readonly deleted: number;
      /** How much has changed at Auth0 besides. */
      readonly atAuth0?: number;
    };

export type Emit = (event: DeployEvent) => void;
