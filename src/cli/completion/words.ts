import type { CompletableCommand, CompletableOption, Completes, CompletionTable, Offer } from './table';

/** What a shell is to offer for the word at the cursor. */
export interface Offers {
  /** Files with one of these endings, and folders on the way to them; empty for files of any kind. */
  readonly files?: readonly string[];
  /** Whether folders alone are offered. */
  readonly folders?: true;
  readonly words: readonly Offer[];
}

/** Endings of the names of documents. */
const DOCUMENT_ENDINGS = ['yaml', 'yml', 'json', 'ts'];

const HELP: CompletableOption = { flags: ['-h', '--help'], about: 'print help' };
const VERSION: CompletableOption = { flags: ['-v', '--version'], about: 'print the version' };

/** Options that every command has. */
const COMMON: readonly CompletableOption[] = [
  { flags: ['--color'], about: 'colour the output', completes: ['auto', 'always', 'never'] },
  { flags: ['-q', '--quiet'], about: 'print findings only' },
  HELP,
];

/** What can stand at the last of the words after the name of the program, which is the one that is being typed. */
export function offersFor({ commands, values }: CompletionTable, typed: readonly string[]): Offers {
  const before = typed.slice(0, -1);
  const current = typed.at(-1) ?? '';
  const at = commandAt(before);
  const command = at === undefined ? undefined : commands.find(({ name }) => name === before[at]);
  if (at !== undefined && command === undefined) return { words: [] };
  const options = [...(command?.options ?? [VERSION]), ...COMMON];
  const given = readOptions(at === undefined ? before : before.slice(at + 1), options);
  const offer = (completes: Completes, prefix = ''): Offers => offersOf(completes, values, current, prefix);
  if (given.open) return offer(given.open.completes ?? '');
  const joined = given.isOver ? null : /^(--[a-z][\w-]*)=/.exec(current);
  if (joined) {
    const option = options.find(({ flags }) => flags.includes(joined[1] ?? ''));
    return offer(option?.completes ?? '', joined[0]);
  }
  if (current.startsWith('-') && !given.isOver)
    return { words: starting(flagsOf(options, given.used), current) };
  if (!command)
    return {
      words: starting(
        commands.map(({ name, about }): Offer => [name, about]),
        current,
      ),
    };
  return offer(argumentAt(command, given.arguments));
}

/** Where the command stands; common options may be given before it. */
function commandAt(words: readonly string[]): number | undefined {
  const takesNext = (word: string | undefined): boolean => word === '--color';
  const at = words.findIndex((word, index) => !word.startsWith('-') && !takesNext(words[index - 1]));
  return at < 0 ? undefined : at;
}

interface Given {
  readonly used: ReadonlySet<CompletableOption>;
  readonly arguments: readonly string[];
  /** The option whose value comes next. */
  readonly open: CompletableOption | undefined;
  /** Whether `--` has ended the options. */
  readonly isOver: boolean;
}

function readOptions(words: readonly string[], options: readonly CompletableOption[]): Given {
  const used = new Set<CompletableOption>();
  const given: string[] = [];
  let open: CompletableOption | undefined;
  let isOver = false;
  for (const word of words) {
    if (open) {
      open = undefined;
      continue;
    }
    if (isOver || !word.startsWith('-') || word === '-') given.push(word);
    else if (word === '--') isOver = true;
    else {
      const option = options.find(({ flags }) => flags.includes(word.replace(/=.*/s, '')));
      if (option) used.add(option);
      if (option?.completes !== undefined && !word.includes('=')) open = option;
    }
  }
  return { used, arguments: given, open, isOver };
}

function argumentAt(command: CompletableCommand, given: readonly string[]): Completes {
  const { arguments: places, repeats } = command;
  // After the word provider the name of one follows: pachkit explain provider okta.
  if (places[0] === 'subjects' && given.length > 0) return given[0] === 'provider' ? 'providers' : '';
  return places[given.length] ?? (repeats ? (places.at(-1) ?? '') : '');
}

function offersOf(
  completes: Completes,
  values: CompletionTable['values'],
  current: string,
  prefix: string,
): Offers {
  if (completes === 'documents') return { files: DOCUMENT_ENDINGS, words: [] };
  if (completes === 'files') return { files: [], words: [] };
  if (completes === 'folders') return { folders: true, words: [] };
  // Outputs are a list with commas: what is before the last one stays, and is not offered again.
  const list = completes === 'outputs' ? (/^.*,/.exec(current.slice(prefix.length))?.[0] ?? '') : '';
  const taken = list.split(',');
  const known =
    typeof completes === 'string' ? (values[completes] ?? []) : completes.map((word): Offer => [word, '']);
  const free = known.filter(([word]) => !taken.includes(word));
  return {
    words: starting(
      free.map(([word, about]): Offer => [`${prefix}${list}${word}`, about]),
      current,
    ),
  };
}

function flagsOf(options: readonly CompletableOption[], used: ReadonlySet<CompletableOption>): Offer[] {
  return options
    .filter((option) => option.repeats === true || !used.has(option))
    .flatMap(({ flags, about }) => flags.map((flag): Offer => [flag, about]));
}

function starting(offers: readonly Offer[], current: string): Offer[] {
  return offers.filter(([word]) => word.startsWith(current));
}

/** What the scripts of shells read: what to offer beside words on the first line, then a word and what it is on each. */
export function printedOffers({ files, folders, words }: Offers): string {
  const first = folders ? 'folders' : files ? ['files', ...files].join(' ') : 'words';
  const lines = words.map(([word, about]) => `${word}\t${about.replace(/\s+/g, ' ')}`);
  return `${[first, ...lines].join('\n')}\n`;
}
