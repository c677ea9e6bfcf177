// Ends what a test process started once that test process is gone, whatever ended it: its standard input is a pipe
// from the test process, which the kernel closes with it. A handler for SIGINT or 'exit' inside a test would not do:
// jest gives tests a copy of `process`, to which no signal is delivered, and SIGKILL reaches no handler.
//
// Lines on standard input: `process PID`, `ended PID`, `directory PATH`, `removed PATH`.

const { rmSync } = require('node:fs');
const readline = require('node:readline');

const processes = new Set();
const directories = new Set();
const graceMilliseconds = 3000;
const pollMilliseconds = 50;

const verbs = {
  process: (id) => processes.add(Number(id)),
  ended: (id) => processes.delete(Number(id)),
  directory: (name) => directories.add(name),
  removed: (name) => directories.delete(name),
};

/** Signals the process group; false when nothing of it is left. */
function signalGroup(id, signal) {
  try {
    process.kill(-id, signal);
    return true;
  } catch {
    return false;
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const space = line.indexOf(' ');
    verbs[line.slice(0, space)](line.slice(space + 1));
  })
  .on('close', () => {
    for (const id of processes) signalGroup(id, 'SIGTERM');
    const deadline = Date.now() + graceMilliseconds;
    const finish = () => {
      const left = [...processes].filter((id) => signalGroup(id, 0));
      if (left.length > 0 && Date.now() < deadline) return setTimeout(finish, pollMilliseconds);
      for (const id of left) signalGroup(id, 'SIGKILL');
      for (const name of directories) rmSync(name, { recursive: true, force: true });
      process.exit(0);
    };
    finish();
  });
