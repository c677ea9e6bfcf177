import { allCommands } from '../../src/cli/commands/registry';

/** What these print is all that can be said of them: they fail only when the command line is wrong. */
const WITHOUT_EXIT_CODES = ['schema', 'completion'];

describe.each(allCommands().map((command) => [command.name, command] as const))(
  'help of %s',
  (name, { description }) => {
    test('has an empty line after each list', () => expect(description).not.toMatch(/\n +\S.*\n\S/));

    test('has exit codes in a paragraph of their own, and examples at the end', () => {
      const blocks = description.split('\n\n');
      expect(blocks.at(-1)).toMatch(/^Examples:\n {2}\S/);
      if (WITHOUT_EXIT_CODES.includes(name)) expect(description).not.toContain('Exits');
      else expect(blocks.at(-2)).toMatch(/^Exits 0 /);
    });
  },
);
