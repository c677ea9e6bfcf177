import type { DeployEvent } from '../cluster/live';
import type { Examination } from '../doctor/examine-files';

/** What commands tell while they go on; programs get each as a line of JSON. */
export type RunEvent =
  | DeployEvent
  /** What was seen of the login after a deploy. */
  | { readonly type: 'checks'; readonly examination: Examination };
