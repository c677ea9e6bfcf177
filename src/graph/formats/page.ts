import { createHash } from 'node:crypto';
import { SIGN } from '../made-by-pachkit';
import { escaped } from './markup';

/** What a page is made of. Everything in it is escaped already, but for the title. */
export interface Page {
  readonly title: string;
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** What scripts may connect to. @default nothing */
  readonly connects?: "'self'";
  readonly body: string;
}

/**
 * A page in one file. Nothing is asked of anyone when it is opened: its policy permits the styles and scripts that it has, by
 * their hashes, and nothing else.
 */
export function page({ title, styles, scripts, connects, body }: Page): string {
  const policy = [
    "default-src 'none'",
    `style-src ${styles.map(hashOf).join(' ') || "'none'"}`,
    `script-src ${scripts.map(hashOf).join(' ') || "'none'"}`,
    ...(connects === undefined ? [] : [`connect-src ${connects}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    `<!-- ${SIGN} -->`,
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    ...styles.map((style) => `<style>${style}</style>`),
    '</head>',
    '<body>',
    body,
    ...scripts.map((script) => `<script>${script}</script>`),
    '</body>',
    '</html>\n',
  ].join('\n');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
