import type { Host } from './host';

/** How the user runs this program again: npx runs it without its being installed. */
export function programName({ environment }: Pick<Host, 'environment'>): string {
  return environment['npm_command'] === 'exec' || environment['npm_lifecycle_event'] === 'npx'
    ? 'npx pachkit'
    : 'pachkit';
}
