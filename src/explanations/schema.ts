import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about the form of documents. */
export const schemaExplanations: readonly Explanation[] = [
  {
    code: 'SCH001',
    title: 'Key that is not known',
    reason:
      'The section has no such key. The official chart accepts any key and ignores those it does not know, so that a misspelt oidc.upstreamIDPs leaves a cluster with the mock login admin / password; pachkit is closed at every level.',
    remedy:
      'Correct the spelling, or move the key to the section that is named. pachkit explain SECTION lists the keys of a section.',
  },
  {
    code: 'SCH002',
    title: 'Key that is missing',
    reason: 'The section cannot mean anything without this key, and there is no default that would be right.',
    remedy: 'Add the key. pachkit explain SECTION.KEY says what it takes.',
  },
  {
    code: 'SCH003',
    title: 'Value of the wrong kind',
    reason:
      'The value is a number, a string, a list or a mapping where another kind is needed. A frequent cause is missing quotes: rootToken: 12345 is a number, and the API server refuses a Secret with a number in it.',
    remedy: 'Put strings that look like numbers or booleans in quotes; write lists with - or [ ].',
  },
  {
    code: 'SCH004',
    title: 'Value that is not one of those allowed',
    reason: 'The field takes one of a few words, and this is none of them.',
    remedy: 'Take one of the words that are listed. Case matters.',
  },
  {
    code: 'SCH005',
    title: 'Value of the wrong form',
    reason:
      'The value does not look like what the field takes: a host with a scheme, a duration with days for Go, a name that Kubernetes refuses, a number beyond its limits.',
    remedy: 'Write it in the form that the message describes.',
  },
  {
    code: 'SCH006',
    title: 'Mapping with too many or too few keys',
    reason:
      'A secret is given in exactly one way: env, file, existing or generate. Two ways contradict each other, none says nothing. The same goes for other mappings that name one thing of several, such as dex.storage.',
    remedy: 'Keep exactly one.',
  },
];
