import { createHash } from 'node:crypto';
import { withoutAround } from '../forms/trim';

/**
 * Part of a Terraform name for something that the user named: the same letters where Terraform takes them, and a mark of
 * the whole name where it does not, so that two names never become one.
 */
export function logicalName(text: string): string {
  const plain = withoutAround(text.replace(/[^A-Za-z0-9_-]+/g, '-'), '-');
  if (plain === text) return text;
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return plain === '' ? mark : `${plain.slice(0, 64)}-${mark}`;
}
