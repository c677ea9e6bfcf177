#!/usr/bin/env node
// A stand-in for docker that tells kind what it asks for and runs nothing; what it is started with is recorded in $RECORD.
const fs = require('node:fs');

const args = process.argv.slice(2);
fs.appendFileSync(process.env.RECORD, `${JSON.stringify(args)}\n`);
if (process.env.DOCKER_REFUSES) {
  process.stderr.write(`${process.env.DOCKER_REFUSES}\n`);
  process.exit(1);
}
if (args[0] === 'inspect') process.stdout.write(`${process.env.NODE_IMAGE ?? ''}\n`);
else if (args[0] === 'info' && args[2]?.includes('.MemTotal'))
  process.stdout.write(process.env.DOCKER_SAYS ?? '{"memory":17179869184,"groups":"2"}\n');
else if (args[0] === 'info')
  process.stdout.write(
    '{"CgroupDriver":"systemd","CgroupVersion":"2","MemoryLimit":true,"PidsLimit":true,"CPUShares":true,"SecurityOptions":[]}\n',
  );
