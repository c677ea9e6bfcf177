import fs from 'node:fs';
import path from 'node:path';
import { validateFiles } from '../../src/pipeline/validate-files';
import { inputOf } from '../support/input-of';

/** What is said first of a file. */
function firstOf(text: string): string | undefined {
  const [first] = validateFiles(['f'], inputOf({ f: text })).diagnostics;
  return first && `${first.code} ${first.message}`;
}

const NOTHING = 'FIL011 There is nothing to check in f: ';

test.each([
  ['a package.json of npm', '{"name": "a", "version": "1.0.0", "type": "module", "config": {}}'],
  ['a package.json of npm', fs.readFileSync(path.resolve(__dirname, '../../package.json'), 'utf8')],
  ['a lock file of npm', '{"name": "a", "lockfileVersion": 3, "packages": {}}'],
  ['a composer.json of PHP', '{"name": "a/b", "type": "project", "require": {}, "config": {}}'],
  ['a configuration of TypeScript', fs.readFileSync(path.resolve(__dirname, '../../tsconfig.json'), 'utf8')],
  ['a configuration of ESLint', '{"extends": "eslint:recommended", "env": {}, "rules": {}}'],
  ['a configuration of Renovate', '{"extends": ["config:base"], "packageRules": []}'],
  ['a Compose file', 'name: a\nservices: { web: { image: nginx } }\nnetworks: {}\nsecrets: {}\n'],
  ['a workflow of GitHub Actions', 'name: ci\non: push\njobs: { build: { runs-on: ubuntu-latest } }\n'],
  ['an action of GitHub', 'name: a\nruns: { using: composite }\n'],
  ['the Chart.yaml of a Helm chart', 'apiVersion: v2\nname: a\nversion: 1.0.0\ndependencies: []\n'],
  ['a Kustomization', 'namespace: a\nresources: [a.yaml]\nimages: []\n'],
  ['a kubeconfig', 'apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n'],
  ['an OpenAPI document', 'openapi: 3.0.0\ninfo: {}\npaths: {}\n'],
  ['a state of Terraform', '{"version": 4, "terraform_version": "1.9.0", "lineage": "a", "resources": []}'],
  ['a dashboard of Grafana', '{"id": null, "type": "x", "title": "a", "panels": [], "schemaVersion": 38}'],
  ['a specification of a pipeline', '{"pipeline": {"name": "edges"}, "transform": {}, "input": {}}'],
  ['a realm of Keycloak', '{"id": "a", "realm": "a", "enabled": true, "clients": []}'],
  ['a client of Keycloak', '{"clientId": "a", "name": "a", "secret": "b", "redirectUris": []}'],
  ['a key of a service account of Google', '{"type": "service_account", "private_key": "a"}'],
  ['a configuration of Authelia', 'storage: { local: {} }\nsession: {}\nauthentication_backend: {}\n'],
  ['a playbook of Ansible', '- name: a\n  hosts: all\n  tasks: []\n'],
  ['a list of tasks of Ansible', '- name: a\n  kubernetes.core.helm: { name: pachyderm }\n'],
  ['a discovery document of OpenID Connect', '{"issuer": "a", "authorization_endpoint": "b"}'],
])('%s is called so', (name, text) => expect(firstOf(text)).toBe(`${NOTHING}it is ${name}`));

test.each(['main.tf', 'prod.tfvars'])('%s is told by its name', (name) => {
  const { diagnostics } = validateFiles([name], inputOf({ [name]: 'resource "helm_release" "a" {\n}\n' }));
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['FIL011', expect.stringContaining('it is a configuration of Terraform')],
  ]);
});

test('a file that cannot be read is not asked for what it is', () => {
  const options = { target: 'pachyderm@2.11' } as const;
  const text = 'deployTarget: LOCAL\npachd:\n\trootToken: a\n';
  expect(validateFiles(['f'], inputOf({ f: text }), options).diagnostics.map(({ code }) => code)).toEqual([
    'DOC003',
  ]);
});

test('a file with keys that any file may have is no document', () => {
  expect(firstOf('name: a\nchannels: []\ndependencies: []\n')).toBe(
    `${NOTHING}\`name\` may be in any file, and none of its other keys is one of a cluster document, of values of the official chart, or of a Dex configuration`,
  );
  expect(firstOf('{"$schema": "https://docs.renovatebot.com/a.json", "extends": ["a"]}')).toBe(
    `${NOTHING}its \`$schema\` is one of docs.renovatebot.com`,
  );
});

test.each([
  ['one that few files have', 'name: a\nrelease: 2.12.0\nservices: { web: { image: a } }\n'],
  ['nearly one', 'name: a\nacess: {}\nscripts: {}\n'],
  ['a base', 'extends: base.yaml\nresources: {}\nnamespace: a\n'],
  ['an apiVersion of ours', 'apiVersion: pachkit/v2\nname: a\nversion: 1.0.0\n'],
  ['those that any file may have, and no other', 'name: a\nnamespace: b\n'],
])('a mapping with %s is taken for a document', (_, text) => {
  expect(firstOf(text)).toBeDefined();
  expect(firstOf(text)).not.toContain('FIL011');
});

test('marks of another program hide nothing that is checked', () => {
  const kindsOf = (text: string): string[] =>
    validateFiles(['f'], inputOf({ f: text })).productFiles.map(({ kind }) => kind.name);
  const services = 'services: { web: { image: nginx } }\n';
  expect(kindsOf(`${services}pachyderm: { deployTarget: LOCAL }\n`)).toEqual(['helm-values']);
  expect(kindsOf(`${services}issuer: a\nstorage: { type: memory }\nweb: {}\n`)).toEqual(['dex-config']);
});
