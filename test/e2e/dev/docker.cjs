#!/usr/bin/env node
// A stand-in for docker that tells kind what it asks for and runs nothing; what it is started with is recorded in $RECORD.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const args = process.argv.slice(2);
fs.appendFileSync(process.env.RECORD, `${JSON.stringify(args)}\n`);
if (process.env.DOCKER_REFUSES) {
  process.stderr.write(`${process.env.DOCKER_REFUSES}\n`);
  process.exit(1);
}
if (args[0] === 'save') save(args[1], args[args.indexOf('--output') + 1]);
else if (args[0] === 'inspect') process.stdout.write(`${process.env.NODE_IMAGE ?? ''}\n`);
else if (args[0] === 'info' && args[2]?.includes('.MemTotal'))
  process.stdout.write(process.env.DOCKER_SAYS ?? '{"memory":17179869184,"groups":"2"}\n');
else if (args[0] === 'info')
  process.stdout.write(
    '{"CgroupDriver":"systemd","CgroupVersion":"2","MemoryLimit":true,"PidsLimit":true,"CPUShares":true,"SecurityOptions":[]}\n',
  );

/** Writes an archive that names an image as docker does, and has nothing of it. */
function save(image, archive) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'saved-'));
  const list = [{ Config: 'config.json', RepoTags: [image.replace('docker.io/', '')], Layers: [] }];
  fs.writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(list));
  execFileSync('tar', ['-cf', archive, '-C', folder, 'manifest.json']);
  fs.rmSync(folder, { recursive: true });
}
