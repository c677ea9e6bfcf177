import fs from 'node:fs';
import path from 'node:path';
import { engineState, type EngineState } from '../../src/dev/container-engine';
import { temporaryFolder } from '../support/pachkit';

/** What is found where `docker` is this script. */
async function stateWith(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<EngineState | undefined> {
  const folder = temporaryFolder();
  fs.writeFileSync(path.join(folder, 'docker'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return engineState({
    environment: { PATH: `${folder}:${process.env['PATH']}`, ...environment },
    workingDirectory: temporaryFolder(),
    signal: new AbortController().signal,
  });
}

const STOPPED = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

test('Docker says what it has, or why it does not answer', async () => {
  expect(await stateWith(`echo '{"memory":1024,"groups":"1"}'`)).toEqual({
    memory: 1024,
    hasOldControlGroups: true,
  });
  expect(await stateWith(STOPPED)).toEqual({
    refusal: expect.stringContaining('Cannot connect') as string,
  });
});

test.each(['echo null', 'echo no JSON', 'true'])(
  'an answer that says nothing is no refusal: %s',
  async (script) => expect(await stateWith(script)).toEqual({}),
);

test('Podman under the name docker, which has other fields, is no refusal', async () => {
  const said = `Error: template: info:1:18: executing "info" at <.MemTotal>: can't evaluate field MemTotal`;
  expect(await stateWith(`cat >&2 <<'END'\n${said}\nEND\nexit 125`)).toEqual({});
});

test.each(['KIND_EXPERIMENTAL_PROVIDER', 'MINIKUBE_DRIVER'])(
  'Docker is not asked where %s names another engine',
  async (name) => {
    expect(await stateWith(STOPPED, { [name]: 'podman' })).toBeUndefined();
    expect(await stateWith(STOPPED, { [name]: 'docker' })).toHaveProperty('refusal');
  },
);
