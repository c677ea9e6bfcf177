import type { ValueLayers } from '../helm-values/layers/read-layers';
import { SET_FLAGS } from '../helm-values/layers/set-flags';
import type { CommandOption, CommandOptions } from './command';

/** Options of Helm that lay values over each other, for commands that read values of the official chart. */
export const LAYER_OPTIONS: readonly CommandOption[] = [
  {
    flags: '-f, --values <file>',
    description: 'values laid over those before, as helm does; may be given several times',
    repeats: true,
  },
  ...SET_FLAGS.map(({ name, argument, description }): CommandOption => ({
    flags: `--${name} <${argument}>`,
    description,
    repeats: true,
  })),
  {
    flags: '--key <key>',
    description:
      'key of the values of the official chart in those of a chart that depends on it (default: found by what is in them)',
  },
];

/** The values that such options give; undefined where none is given. */
export function layersOf(options: CommandOptions): ValueLayers | undefined {
  const given = options['values'] as readonly string[] | undefined;
  // Helm takes several files in one, separated by commas.
  const files = (given ?? []).flatMap((names) => names.split(',')).filter((name) => name !== '');
  const sets = SET_FLAGS.flatMap(({ name }) =>
    ((options[keyOf(name)] ?? []) as readonly string[]).map((text) => ({ flag: name, text })),
  );
  const key = options['key'] as string | undefined;
  return files.length === 0 && sets.length === 0 && key === undefined ? undefined : { files, sets, key };
}

/** The layers of a command whose arguments are files of values: those first, then what options give. */
export function layersWith(named: readonly string[], options: CommandOptions): ValueLayers {
  const { files = [], sets = [], key } = layersOf(options) ?? {};
  return { files: [...named, ...files], sets, key };
}

/** The name under which commander has an option. */
function keyOf(name: string): string {
  return name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}
