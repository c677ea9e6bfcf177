import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '..', '..');

/** A line of a page, with where it is. */
export interface Line {
  readonly place: string;
  readonly text: string;
  /** Whether it is in a block of code. */
  readonly isCode: boolean;
}

/** The Markdown of the repository, but what a tool writes about code. */
export const pages: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((page) => page !== '' && !page.startsWith('api/'));

export function linesOf(page: string): Line[] {
  let isCode = false;
  return fs
    .readFileSync(path.join(root, page), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const isFence = /^\s*```/.test(text);
      if (isFence) isCode = !isCode;
      return isFence ? [] : [{ place: `${page}:${index + 1}`, text, isCode }];
    });
}

/** What stands between backticks outside of blocks of code. */
export function inlineCode(page: string): { readonly place: string; readonly code: string }[] {
  return linesOf(page)
    .filter(({ isCode }) => !isCode)
    .flatMap(({ place, text }) =>
      [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ place, code: code.replaceAll('\\|', '|') })),
    );
}
