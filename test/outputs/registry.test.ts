import { existsSync } from 'node:fs';
import path from 'node:path';
import { allCommands } from '../../src/cli/commands/registry';
import { defaultOutputs, outputs, outputsNamed } from '../../src/outputs/registry';
import { clusterOf } from '../support/cluster-of';

const synth = allCommands().find(({ name }) => name === 'synth');

describe.each(outputs.map((row) => [row.name, row] as const))('the output %s', (name, row) => {
  it('is in a module of its name, which the build looks for', () => {
    expect(existsSync(path.join(__dirname, '../../src/outputs', `${name}.ts`))).toBe(true);
  });

  it('is in the help of synth, with what is in its folder', () => {
    expect(synth?.description).toMatch(new RegExp(`^ {2}${name}/ +${row.description.slice(0, 20)}`, 'm'));
    expect(synth?.options.find(({ flags }) => flags.startsWith('--only'))?.description).toContain(name);
  });

  it('is written by default exactly when its row says so', () => {
    const isDefault = defaultOutputs.some((each) => each.name === name);
    expect(isDefault).toBe(row.isDefault !== false);
  });

  it('has code that can be loaded', async () => {
    expect((await row.load()).emit).toEqual(expect.any(Function));
  });
});

test('an output that a document asks for is written by default for that document alone', () => {
  const [sbom] = outputsNamed('sbom');
  const byDefault = defaultOutputs.find(({ name }) => name === 'sbom');
  const clusters = [clusterOf(), clusterOf({ supplyChain: { sbom: true } })];
  expect(clusters.map((cluster) => sbom?.appliesTo(cluster))).toEqual([true, true]);
  expect(clusters.map((cluster) => byDefault?.appliesTo(cluster))).toEqual([false, true]);
});
