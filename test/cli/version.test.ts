import os from 'node:os';
import { version } from '../../package.json';
import { pachkit } from '../support/pachkit';

test.each(['--version', '-v', '-V', 'version'])('%s prints the version', (argument) => {
  expect(pachkit([argument], { folder: os.tmpdir() })).toEqual({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: '',
  });
});
