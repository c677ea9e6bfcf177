import type { CommandOption, CommandOptions } from './command';

/** The lock file of commands that write images or compare them. */
export const LOCK_OPTION: CommandOption = {
  flags: '--lock <file>',
  description: 'lock file of images (default: images.lock of the document, or pachkit.lock beside it)',
};

/** The lock file that options name. */
export function lockOf(options: CommandOptions): string | undefined {
  return options['lock'] as string | undefined;
}
