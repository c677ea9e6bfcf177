import fs from 'node:fs';
import path from 'node:path';
import { expectFile } from '../support/golden-file';
import { pachkit } from '../support/pachkit';
import { root } from './pages';

/** Pictures in documentation, by the document that they are made of. */
const PICTURES = { 'docs/pictures/login.svg': 'examples/production-auth0/pachyderm.yaml' };

test.each(Object.entries(PICTURES))('%s is what graph makes of %s', (picture, document) => {
  const { exitCode, stdout, stderr } = pachkit(['graph', document, '--format', 'svg'], { folder: root });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expectFile(stdout, path.join(root, picture));
});

test('every picture in documentation is one of these', () =>
  expect(fs.readdirSync(path.join(root, 'docs/pictures')).map((name) => `docs/pictures/${name}`)).toEqual(
    Object.keys(PICTURES),
  ));
