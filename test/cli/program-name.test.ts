import { programName } from '../../src/cli/program-name';

test.each([
  [{ npm_command: 'exec' }, 'npx pachkit'],
  [{ npm_lifecycle_event: 'npx' }, 'npx pachkit'],
  [{ npm_command: 'run-script' }, 'pachkit'],
  [{}, 'pachkit'],
])('run with %j it is called %s', (environment, name) => expect(programName({ environment })).toBe(name));
