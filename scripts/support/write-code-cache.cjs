'use strict';
// node write-code-cache.cjs LAUNCHER: runs the program on a small document in a temporary folder, and keeps the code that
// V8 compiled on the way beside each part of the program.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [, , launcher] = process.argv;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-build-'));
const document = path.join(folder, 'pachyderm.yaml');
fs.writeFileSync(
  document,
  [
    'apiVersion: pachkit/v1',
    'release: 2.12.0-rc.3',
    'profile: dev',
    'secrets: { seed: build }',
    'access: { via: proxy, host: localhost }',
    'auth: { roleBindings: { "user:kilgore@kilgore.trout": [clusterAdmin] } }',
    'auth0: { domain: example.eu.auth0.com, application: { clientID: example } }',
    '',
  ].join('\n'),
);
process.argv = [process.execPath, launcher, 'synth', document, '--out', path.join(folder, 'out'), '--quiet'];
const parts = require(launcher);
process.on('exit', (code) => {
  fs.rmSync(folder, { recursive: true, force: true });
  if (code !== 0) return;
  for (const [name, part] of parts)
    fs.writeFileSync(path.join(path.dirname(launcher), `${name}.cache`), part.script.createCachedData());
});
