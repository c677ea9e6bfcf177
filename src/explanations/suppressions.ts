import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about comments and baselines that suppress findings. */
export const suppressionExplanations: readonly Explanation[] = [
  {
    code: 'SUP001',
    title: 'Comment that suppresses nothing',
    reason:
      'A comment `pachkit-ignore` names the codes of warnings, perhaps the last day on which they are suppressed, and behind a colon the reason, so that the next reader knows whether it still holds. Without one of these it suppresses nothing.',
    remedy:
      'Write # pachkit-ignore AUT006 until 2027-01-31: why it is right here, at the end of the line that the finding points to or on a line of its own above it. Several codes are separated by commas; without `until` it holds forever.',
  },
  {
    code: 'SUP002',
    title: 'Suppression without a finding',
    reason:
      'The comment names a code that is not found on its line any more, or never was: the document was fixed, or the line moved. Or it is an error there: what an error is about cannot work, and no comment changes that.',
    remedy: 'Remove the code from the comment, or move the comment to the line that the finding points to.',
  },
  {
    code: 'SUP003',
    title: 'Suppression that expired',
    reason:
      'The last day that the comment names is over, in UTC, so what it suppressed is shown again. Someone wanted to look at it once more by then.',
    remedy: 'Fix what the finding is about, or name a later day and the reason why.',
  },
  {
    code: 'SUP004',
    title: 'Baseline with an unused entry',
    reason:
      'The baseline has a finding that is not found any more: it was fixed, its value moved, or the file is gone. Left in place, the entry would hide the same mistake if it came back. Entries of files that were not checked in this run are not looked at.',
    remedy:
      'Remove the line, or write the baseline anew with pachkit validate FILE… --baseline BASELINE --write-baseline.',
  },
  {
    code: 'SUP005',
    title: 'Unusable baseline',
    reason:
      'The file that --baseline names is not there, is not a baseline, or was written in another version of that form. Nothing is taken from it, so that no finding is hidden by mistake.',
    remedy:
      'Write it with pachkit validate FILE… --baseline BASELINE --write-baseline. It replaces baselines only; another file stays as it is.',
  },
];
