import { isBase64, standsForKey } from './base64';

/** What to do about a string that is no key of a storage account of Azure. */
export const ACCOUNT_KEY_HINT =
  'give one of the two keys that `az storage account keys list` shows, and no connection string or SAS token';

/** Whether a string can be the key of a storage account of Azure, or stands for one. */
export function isAccountKey(text: string): boolean {
  return isBase64(text) || standsForKey(text);
}
