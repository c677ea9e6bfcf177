import type { Code } from '../diagnostics/codes';
import type { Explanation } from '../diagnostics/explanation';

/** A code that is not reported any more, because another one says the same wherever it holds. */
interface RetiredCode {
  readonly code: Code;
  readonly title: string;
  /** The codes that are reported in its place. */
  readonly instead: readonly Code[];
}

export const retiredCodes: readonly RetiredCode[] = [
  { code: 'DEX207', title: 'Id that is a duplicate', instead: ['IDN003', 'IDN004', 'DEX314'] },
  { code: 'DEX209', title: 'Variable where Dex puts none in', instead: ['DEX308'] },
  {
    code: 'DEX210',
    title: 'Issuer of a Dex that can be written in more than one way',
    instead: ['ACC005'],
  },
  { code: 'DEX211', title: 'Dex served over http', instead: ['ACC003'] },
  {
    code: 'DEX220',
    title: 'Connection of a Dex to Postgres without a TLS mode',
    instead: ['DEX304'],
  },
  { code: 'DEX221', title: 'Certificate of Postgres without an authority', instead: ['DEX305'] },
  { code: 'DEX223', title: 'Redirect URI with a wildcard', instead: ['IDN006'] },
  { code: 'DEX225', title: 'Trusted peer that is not a client of the file', instead: ['IDN005'] },
  {
    code: 'DEX227',
    title: 'Password grant through a connector that takes no passwords',
    instead: ['DEX315'],
  },
  { code: 'DEX228', title: 'Callback URL that does not follow from the issuer', instead: ['DEX001'] },
  { code: 'FIL008', title: 'Environment variable in a connector of Pachyderm', instead: ['DEX016'] },
];

/** The pages of codes that earlier versions reported; each leads to the one that says it now. */
export const retiredExplanations: readonly Explanation[] = retiredCodes.map(({ code, title, instead }) => ({
  code,
  title,
  reason: `Earlier versions reported ${code} for files that Dex or pachd reads itself. The same fault now has the same code in every file: ${instead.join(', ')}.`,
  remedy: `See ${instead.map((each) => `pachkit explain ${each}`).join(', ')}.`,
}));
