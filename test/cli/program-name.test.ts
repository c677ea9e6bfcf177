import fs from 'node:fs';
import path from 'node:path';
import { allCommands } from '../../src/cli/commands/registry';
import { asTyped, programName } from '../../src/cli/program-name';
import { pachkit, temporaryFolder } from '../support/pachkit';

const examples = path.resolve(__dirname, '../../examples');
const NPX = { npm_command: 'exec' };

test.each([
  [NPX, 'npx pachkit'],
  [{ npm_lifecycle_event: 'npx' }, 'npx pachkit'],
  [{ npm_command: 'run-script' }, 'pachkit'],
  [{}, 'pachkit'],
])('run with %j it is called %s', (environment, name) => expect(programName({ environment })).toBe(name));

test.each([
  ['run pachkit deploy again', 'run npx pachkit deploy again'],
  ['(pachkit --help lists the commands)', '(npx pachkit --help lists the commands)'],
  ['what pachkit\n  diff shows', 'what npx pachkit\n  diff shows'],
  ['run npx pachkit deploy', 'run npx pachkit deploy'],
  ['pachkit explain: unknown code', 'pachkit explain: unknown code'],
  ['pachkit writes dist/pachkit lock', 'pachkit writes dist/pachkit lock'],
])('under npx %j is %j', (text, typed) => {
  expect(asTyped(text, 'npx pachkit')).toBe(typed);
  expect(asTyped(text, 'pachkit')).toBe(text);
});

const WRONG = `apiVersion: pachkit/v1
name: wrong
release: 2.11.6
identity: { connectors: [{ type: oidc, id: okta }] }
acess: { via: proxy } # pachkit validate finds this
`;

const NAMES = allCommands().map(({ name }) => name);

/** Commands as an installed program takes them; lines of the document are not meant. */
const BARE = new RegExp(`(?<![\\w./@-]|npx )pachkit (?:${NAMES.join('|')}|--help)\\b(?!:)`, 'g');

describe('what is printed under npx can be pasted', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder({
      'wrong.yaml': WRONG,
      'old.yaml': fs.readFileSync(path.join(examples, 'production-auth0/pachyderm.yaml')),
      'pachyderm.yaml': fs.readFileSync(path.join(examples, 'quickstart/pachyderm.yaml')),
    });
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test.each(
    [
      ['validate', 'wrong.yaml'],
      ['validat', 'wrong.yaml'],
      ['validate', 'wrong.yaml', '--fromat', 'json'],
      ['synth', 'pachyderm.yaml'],
      ['explain', 'SEC004'],
      ['explain', 'SCH999'],
      ['explain', 'identity.connectors'],
      ['explain', '--help'],
      ['doctor', 'wrong.yaml', '--offline'],
      ['upgrade', 'old.yaml', '--to', '2.12.0-rc.3'],
      ['import', 'helm', 'wrong.yaml'],
      ['dev', 'status', 'pachyderm.yaml'],
    ].map((args) => [args]),
  )('%j', (args) => {
    const { stdout, stderr } = pachkit(args, { folder, environment: NPX });
    const said = `${stdout}${stderr}`.replace(/^ *\d+ \|.*$/gm, '');
    expect(said.match(BARE) ?? []).toEqual([]);
    expect(stdout + stderr).toContain('npx pachkit');
  });

  test('a line of the document is shown as it is', () => {
    const { stdout } = pachkit(['validate', 'wrong.yaml'], { folder, environment: NPX });
    expect(stdout).toContain('acess: { via: proxy } # pachkit validate finds this');
  });
});
