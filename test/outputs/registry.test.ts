import { existsSync } from 'node:fs';
import path from 'node:path';
import { commands } from '../../src/cli/commands/registry';
import { defaultOutputs, outputs } from '../../src/outputs/registry';

const synth = commands.find(({ name }) => name === 'synth');

describe.each(outputs.map((row) => [row.name, row] as const))('the output %s', (name, row) => {
  it('is in a module of its name, which the build looks for', () => {
    expect(existsSync(path.join(__dirname, '../../src/outputs', `${name}.ts`))).toBe(true);
  });

  it('is in the help of synth, with what is in its folder', () => {
    expect(synth?.description).toMatch(new RegExp(`^ {2}${name}/ +${row.description.slice(0, 20)}`, 'm'));
    expect(synth?.options.find(({ flags }) => flags.startsWith('--only'))?.description).toContain(name);
  });

  it('is written by default exactly when its row says so', () => {
    expect(defaultOutputs.includes(row)).toBe(row.isDefault);
  });

  it('has code that can be loaded', async () => {
    expect((await row.load()).emit).toEqual(expect.any(Function));
  });
});
