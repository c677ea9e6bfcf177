import { EXAMPLE_RELEASES } from '../../releases/pachyderm';
import { accessRows } from './access';
import { starterChoices, type StarterRequest } from './choices';
import { objectionTo } from './objection';
import { providerRows } from './providers';
import type { StarterRow } from './row';
import { starterDocument } from './starter-document';
import { storageRows } from './storage';

/** An answer to a question. */
export interface Answer {
  /** What the option of `pachkit init` takes. */
  readonly value: string;
  /** What it is. */
  readonly about: string;
}

/** A question about a document to start from. */
export interface Question {
  /** The part of the request that it answers, which is also the name of the option. */
  readonly option: keyof StarterRequest;
  readonly text: string;
  readonly answers: readonly Answer[];
}

/** The questions of `pachkit init`, in the order in which they are asked. */
export const questions: readonly Question[] = [
  {
    option: 'profile',
    text: 'What is the cluster for?',
    answers: [
      { value: 'dev', about: 'trying it, on this machine' },
      { value: 'production', about: 'others can reach it' },
    ],
  },
  {
    option: 'release',
    text: 'Which release of Pachyderm?',
    answers: EXAMPLE_RELEASES.map((value, index) => ({
      value,
      about: index === 0 ? 'the newest' : 'or another with --release',
    })),
  },
  { option: 'provider', text: 'Who knows the people who log in?', answers: answersOf(providerRows) },
  { option: 'access', text: 'How do browsers and pachctl come in?', answers: answersOf(accessRows) },
  { option: 'storage', text: 'Where is data kept?', answers: answersOf(storageRows) },
];

/** The answers to a question that go together with what has been answered, or was said with options. */
export function possibleAnswers({ option, answers }: Question, request: StarterRequest): readonly Answer[] {
  return answers.filter(({ value }) => {
    const choices = starterChoices('pachyderm', { ...request, [option]: value });
    return choices !== undefined && objectionTo(starterDocument(choices)) === undefined;
  });
}

/** The answer that pachkit suggests: what the option is without it. */
export function suggestedAnswer({ option }: Question, request: StarterRequest): string | undefined {
  const choices = starterChoices('pachyderm', request);
  return option === 'release' ? choices?.release.version.text : choices?.[option];
}

function answersOf(rows: Readonly<Record<string, StarterRow>>): readonly Answer[] {
  return Object.entries(rows).map(([value, { summary }]) => ({ value, about: summary }));
}
