import { isIP } from 'node:net';

/**
 * The version of an IP address; 0 for everything else. Only what can be an address is given to Node, which loads its network
 * modules to tell: most hosts are names.
 */
export function ipVersion(text: string): 0 | 4 | 6 {
  return text.includes(':') || /^\d+(\.\d+){3}$/.test(text) ? (isIP(text) as 0 | 4 | 6) : 0;
}
