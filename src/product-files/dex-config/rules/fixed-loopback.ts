import { isLoopbackHost, readUrl } from '../../../rules/support/url-text';
import { isTrueAt, itemsAt } from '../server-config';
import type { ServerRule } from '../server-rule';

export const fixedLoopback: ServerRule = {
  code: 'DEX055',
  severity: 'warning',
  title: 'Public client whose program cannot choose a port',
  reason:
    'A public client without redirectURIs may send people back to http://localhost on any port. Once redirectURIs are listed, Dex compares them as strings, http://localhost among them: a program that listens on a port of its own choice gets "Unregistered redirect_uri".',
  remedy:
    'Write every port that is used; or make a second public client, without redirectURIs, for the program.',
  *check(config) {
    for (const [index] of itemsAt(config, ['staticClients']).entries()) {
      const path = ['staticClients', index];
      if (!isTrueAt(config, [...path, 'public'])) continue;
      const uris = itemsAt(config, [...path, 'redirectURIs']);
      const at = uris.findIndex(({ scalar }) => {
        const { scheme, host, port } = readUrl(typeof scalar === 'string' ? scalar : '');
        return scheme === 'http' && isLoopbackHost(host) && port === '';
      });
      if (at >= 0)
        yield {
          path: [...path, 'redirectURIs', at],
          message: `Dex takes ${String(uris[at]?.scalar)} as it stands once redirectURIs are listed, so a program on a port of its own gets \`Unregistered redirect_uri\``,
          hint: 'write the port, such as http://localhost:8000; or make a second public client without redirectURIs',
        };
    }
  },
};
