import { connectorTypeNames } from '../../connectors/connector-types';
import { factsOf } from '../../diagnostics/codes';
import { explanations } from '../../explanations/registry';
import { allProviders } from '../../identity-providers/registry';
import { outputs } from '../../outputs/registry';
import { EXAMPLE_RELEASES } from '../../releases/pachyderm';
import { targets } from '../../releases/target';
import type { CommandEntry, CommandOption } from '../command';
import { fieldPaths } from '../field-description';
import { packagedSchemaNames } from '../packaged-schemas';

/** A word to offer, with what it is. */
export type Offer = readonly [word: string, about: string];

/**
 * What is offered where a word is missing: the name of a list of `CompletionTable.values`, `documents`, `files` or `folders`, or
 * words of the place's own.
 */
export type Completes = string | readonly string[];

export interface CompletableOption {
  /** `-o` and `--out`. */
  readonly flags: readonly string[];
  readonly about: string;
  /** Missing for an option without a value; empty for one whose value is anything. */
  readonly completes?: Completes;
  readonly repeats?: true;
}

export interface CompletableCommand {
  readonly name: string;
  readonly about: string;
  /** One for each argument. */
  readonly arguments: readonly Completes[];
  /** Whether the last argument may be given several times. */
  readonly repeats: boolean;
  readonly options: readonly CompletableOption[];
}

/** Everything that a shell can complete, made when the program is built, so that a key press loads no registry. */
export interface CompletionTable {
  readonly commands: readonly CompletableCommand[];
  readonly values: Readonly<Record<string, readonly Offer[]>>;
}

/** What a placeholder of a command line means to a shell; anything else has no words. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  dir: 'folders',
  'file-or-dir': 'documents',
  outputs: 'outputs',
  release: 'releases',
  version: 'releases',
  'product@version': 'targets',
  'code-or-field': 'subjects',
  schema: 'schemas',
  program: 'files',
};

/** Files are documents as arguments, and of any kind as values of options. */
const FILE = 'file';

/** The table for the commands of the program. */
export function completionTable(commands: readonly CommandEntry[]): CompletionTable {
  const words = (list: readonly string[]): Offer[] => list.map((word) => [word, '']);
  return {
    commands: commands.map(completable),
    values: {
      outputs: outputs.map(({ name, description }) => [name, description]),
      releases: words(EXAMPLE_RELEASES),
      targets: words(targets),
      schemas: words([...packagedSchemaNames(), ...connectorTypeNames, 'helm-values']),
      providers: allProviders().map(({ name, description }) => [name, firstSentence(description)]),
      subjects: [
        ['provider', 'identity providers'],
        ...explanations.flatMap(({ code, title }): Offer[] => [
          [code, title],
          [factsOf(code).slug, title],
        ]),
        ...words(fieldPaths()),
      ],
    },
  };
}

function completable({
  name,
  summary,
  arguments: notation,
  choices = {},
  options,
}: CommandEntry): CompletableCommand {
  const places = notation.match(/[^\s<>[\].]+/g) ?? [];
  return {
    name,
    about: summary,
    arguments: places.map(
      (place) => choices[place] ?? (place === FILE ? 'documents' : (PLACEHOLDERS[place] ?? '')),
    ),
    repeats: notation.includes('...'),
    options: options.map(completableOption),
  };
}

export function completableOption({
  flags,
  description,
  choices,
  repeats,
  gathers,
}: CommandOption): CompletableOption {
  const place = /[<[]([^<>[\]]+)[>\]]/.exec(flags)?.[1];
  return {
    flags: flags.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? [],
    about: description,
    ...(place === undefined
      ? {}
      : { completes: choices ?? (place === FILE ? 'files' : (PLACEHOLDERS[place] ?? '')) }),
    ...(repeats || gathers ? { repeats: true } : {}),
  };
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/)[0] ?? text;
}
