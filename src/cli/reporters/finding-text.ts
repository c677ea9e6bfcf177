import type { Diagnostic } from '../../diagnostics/diagnostic';

/** A finding as sentences of running text: what is wrong, then how to fix it. */
export function findingText({ message, hint }: Diagnostic): string {
  return [message, ...(hint === undefined ? [] : [hint])].map(sentence).join(' ');
}

function sentence(text: string): string {
  const first = text.charAt(0);
  // A name keeps its case.
  const begins = /^[a-z]+(?![\w.-])/.test(text) ? first.toUpperCase() : first;
  return `${begins}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}
