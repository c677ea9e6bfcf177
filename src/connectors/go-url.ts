/**
 * What Go's `url.Parse` says to a string that it does not take for a URL, without the string itself; undefined for one that it
 * takes, which need not be absolute.
 */
export function goUrlError(text: string): string | undefined {
  const [withoutFragment = '', ...fragments] = text.split('#');
  const fragment = fragments.join('#');
  return parseError(withoutFragment) ?? (badEscape(fragment, 'fragment') || undefined);
}

function parseError(text: string): string | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text === '*') return undefined;
  const { scheme, rest: written } = splitScheme(text);
  if (scheme === undefined) return 'missing protocol scheme';
  const rest = written.replace(/\?.*/s, '');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return undefined;
    const [segment = ''] = rest.split('/');
    if (segment.includes(':')) return 'first path segment in URL cannot contain colon';
  }
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) {
    const [, authority = '', path = ''] = /^\/\/([^/]*)(\/.*)?$/s.exec(rest) ?? [];
    return authorityError(authority) ?? (badEscape(path, 'path') || undefined);
  }
  return badEscape(rest, 'path') || undefined;
}

/** No scheme when the text begins with a colon. */
function splitScheme(text: string): { scheme: string | undefined; rest: string } {
  const [, scheme = '', colon] = /^([A-Za-z][A-Za-z0-9+.-]*)?(:)?/.exec(text) ?? [];
  if (colon === undefined) return { scheme: '', rest: text };
  return scheme === ''
    ? { scheme: undefined, rest: text }
    : { scheme: scheme.toLowerCase(), rest: text.slice(scheme.length + 1) };
}

function authorityError(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const error = hostError(host);
  if (error !== undefined || at < 0) return error;
  const user = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return 'net/url: invalid userinfo';
  return badEscape(user, 'user') || undefined;
}

function hostError(host: string): string | undefined {
  if (!host.startsWith('[')) {
    const colon = host.lastIndexOf(':');
    const port = colon < 0 ? '' : host.slice(colon);
    return portError(port) ?? (badEscape(host, 'host') || undefined);
  }
  const end = host.lastIndexOf(']');
  if (end < 0) return "missing ']' in host";
  const zone = host.slice(0, end).indexOf('%25');
  const name = zone < 0 ? host : host.slice(0, zone) + host.slice(end);
  return portError(host.slice(end + 1)) ?? (badEscape(name, 'host') || undefined);
}

function portError(port: string): string | undefined {
  return port === '' || /^:\d*$/.test(port) ? undefined : `invalid port ${JSON.stringify(port)} after host`;
}

/** Percent signs need two digits behind them; hosts take only bytes beyond ASCII that way, and few other characters. */
function badEscape(text: string, place: 'host' | 'path' | 'user' | 'fragment'): string {
  const escape = [...text.matchAll(/%.{0,2}/gs)].find(
    ([found]) =>
      !/^%[0-9A-Fa-f]{2}$/.test(found) || (place === 'host' && /^%[0-7]/.test(found) && found !== '%25'),
  );
  if (escape) return `invalid URL escape ${JSON.stringify(escape[0])}`;
  const character =
    place === 'host' ? /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u{10ffff}]/u.exec(text) : null;
  return character ? `invalid character ${JSON.stringify(character[0])} in host name` : '';
}
