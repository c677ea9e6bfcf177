import { isTrueAt, itemsAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

const DEVICE_CALLBACK = '/device/callback';

export const publicClientWithoutDeviceFlow: Rule<'dex-config'> = {
  code: 'DEX224',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Public client that cannot use the device flow',
  reason:
    'A public client without redirectURIs may use any port of localhost, and the device flow. Once it has redirectURIs it may use those only, and the device flow ends at a URI of its own.',
  remedy: 'Add /device/callback to the list, unless the client never uses the device flow.',
  *check(config) {
    for (const [index] of itemsAt(config, ['staticClients']).entries()) {
      const path = ['staticClients', index, 'redirectURIs'];
      const uris = itemsAt(config, path).map(({ scalar }) => scalar);
      if (!isTrueAt(config, ['staticClients', index, 'public']) || uris.length === 0) continue;
      if (!uris.includes(DEVICE_CALLBACK))
        yield {
          path,
          onKey: true,
          message:
            'A public client with `redirectURIs` may use those only; the device flow needs `/device/callback` among them',
          hint: 'add /device/callback, unless the client never uses the device flow',
        };
    }
  },
};
