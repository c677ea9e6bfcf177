import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { toolPath } from '../harness';

/** What go-ldap says of each of these, in their order. */
export function saidByGoLdap<T>(lines: readonly unknown[], ...args: readonly string[]): readonly T[] {
  return execFileSync(toolPath('go-ldap'), args, {
    input: lines.map((each) => JSON.stringify(each)).join('\n'),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** The same strings with a character lost, doubled or put in, as slips are; `put` is what is put in. */
export function slipsOf(text: fc.Arbitrary<string>, put: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.constantFrom('', ...put), fc.boolean())
    .map(([written, at, character, isLost]) => {
      const characters = [...written];
      characters.splice(at % (characters.length + 1), isLost ? 1 : 0, character);
      return characters.join('');
    });
}
