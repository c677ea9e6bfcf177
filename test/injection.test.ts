import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse as parseJavaScript } from '@babel/parser';
import { marked } from 'marked';
import YAML from 'yaml';
import { hasErrors } from '../src/diagnostics/diagnostic';
import { isMapping } from '../src/document/is-mapping';
import type { OutputFile } from '../src/outputs/output';
import { checkDocument } from '../src/pipeline/check-document';
import { readCluster } from '../src/pipeline/read-cluster';
import { synthesize } from '../src/plan/synthesize';
import { checkSchema } from '../src/schema/check-schema';
import { read } from './support/input-of';
import { readConnectionString } from './support/connection-string';
import { documentWith, textPlaces, type Place } from './support/schema-places';
import * as places from './support/schema-places';

/**
 * Strings that mean something to one language or another: the shell, SQL, YAML, JSON, JavaScript, Terraform's templates,
 * Kubernetes' references, connection strings. Each is tried alone and behind a string that the place takes.
 */
const HOSTILE: readonly string[] = [
  'x\nEOSQL\ntouch pwned\n: <<-EOSQL\n',
  '$(touch pwned)',
  '`touch pwned`',
  '"; touch pwned; "',
  "'; touch pwned; '",
  '"; DROP DATABASE pachyderm; --',
  "' host=evil.example.com password='",
  '$(OAUTH_CLIENT_SECRET)',
  '${file("/etc/passwd")}%{ if true }y%{ endif }',
  '"\nevil: true\n- x: {y',
  '"]);evil();([" */ \u2028 //',
  '"}],"evil":[{"',
  '{{ .Env.HOME }}',
  '\u0000\u0007\u001b[31m',
  '../../etc/shadow',
  ' # comment',
  '` <img src=x onerror=alert(1)> [log in](javascript:alert(1)) | | ![](//evil.example.com) ``` ~~~',
  'x\n\n# Title\n\n```sh\ntouch pwned\n```\n',
];

/** Those of one line in one, those of several lines in another, and one of them alone, so that every text has its turn. */
function hostileTexts(sample: string, turn: number): string[] {
  const [lines, line] = [/[^ -~]/, /^[ -~]*$/].map((kind) =>
    HOSTILE.filter((text) => kind.test(text)).join(' '),
  );
  const alone = [0, 1].map((next) => HOSTILE[(2 * turn + next) % HOSTILE.length] ?? '');
  return [
    line ?? '',
    `${sample}${line}`,
    `${sample}${lines}`,
    ...alone,
    ...alone.map((text) => sample + text),
  ];
}

/** What is around a place, so that what is written there comes into the output. */
const AROUND: Readonly<Record<string, object>> = {
  dex: { identity: { dex: 'standalone' } },
  enterprise: { release: '2.11.6' },
  auth0: {
    auth0: {
      domain: 'acme.eu.auth0.com',
      application: { clientID: 'client', clientSecret: 'secret' },
      groups: { claim: 'https://acme.com/groups' },
      allow: { emailDomains: ['acme.com'] },
    },
  },
};

const BASE = {
  apiVersion: 'pachkit/v1',
  name: 'prod',
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'seed' },
  access: { via: 'proxy', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
  identity: {
    connectors: [
      { type: 'mockPassword', id: 'mock', name: 'Mock', config: { username: 'a', password: 'b' } },
    ],
  },
};

type Mapping = Record<string, unknown>;

function merged(under: unknown, over: unknown): unknown {
  if (!isMapping(under) || !isMapping(over)) return over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      key in over ? (key in under ? merged(under[key], over[key]) : over[key]) : under[key],
    ]),
  );
}

/** A document that has `text` at a place; what the place needs around it is there. */
function documentAt(place: Place, text: string): string {
  const given = { ...(documentWith(place, text) as Mapping) };
  for (const key of ['apiVersion', 'release']) delete given[key];
  const [section] = place.path;
  const document = merged(merged(BASE, AROUND[String(section)] ?? {}), given) as Mapping;
  if (section === 'release') document['release'] = text;
  return JSON.stringify(document);
}

/** Files of a document without errors; undefined for one that pachkit refuses. */
async function outputOf(text: string): Promise<readonly OutputFile[] | undefined> {
  const { documents, diagnostics: problems } = read(text);
  const [written] = documents;
  // What the schema refuses is not looked at any further, which takes long: it asks the rules about what is left.
  if (!written || hasErrors([...problems, ...checkSchema(written)])) return undefined;
  const document = checkDocument(written);
  if (hasErrors(document.diagnostics)) return undefined;
  const { value, diagnostics } = readCluster(document, {
    variable: (name) => `value of ${name}`,
    readFile: () => Buffer.from('content of a file\n'),
    frozen: false,
  });
  if (!value || hasErrors(diagnostics)) return undefined;
  return (await synthesize(value)).files;
}

/** What all files say to the programs that read them, without the strings themselves. */
interface Meaning {
  /** Keys and the kinds of values, of embedded YAML and JSON too. */
  readonly shape: unknown;
  /** References that Kubernetes expands. */
  readonly references: readonly string[];
  /** Expressions and directives of Terraform's templates. */
  readonly templates: readonly string[];
  /** Kinds of the nodes of every program in JavaScript. */
  readonly programs: readonly string[];
}

/** A file is read once for all documents that have it: a string changes a few of the files, and the others are as they were. */
function remembered<T>(read: (file: OutputFile) => T): (file: OutputFile) => T {
  const known = new Map<string, T>();
  return (file) => {
    const key = `${file.path}\n${file.content}`;
    const value = known.get(key) ?? read(file);
    known.set(key, value);
    return value;
  };
}

const documentsOf = remembered(({ path: name, content }): readonly unknown[] =>
  name.endsWith('.json')
    ? [JSON.parse(content)]
    : name.endsWith('.md')
      ? partsOfPage(content).map((part) => ({ [part]: true }))
      : YAML.parseAllDocuments(content).map((document) => {
          if ('errors' in document && document.errors.length > 0) throw document.errors[0] as Error;
          return document.toJS() as unknown;
        }),
);

/** What a page is made of, in order, without its text: headings, tables, scripts, links, HTML. */
function partsOfPage(content: string): string[] {
  const parts: string[] = [];
  void marked.walkTokens(marked.lexer(content), ({ type }) => {
    if (!['text', 'escape', 'space'].includes(type)) parts.push(type);
  });
  return parts;
}

function meaningOf(files: readonly OutputFile[]): Meaning {
  const meanings = files.map(meaningOfFile);
  return {
    shape: Object.fromEntries(files.map(({ path: name }, at) => [name, meanings[at]?.shape])),
    references: meanings.flatMap(({ references }) => references),
    templates: meanings.flatMap(({ templates }) => templates),
    programs: meanings.flatMap(({ programs }) => programs),
  };
}

const meaningOfFile = remembered((file): Meaning => {
  const references: string[] = [];
  const templates: string[] = [];
  const programs: string[] = [];
  const isTerraform = file.path.endsWith('.tf.json');
  const shapeOf = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) return value.map((item) => shapeOf(item, key));
    if (isMapping(value))
      return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, shapeOf(child, name)]));
    if (typeof value !== 'string') return typeof value;
    if (isTerraform) {
      templates.push(...(value.replace(/\$\$\{|%%\{/g, '').match(/[$%]\{/g) ?? []));
      if (key === 'code') programs.push(programShape(value));
      return 'text';
    }
    if (key === 'value' || key === 'args' || key === 'command')
      references.push(...(value.replaceAll('$$', '').match(/\$\([^)]*\)/g) ?? []));
    if (!EMBEDDED.test(key)) return 'text';
    const inner: unknown = YAML.parse(value, { version: '1.1' });
    return shapeOf(inner);
  };
  const shape = documentsOf(file).map((document) => shapeOf(document));
  return { shape, references, templates, programs };
});

/** Keys whose text pachd, config-pod, Dex or Envoy reads as YAML or JSON. A string inside of that is a string to them. */
const EMBEDDED =
  /^(upstream-idps|additional-oidc-clients|auth-config|cluster-role-bindings|identity-config|oidc-clients|trusted-peers|enterprise-cluster|.*\.(yaml|json))$/;

/** The kinds of nodes of an Action, in order, as Auth0 runs it: without Terraform's escapes, with its references filled in. */
function programShape(template: string): string {
  const code = template.replace(/\$\{[^}]*\}/g, (text, at: number) =>
    template[at - 1] === '$' ? text : 'id',
  );
  const kinds: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isMapping(node)) {
      if (typeof node['type'] === 'string') kinds.push(node['type']);
      for (const [key, child] of Object.entries(node)) if (key !== 'loc' && key !== 'extra') visit(child);
    }
  };
  visit(parseJavaScript(code.replaceAll('$${', '${').replaceAll('%%{', '%{')).program);
  return kinds.join(' ');
}

interface Variable {
  readonly name: string;
  readonly value?: string;
}

interface Container {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
  readonly livenessProbe?: { readonly exec?: { readonly command: readonly string[] } };
  readonly readinessProbe?: { readonly exec?: { readonly command: readonly string[] } };
}

/** Containers, and scripts that ConfigMaps hold. */
function programsOf(files: readonly OutputFile[]): { containers: Container[]; scripts: string[] } {
  const containers: Container[] = [];
  const scripts: string[] = [];
  const manifests = files.filter(({ path: name }) => /^manifests\/.*\.yaml$/.test(name));
  for (const document of manifests.flatMap((file) => [...documentsOf(file)])) {
    const object = document as {
      kind: string;
      data?: Record<string, string>;
      spec?: { template?: { spec?: { containers?: Container[] } } };
    };
    containers.push(...(object.spec?.template?.spec?.containers ?? []));
    if (object.kind === 'ConfigMap')
      scripts.push(
        ...Object.entries(object.data ?? {}).flatMap(([key, text]) => (key.endsWith('.sh') ? [text] : [])),
      );
  }
  return { containers, scripts };
}

/** What Kubernetes makes of a string; references to variables that do not exist stay. */
const asRead = (text: string): string => text.replace(/\$\$/g, '$');

jest.setTimeout(60_000);

let workspace: string;
beforeAll(() => (workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-injection-'))));
afterAll(() => fs.rmSync(workspace, { recursive: true, force: true }));

const ran = new Set<string>();

/** Runs a script with stand-ins for all programs that it may call; anything else that runs leaves a file or an error. */
function expectOnlyStandIns(shell: string, script: string, env: Record<string, string>): void {
  const key = JSON.stringify([script, env]);
  if (ran.has(key)) return;
  ran.add(key);
  const standIns = 'psql() { cat > /dev/null; }\npg_isready() { :; }\nexec() { "$@"; }\n';
  const { stdout, stderr } = spawnSync(
    shell,
    ['-c', `${shell === 'bash' ? standIns : standIns.replace(/exec.*\n/, '')}${script}`],
    {
      cwd: workspace,
      encoding: 'utf8',
      // With a socket for its input bash would read the user's own start files.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], ...env },
    },
  );
  expect([stdout, stderr.replace(/.*\.initialized.*/g, '')]).toEqual(['', '']);
  expect(fs.readdirSync(workspace)).toEqual([]);
}

function expectHarmless(files: readonly OutputFile[]): void {
  const { containers, scripts } = programsOf(files);
  const server = { POSTGRES_USER: 'pachyderm', POSTGRES_DB: 'pachyderm' };
  for (const script of scripts) expectOnlyStandIns('bash', script, server);
  for (const { env = [], ...container } of containers) {
    const variables = Object.fromEntries(
      env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, asRead(value)] as const])),
    );
    for (const probe of [container.livenessProbe, container.readinessProbe]) {
      const [shell, ...words] = probe?.exec?.command ?? [];
      if (shell !== '/bin/sh') continue;
      const needed = { POSTGRESQL_PASSWORD: 'p', ...pick(variables, /^(POSTGRESQL|PGBOUNCER|POSTGRES)_/) };
      expectOnlyStandIns('bash', asRead(words.at(-1) ?? '').replace(/\[ -f[^\n]*/, ''), needed);
    }
    if (variables['POSTGRES_DATABASE'] !== undefined) {
      const {
        POSTGRES_HOST: host = '',
        POSTGRES_USER: user = '',
        POSTGRES_DATABASE: dbname = '',
      } = variables;
      const settings = { host, user, dbname, password: 'p' };
      const text = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
      expect(readConnectionString(text.join(' '))).toEqual(settings);
    }
  }
}

const pick = (all: Record<string, string>, names: RegExp): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.test(name)));

const cases = textPlaces()
  // What only pachkit reads; and affinities once, which every workload writes in the same way.
  .filter(({ path: [section] }) => !['$schema', 'extends', 'apiVersion'].includes(String(section)))
  .filter(({ path: at }) => !at.includes('affinity') || at[0] === 'pachd')
  .map(
    (place, turn) => [`${place.path.join('.')}${place.kind === 'key' ? ' (key)' : ''}`, place, turn] as const,
  );

test('every text of the schema is tried', () => expect(cases.length).toBeGreaterThan(250));

let accepted = 0;

test.each(cases)('%s: no string becomes anything but text', async (name, place, turn) => {
  const sample = String(
    places.sampleOf(
      place.part,
      /\.(env|file|existing)\b/.test(name) ? 'secret-value.schema.json' : undefined,
    ),
  );
  const plain = await outputOf(documentAt(place, sample));
  const expected = plain && meaningOf(plain);
  for (const hostile of hostileTexts(sample, turn)) {
    const files = await outputOf(documentAt(place, hostile));
    if (!files) continue;
    accepted++;
    const meaning = meaningOf(files);
    expectHarmless(files);
    if (!expected) continue;
    expect(meaning.templates).toEqual(expected.templates);
    expect(meaning.programs).toEqual(expected.programs);
    if (isHandedToKubernetes(place)) continue;
    expect(meaning.references).toEqual(expected.references);
    // Names of connectors' variables and of Terraform's resources are made of ids and names.
    if (place.kind === 'value' && !/\.id$|^auth0\./.test(name)) expect(meaning.shape).toEqual(expected.shape);
  }
});

/** Variables of the document are those of a pod, whose references Kubernetes expands. */
const isHandedToKubernetes = ({ path: at }: Place): boolean => at.includes('environment');

test('many hostile strings are taken, so that what becomes of them is seen', () =>
  expect(accepted).toBeGreaterThan(100));
