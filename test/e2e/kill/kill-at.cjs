// node --require kill-at.cjs …: kills the process at its KILL_AT-th change of the file system (counted from 1), before or after it
// as KILL_WHEN says.
const fs = require('node:fs');

const { KILL_AT, KILL_WHEN } = process.env;
const target = Number(KILL_AT ?? 0);
let changes = 0;

const CHANGES = [
  ...['appendFileSync', 'chmodSync', 'copyFileSync', 'fchmodSync', 'fsyncSync', 'linkSync', 'mkdirSync'],
  ...['openSync', 'renameSync', 'rmSync', 'rmdirSync', 'symlinkSync', 'unlinkSync', 'utimesSync'],
  ...['writeFileSync', 'writeSync'],
];

const isReading = (name, args) => name === 'openSync' && (args[1] === undefined || args[1] === 'r');

for (const name of CHANGES) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (isReading(name, args)) return original(...args);
    changes += 1;
    const isTime = changes === target;
    if (isTime && KILL_WHEN === 'before') process.kill(process.pid, 'SIGKILL');
    try {
      return original(...args);
    } finally {
      // Also after one that fails, such as a link where there is a file.
      if (isTime) process.kill(process.pid, 'SIGKILL');
    }
  };
}
