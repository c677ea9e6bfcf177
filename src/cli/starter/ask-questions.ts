import { Writable } from 'node:stream';
import { cancel, intro, isCancel, outro, select } from '@clack/prompts';
import { printable } from '../../diagnostics/code-frame';
import { shellWord } from '../../diagnostics/shell-word';
import { colorsFor, type ColorChoice } from '../colors';
import type { Host } from '../host';
import type { StarterRequest } from './choices';
import { possibleAnswers, questions, suggestedAnswer } from './questions';

/** Sequences that only color. */
const COLORS = /\u001b\[[\d;]*m/g;

/**
 * Asks on the terminal for what a request leaves open, offering only what goes together.
 *
 * @returns the request with its answers; undefined when the user leaves with Ctrl-C or Escape
 */
export async function askQuestions(
  host: Host,
  input: NodeJS.ReadStream,
  request: StarterRequest,
  color: ColorChoice,
): Promise<StarterRequest | undefined> {
  const output = screenOf(host, color);
  intro('pachkit init', { output });
  let answered = request;
  for (const question of questions) {
    if (answered[question.option] !== undefined) continue;
    const [first, ...others] = possibleAnswers(question, answered);
    // What does not go together at all is said by the finding that it has.
    if (first === undefined) break;
    const suggested = suggestedAnswer(question, answered);
    const answer =
      others.length === 0
        ? first.value
        : await select<string>({
            message: question.text,
            options: [first, ...others].map(({ value, about }) => ({ value, hint: about })),
            ...(suggested === undefined ? {} : { initialValue: suggested }),
            input,
            output,
          });
    if (isCancel(answer)) {
      cancel('cancelled: nothing is written', { output });
      return undefined;
    }
    answered = { ...answered, [question.option]: answer };
  }
  outro(`the same without questions: ${optionsOf(answered)}`, { output });
  return answered;
}

/** What to write in a command line for the same answers. */
function optionsOf(request: StarterRequest): string {
  return questions
    .flatMap(({ option }) =>
      request[option] === undefined ? [] : [`--${option}`, shellWord(request[option])],
    )
    .map(printable)
    .join(' ');
}

/** Standard error of the host as a stream, in color only where it has colors. */
function screenOf(host: Host, color: ColorChoice): Writable {
  const { isColorSupported } = colorsFor(host, color, 'stderr');
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      host.writeError(isColorSupported ? text : text.replace(COLORS, ''));
      done();
    },
  });
  // A terminal that does not know its width says 0.
  return Object.assign(output, { isTTY: true, columns: host.columns('stderr') || 80 });
}
