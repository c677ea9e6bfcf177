import fs from 'node:fs';
import path from 'node:path';
import { runTerraform, type Terraform } from '../../src/provision/run-terraform';
import { temporaryFolder } from '../support/pachkit';

/** A program in Terraform's place. */
function standIn(script: string, signal = new AbortController().signal): Terraform {
  const directory = temporaryFolder();
  const program = path.join(directory, 'terraform');
  fs.writeFileSync(program, `#!${process.execPath}\n${script}\n`, { mode: 0o755 });
  const scratch = path.join(directory, 'scratch');
  fs.mkdirSync(scratch);
  return { program, directory, scratch, environment: { TF_VAR_secret: 'planted' }, signal };
}

test('it is given arguments, variables and its folder, and no terminal', async () => {
  const terraform = standIn(
    `process.stdout.write(JSON.stringify([process.argv.slice(2), process.env.TF_VAR_secret, process.env.TF_INPUT, process.cwd()]));
     process.stderr.write('said'); process.exitCode = 2;`,
  );
  const end = await runTerraform(terraform, ['plan', '$(touch no)']);
  expect(end).toMatchObject({ code: 2, errors: 'said' });
  expect(JSON.parse(end.output)).toEqual([
    ['plan', '$(touch no)'],
    'planted',
    '0',
    fs.realpathSync(terraform.directory),
  ]);
});

test('its lines are told as they come, whole', async () => {
  const lines: string[] = [];
  const terraform = standIn(
    `process.stdout.write('one\\ntw'); setTimeout(() => process.stdout.write('o ü\\nrest'), 300);`,
  );
  await runTerraform(terraform, [], (line) => lines.push(line));
  expect(lines).toEqual(['one', 'two ü']);
});

test('what it writes is for its owner alone', async () => {
  const terraform = standIn(`require('fs').writeFileSync('terraform.tfstate', '{}')`);
  await runTerraform(terraform, []);
  expect(fs.statSync(path.join(terraform.directory, 'terraform.tfstate')).mode & 0o777).toBe(0o600);
  expect(process.umask()).not.toBe(0o077);
});

test('an interruption is passed on once, and what it does about that is waited for', async () => {
  const control = new AbortController();
  const terraform = standIn(
    `let count = 0;
     process.on('SIGINT', () => { count++; setTimeout(() => { console.log(count); process.exit(1); }, 200); });
     console.log('up'); setInterval(() => {}, 1000);`,
    control.signal,
  );
  const end = await runTerraform(terraform, ['apply'], (line) => {
    if (line === 'up') control.abort();
  });
  expect(end).toMatchObject({ code: 1, output: 'up\n1\n' });
});

test('a program that cannot be started is no crash', async () => {
  const terraform = { ...standIn(''), program: '/nowhere/terraform' };
  expect(await runTerraform(terraform, [])).toEqual({ code: undefined, output: '', errors: '' });
});
