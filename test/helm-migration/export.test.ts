import fs from 'node:fs';
import path from 'node:path';
import { checkDocument } from '../../src/pipeline/check-document';
import { exportValues } from '../../src/helm-migration/export/export-values';
import { placeholders } from '../../src/helm-migration/placeholder';
import type { ReportEntry } from '../../src/helm-migration/report';
import { resolveCluster } from '../../src/model/resolve';
import { documentOf } from '../support/input-of';
import { exportedValuesOf, importOf, objectsOfText } from '../support/import-values';

const CASES = path.resolve(__dirname, '..', '..', '..', 'shared', 'oracle', 'cases');
const DOCUMENTS = path.join(__dirname, '..', 'oracle', 'documents');

function filesIn(root: string): string[] {
  return fs.existsSync(root)
    ? fs
        .readdirSync(root)
        .flatMap((release) => fs.readdirSync(path.join(root, release)).map((name) => `${release}/${name}`))
        .sort()
    : [];
}

const cases = filesIn(CASES);
const describeWithCases = cases.length > 0 ? describe : describe.skip;

describeWithCases('values that people have', () => {
  test.each(
    cases.flatMap((name) => (['existing', 'env', 'plain'] as const).map((form) => [name, form] as const)),
  )('%s, secrets %s: what comes back from an export is the same document', (name, secrets) => {
    const [release = ''] = name.split('/');
    const values = fs.readFileSync(path.join(CASES, name, 'values.yaml'), 'utf8');
    const { text } = importOf(values, { release, secrets });
    expect(importOf(exportedValuesOf(text), { release, secrets }).text).toBe(text);
  });
});

describe('documents', () => {
  test.each(filesIn(DOCUMENTS))('%s: its values say the same objects', (file) => {
    const [release = ''] = file.split('/');
    const text = fs.readFileSync(path.join(DOCUMENTS, file), 'utf8');
    const back = importOf(exportedValuesOf(text), { release, secrets: 'plain' });
    expect(objectsOfText(back.text)).toEqual(objectsOfText(text));
  });
});

const BASE = 'apiVersion: pachkit/v1\nrelease: 2.11.6\n';

function exported(text: string) {
  const document = documentOf(BASE + text);
  expect(checkDocument(document).diagnostics.filter(({ code }) => code.startsWith('SCH'))).toEqual([]);
  const { value } = resolveCluster(document, placeholders);
  if (!value) throw new Error('not resolved');
  const result = exportValues(document, value);
  const entry = (field: string): ReportEntry | undefined => result.report.find((each) => each.path === field);
  return { ...result, entry };
}

describe('secrets', () => {
  test('variables are placeholders that envsubst fills in, and Secrets of the user stay named', () => {
    const { values, variables } = exported(`auth:
  rootToken: { existing: { name: login, key: root-token } }
  clientSecret: { env: CLIENT_SECRET }
`);
    expect(values['pachd']).toMatchObject({
      rootTokenSecretName: 'login',
      oauthClientSecret: '${CLIENT_SECRET}',
    });
    expect(variables).toContainEqual({ name: 'CLIENT_SECRET', field: 'auth.clientSecret' });
  });

  test('a Secret that Helm writes itself is not named: Helm would take the key away', () => {
    const { values, variables } = exported(
      'auth: { rootToken: { existing: { name: pachyderm-auth, key: root-token } } }\n',
    );
    expect(values['pachd']).toMatchObject({ rootToken: '${ROOT_TOKEN}' });
    expect(variables).toContainEqual({
      name: 'ROOT_TOKEN',
      field: 'auth.rootToken',
      from: { name: 'pachyderm-auth', key: 'root-token' },
    });
  });

  test('a Secret with a key that the chart does not read is one of a variable', () => {
    const { values, entry } = exported('auth: { rootToken: { existing: { name: login, key: token } } }\n');
    expect(values['pachd']).toMatchObject({ rootToken: '${ROOT_TOKEN}' });
    expect(entry('auth.rootToken')?.message).toMatch(/reads the key root-token of a Secret, and not token/);
  });

  test('those that stand in the document stand in the values, and are counted', () => {
    const { plainPaths } = exported('auth: { rootToken: 0123456789abcdef }\n');
    expect(plainPaths).toEqual(['pachd.rootToken']);
  });

  test('generated ones are placeholders: values without them would draw others at every upgrade', () => {
    const { values } = exported('console: { telemetry: false }\n');
    expect(values).toMatchObject({
      pachd: { rootToken: '${AUTH_ROOT_TOKEN}', oauthClientSecret: '${AUTH_CLIENT_SECRET}' },
      global: { postgresql: { postgresqlPassword: '${DATABASE_INTERNAL_PASSWORD}' } },
    });
  });
});

describe('what the chart derives otherwise', () => {
  test.each<[document: string, values: object]>([
    ['access: { via: nodePort }', { oidc: { issuerURI: 'http://pachd:30658' } }],
    [
      'access: { via: portForward }',
      { oidc: { userAccessibleOauthIssuerHost: 'http://localhost:30658' }, proxy: { enabled: false } },
    ],
    [
      'access: { host: pach.example.com, port: 8443, tls: { secretName: cert } }',
      { proxy: { host: 'pach.example.com:8443', tls: { enabled: true, secretName: 'cert' } } },
    ],
    [
      'access: { tls: { secretName: cert } }',
      { pachd: { oauthRedirectURI: 'https://localhost/authorization-code/callback' } },
    ],
  ])('%s', (document, values) => {
    expect(exported(`${document}\n`).values).toMatchObject(values);
  });

  test('URLs that the chart derives are left out', () => {
    const { values } = exported('access: { host: pach.example.com, tls: { secretName: cert } }\n');
    expect(values['oidc']).toEqual({ mockIDP: false });
    expect(values['console']).toEqual({ config: { oauthClientSecret: '${CONSOLE_CLIENT_SECRET}' } });
  });
});

describe('defaults of the chart', () => {
  test('what has to go is null', () => {
    const { values } = exported('access: { proxy: { resources: { requests: { cpu: 200m } } } }\n');
    expect(values['proxy']).toEqual({
      resources: { requests: { cpu: '200m', memory: null }, limits: null },
    });
  });

  test('Loki and kube-event-tail are switched off: no document says them', () => {
    expect(exported('').values).toMatchObject({ pachd: { lokiDeploy: false } });
    const { value } = resolveCluster(documentOf('apiVersion: pachkit/v1\nrelease: 2.8.0\n'), placeholders);
    if (!value) throw new Error('not resolved');
    const { values } = exportValues(documentOf('apiVersion: pachkit/v1\nrelease: 2.8.0\n'), value);
    expect(values).toMatchObject({ kubeEventTail: { enabled: false } });
  });
});

describe('what the chart cannot say', () => {
  test.each<[document: string, field: string, message: RegExp]>([
    ['auth: { sessionDuration: 12h }', 'auth.sessionDuration', /no value/],
    ['auth: { roleBindings: {} }', 'auth.roleBindings', /leaves an empty list out/],
    [
      'access: { via: ingress, host: a.b, ingress: { className: nginx } }',
      'access.ingress.className',
      /annotation/,
    ],
    ['access: { host: a.b, tls: { offloaded: true } }', 'access.tls.offloaded', /PACHYDERM_PUBLIC_TLS/],
    ['identity: { dex: standalone }', 'identity.dex', /standalone Dex/],
    ['security: { hardening: strict }', 'security.hardening', /nothing like it/],
    ['pachd: { environment: { FOO: bar } }', 'pachd.environment.FOO', /no value/],
    [
      'pachd: { environment: { STORAGE_MEMORY_THRESHOLD: "1073741824" } }',
      'pachd.environment.STORAGE_MEMORY_THRESHOLD',
      /1\.073741824e\+9/,
    ],
    [
      'console: { customCertificateAuthority: true }',
      'console.customCertificateAuthority',
      /certificate of a proxy alone/,
    ],
    [
      'console: { customCertificateAuthority: true }\naccess: { host: a.b, tls: { secretName: t } }\npachd: { tls: { secretName: own } }',
      'console.customCertificateAuthority',
      /pachd and Console together/,
    ],
    ['etcd: { service: { type: NodePort, nodePort: 31000 } }', 'etcd.service.nodePort', /no value/],
    ['pachw: { placement: { labels: { a: b } } }', 'pachw.placement.labels', /have those of pachd/],
  ])('%s', (document, field, message) => {
    const { entry } = exported(`${document}\n`);
    expect(entry(field)).toMatchObject({ fate: 'not-carried' });
    expect(entry(field)?.message).toMatch(message);
    expect(entry(field)?.location?.range?.line).toBe(3);
  });
});
