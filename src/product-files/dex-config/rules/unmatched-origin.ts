import { itemsAt } from '../server-config';
import type { ServerRule } from '../server-rule';

export const unmatchedOrigin: ServerRule = {
  code: 'DEX054',
  severity: 'warning',
  title: 'Origin that no browser sends',
  reason:
    'Dex compares the Origin header of a browser with web.allowedOrigins as strings. Browsers send scheme, host and port, in lowercase, without the default port and without a slash or path: nothing else ever matches, and the browser blocks the request.',
  remedy: 'Write scheme://host or scheme://host:port; or * for every origin.',
  *check(config) {
    for (const [index, { scalar }] of itemsAt(config, ['web', 'allowedOrigins']).entries()) {
      if (typeof scalar !== 'string' || scalar === '*' || scalar === 'null' || /[$<]/.test(scalar)) continue;
      const right = originOf(scalar);
      if (right === scalar) continue;
      yield {
        path: ['web', 'allowedOrigins', index],
        message: `No browser sends the origin "${scalar}", so its requests are blocked: an origin is scheme://host[:port], without a slash or path`,
        hint: `write ${right ?? `https://${scalar.replace(/^[a-z]+:\/*/i, '').replace(/\/.*$/, '')}`}`,
      };
    }
  },
};

function originOf(text: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text.slice(text.indexOf('://')).includes('*'))
    return undefined;
  if (!URL.canParse(text)) return undefined;
  const { origin, protocol, host } = new URL(text);
  return origin === 'null' ? `${protocol}//${host}` : origin;
}
