#!/usr/bin/env node
// A stand-in for mkcert, whose authority openssl makes in $CAROOT. It records what it is started with in $RECORD.
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const args = process.argv.slice(2);
const { RECORD, CAROOT } = process.env;
fs.appendFileSync(RECORD, `${JSON.stringify(['mkcert', ...args])}\n`);
if (args[0] === '-CAROOT') {
  process.stdout.write(`${CAROOT}\n`);
  process.exit(0);
}
if (process.env.MKCERT_FAILS) {
  process.stderr.write(`ERROR: ${process.env.MKCERT_FAILS}\n`);
  process.exit(1);
}
const openssl = (...words) => execFileSync('openssl', words, { stdio: 'ignore' });
const [certificate, key] = [path.join(CAROOT, 'rootCA.pem'), path.join(CAROOT, 'rootCA-key.pem')];
fs.mkdirSync(CAROOT, { recursive: true });
const subject = ['-nodes', '-newkey', 'rsa:2048', '-days', '365'];
if (!fs.existsSync(certificate))
  openssl('req', '-x509', ...subject, '-subj', '/CN=mkcert', '-keyout', key, '-out', certificate);
const [, certFile, , keyFile, ...hosts] = args;
const names = hosts.map((host) => `${/^[\d.]+$|:/.test(host) ? 'IP' : 'DNS'}:${host}`).join(',');
openssl(
  ...['req', '-x509', ...subject, '-subj', '/CN=localhost', '-keyout', keyFile, '-out', certFile],
  ...['-CA', certificate, '-CAkey', key, '-addext', `subjectAltName=${names}`],
  ...['-addext', 'basicConstraints=critical,CA:FALSE'],
);
