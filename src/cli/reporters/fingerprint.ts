import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../diagnostics/diagnostic';

/**
 * What tells a finding from all others in every run, 32 hexadecimal digits: its code, file, path and message. A line is not
 * part of it, so that a finding stays the same one when lines are added above it. Of several equal findings each has one of
 * its own, by their order.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, location, path, message }) => {
    const what = JSON.stringify([code, fileUri(location.file), path, message]);
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    return createHash('sha256').update(`${what}${before}`).digest('hex').slice(0, 32);
  });
}

/** A file as a URI reference: relative to where pachkit runs unless it was named with an absolute path. */
export function fileUri(file: string): string {
  const segments = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const encoded = segments.split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
