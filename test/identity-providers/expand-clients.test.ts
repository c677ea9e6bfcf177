import { locate, type PathStep } from '../../src/document/source-node';
import type { Client } from '../../src/model/cluster';
import { checkDocument, type CheckedDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

function check(clients: readonly string[], dex = 'dex: standalone'): CheckedDocument {
  const lines = clients.map((client) => `    - ${client}\n`).join('');
  return checkDocument(
    documentOf({
      'pachyderm.yaml': `apiVersion: pachkit/v1
name: test
release: 2.11.6
enterprise: { licenseKey: { env: LICENSE } }
storage: { s3: { bucket: data, region: eu-central-1 } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity:
  ${dex}
  connectors: [{ provider: okta, domain: acme.okta.com, clientID: c, clientSecret: { env: OKTA } }]
  clients:
${lines}`,
    }),
  );
}

function clientOf(client: string, dex?: string): Client {
  const { cluster, diagnostics } = check([client], dex);
  expect(diagnostics).toEqual([]);
  const [only] = cluster?.identity.clients ?? [];
  if (!only) throw new Error('no client');
  return only;
}

/** Each finding with the field that it names, which has to be the one that it points to. */
function found(clients: readonly string[], dex?: string): [code: string, path: string | undefined][] {
  const { diagnostics, written } = check(clients, dex);
  return diagnostics.map(({ code, path, location }) => {
    const steps = (path ?? '')
      .split('/')
      .slice(1)
      .map((step): PathStep => (/^\d+$/.test(step) ? Number(step) : step));
    expect([code, location]).toEqual([code, locate(written.root, steps)]);
    return [code, path];
  });
}

test('id, name and redirect URIs follow from the product', () => {
  expect(clientOf('{ preset: grafana, url: "https://grafana.acme.com/", secret: { env: G } }')).toMatchObject(
    {
      id: 'grafana',
      name: 'Grafana',
      redirectURIs: ['https://grafana.acme.com/login/generic_oauth'],
    },
  );
});

describe('a program', () => {
  test('is public without a secret, and may use the device flow', () => {
    const { secret, redirectURIs } = clientOf('{ preset: kubelogin }');
    expect(secret).toBeUndefined();
    expect(redirectURIs).toEqual(['http://localhost:8000', 'http://localhost:18000', '/device/callback']);
  });

  test.each(['dex: standalone', 'trustedPeers: [kubelogin]'])(
    'is not public with a secret, which goes with public: false too (%s)',
    (dex) => {
      for (const client of [
        '{ preset: kubelogin, secret: { env: K } }',
        '{ preset: kubelogin, public: false, secret: { env: K } }',
      ]) {
        const { secret, redirectURIs } = clientOf(client, dex);
        expect(secret).toBeDefined();
        expect(redirectURIs).toEqual(['http://localhost:8000', 'http://localhost:18000']);
      }
    },
  );

  test('that is said not to be public needs a secret', () => {
    expect(found(['{ preset: kubelogin, public: false }'])).toEqual([['IDN017', '/identity/clients/0']]);
  });
});

describe('a URL', () => {
  test.each([
    ['5', 'SCH003'],
    ['', 'SCH003'],
    ['[https://grafana.acme.com]', 'SCH003'],
    ['grafana.acme.com', 'SCH005'],
    ['"https://grafana.acme.com?org=1"', 'SCH005'],
    ['"https://grafana.acme.com/a b"', 'SCH005'],
    ['ftp://grafana.acme.com', 'SCH005'],
  ])('of another form (%s) is one mistake', (url, code) => {
    expect(found([`{ preset: grafana, url: ${url}, secret: { env: G } }`])).toEqual([
      [code, '/identity/clients/0/url'],
    ]);
  });

  test('has what is wrong with the redirect URI that follows from it', () => {
    expect(found(['{ preset: grafana, url: "http://grafana.acme.com", secret: { env: G } }'])).toEqual([
      ['IDN006', '/identity/clients/0/url'],
    ]);
  });
});

describe('redirect URIs of the document', () => {
  test('come after those of the product, and keep the positions that they are written at', () => {
    const redirectURIs =
      '[https://b.acme.com/login, nonsense, "http://c.acme.com/login", https://g.acme.com/login/generic_oauth]';
    const client = `{ preset: grafana, url: "https://g.acme.com", secret: { env: G }, redirectURIs: ${redirectURIs} }`;
    const before = '{ preset: kubelogin }';
    expect(found([before, client])).toEqual([
      ['SCH005', '/identity/clients/1/redirectURIs/1'],
      ['IDN006', '/identity/clients/1/redirectURIs/2'],
      ['IDN006', '/identity/clients/1/redirectURIs/3'],
    ]);
    const [form] = check([before, client]).diagnostics;
    expect(form?.message).toMatch(/^identity\.clients\[1\]\.redirectURIs\[1\] must be /);
  });

  test('keep them beside a client that is left out for its form', () => {
    expect(
      found([
        '7',
        '{ preset: grafana, url: "https://g.acme.com", secret: { env: G }, redirectURIs: ["http://c.acme.com/login"] }',
      ]),
    ).toEqual([
      ['SCH003', '/identity/clients/0'],
      ['IDN006', '/identity/clients/1/redirectURIs/0'],
    ]);
  });

  test('are a list, or there are none', () => {
    const client = (redirectURIs: string): string =>
      `{ preset: grafana, url: "https://g.acme.com", secret: { env: G }, redirectURIs: ${redirectURIs} }`;
    expect(found([client('https://b.acme.com/login')])).toEqual([
      ['SCH003', '/identity/clients/0/redirectURIs'],
    ]);
    expect(clientOf(client('[]')).redirectURIs).toEqual(['https://g.acme.com/login/generic_oauth']);
  });
});

test('each product that no one knows is one mistake', () => {
  expect(
    found([
      '{ preset: grafna, secret: { env: G } }',
      '{ preset: mlflw, secret: { env: M } }',
      '{ preset: 3 }',
      '{ preset: kubelogn }',
    ]),
  ).toEqual([
    ['SCH004', '/identity/clients/0/preset'],
    ['SCH004', '/identity/clients/1/preset'],
    ['SCH003', '/identity/clients/2/preset'],
    ['SCH004', '/identity/clients/3/preset'],
  ]);
});

test('two clients of one product need an id each, and are named by the field that gives them one', () => {
  const client = '{ preset: mlflow, url: "https://mlflow.acme.com", secret: { env: M } }';
  expect(found([client, client])).toEqual([['IDN004', '/identity/clients/1/preset']]);
  expect(check([client, client]).diagnostics[0]?.message).toContain(
    'is that of identity.clients[0].preset too',
  );
});
