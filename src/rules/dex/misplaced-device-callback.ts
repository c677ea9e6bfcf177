import { readUrl } from '../../model/url-text';
import type { Rule } from '../rule';
import { withoutSlash } from '../../forms/without-slash';

const DEVICE_CALLBACK = '/device/callback';

export const deviceCallback: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX236',
  severity: 'warning',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Device flow that ends outside of the issuer',
  reason:
    'The login of a device ends at /device/callback. Dex puts the path of its issuer in front of it for public clients only; the browser of anyone who logs a confidential client in is sent to /device/callback at the root of the host, where Dex is not when its issuer has a path: 404. A version of Dex after 2.45 uses the path of the issuer for every client, and wants it in redirectURIs.',
  remedy: 'Make the client public when it is a program on a device, or give it no device flow.',
  *check({ logins, issuer: written, clients }) {
    const issuer = logins?.issuer ?? written?.url;
    const root = issuer === undefined ? '' : withoutSlash(readUrl(issuer).path);
    if (root === '') return;
    for (const { isPublic, redirectURIs } of clients) {
      if (isPublic !== false) continue;
      for (const { value: uri, path } of redirectURIs)
        if (uri === DEVICE_CALLBACK)
          yield {
            path,
            message: `The device flow of a confidential client ends at ${DEVICE_CALLBACK} instead of ${root}${DEVICE_CALLBACK}, where Dex is: 404 after every login`,
            hint: 'write `public: true` for a program on a device, which then needs no secret; or remove the line',
          };
    }
  },
};
