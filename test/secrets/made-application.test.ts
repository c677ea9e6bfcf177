import fs from 'node:fs';
import path from 'node:path';
import { fileInput } from '../../src/document/input';
import { readDocuments } from '../../src/document/read-documents';
import type { Document } from '../../src/document/document';
import { forgetApplication, keepApplication, keptApplication } from '../../src/secrets/made-application';
import { temporaryFolder } from '../support/pachkit';

function documentIn(folder: string, domain = 'acme.eu.auth0.com'): Document {
  fs.writeFileSync(path.join(folder, 'prod.yaml'), `apiVersion: pachkit/v1\nauth0: { domain: ${domain} }\n`);
  const [document] = readDocuments('prod.yaml', fileInput(folder)).documents;
  if (document === undefined) throw new Error('no document');
  return document;
}

test('what a deploy has made is kept beside the document, ignored by git, and forgotten when it is gone', () => {
  const folder = temporaryFolder();
  const document = documentIn(folder);
  expect(keptApplication(document)).toBeUndefined();
  keepApplication(document, { clientID: 'abc' });
  expect(keptApplication(document)).toEqual({ clientID: 'abc' });
  keepApplication(document, { clientID: 'def' });
  expect(keptApplication(document)).toEqual({ clientID: 'def' });
  expect(fs.readFileSync(path.join(folder, '.pachkit/.gitignore'), 'utf8')).toBe('*\n');
  expect(fs.readdirSync(path.join(folder, '.pachkit')).sort()).toEqual(['.gitignore', 'prod.auth0.json']);
  forgetApplication(document);
  expect(keptApplication(document)).toBeUndefined();
});

test('an application of another tenant is none of this document', () => {
  const folder = temporaryFolder();
  keepApplication(documentIn(folder), { clientID: 'abc' });
  expect(keptApplication(documentIn(folder, 'other.eu.auth0.com'))).toBeUndefined();
});

test.each(['', 'null', '[]', '{"domain":"acme.eu.auth0.com","clientID":7}', '{'])(
  'what is not of the form is as good as none: %j',
  (text) => {
    const folder = temporaryFolder();
    const document = documentIn(folder);
    keepApplication(document, { clientID: 'abc' });
    fs.writeFileSync(path.join(folder, '.pachkit/prod.auth0.json'), text);
    expect(keptApplication(document)).toBeUndefined();
  },
);
