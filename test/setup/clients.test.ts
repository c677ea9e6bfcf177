import { spawnSync } from 'node:child_process';
import { load } from 'js-yaml';
import { allPresets } from '../../src/client-presets/registry';
import { documentSchemas } from '../../src/generated/cluster-schema';
import { checkDocument } from '../../src/pipeline/check-document';
import { clientPages, type ClientPage } from '../../src/setup/client-page';
import { clientMarkdown } from '../../src/setup/markdown';
import { documentOf } from '../support/input-of';

const AROUND = `apiVersion: pachkit/v1
name: prod
release: 2.11.6
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  connectors: [{ provider: okta, domain: acme.okta.com, clientID: c, clientSecret: { env: OKTA } }]
  clients:
`;

function pagesOf(clients: string, around = AROUND): readonly ClientPage[] {
  const text = around + clients.replace(/^(?=.)/gm, '    ');
  const { cluster, diagnostics } = checkDocument(documentOf(text));
  if (!cluster) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return clientPages(cluster);
}

function pageOf(client: string, around?: string): ClientPage {
  const [page] = pagesOf(client, around);
  if (!page) throw new Error('there has to be a page');
  return page;
}

const SECRET = 'secret: { existing: { name: oidc, key: "client-key" } }';

test('every preset can be named in a document, and no other', () => {
  const schema = JSON.stringify(documentSchemas);
  const [, names = ''] = /"preset":\{[^}]*"enum":(\[[^\]]*\])/.exec(schema) ?? [];
  expect(JSON.parse(names)).toEqual(allPresets().map(({ name }) => name));
});

test.each([
  ['grafana', 'https://grafana.acme.com', 'https://grafana.acme.com/login/generic_oauth'],
  ['grafana', 'https://acme.com/grafana/', 'https://acme.com/grafana/login/generic_oauth'],
  ['jupyterhub', 'https://hub.acme.com', 'https://hub.acme.com/hub/oauth_callback'],
  ['mlflow', 'https://mlflow.acme.com', 'https://mlflow.acme.com/callback'],
  ['argo-cd', 'https://cd.acme.com', 'https://cd.acme.com/auth/callback'],
  ['argo-workflows', 'https://wf.acme.com', 'https://wf.acme.com/oauth2/callback'],
  ['oauth2-proxy', 'https://app.acme.com', 'https://app.acme.com/oauth2/callback'],
])('%s at %s is sent back to %s', (preset, url, callback) => {
  const page = pageOf(`- { preset: ${preset}, url: "${url}", ${SECRET} }`);
  expect(page.client).toBe(preset);
  expect(page.entered.filter(([label]) => label === 'Redirect URI')).toEqual([['Redirect URI', callback]]);
});

test('what the document says comes before what the preset says, and redirect URIs after it', () => {
  const page = pageOf(
    `- { preset: grafana, id: dashboards, url: "https://a.acme.com", redirectURIs: ["https://b.acme.com/login/generic_oauth"], ${SECRET} }`,
  );
  expect(page.entered).toContainEqual(['Client ID', 'dashboards']);
  expect(page.entered.filter(([label]) => label === 'Redirect URI').map(([, uri]) => uri)).toEqual([
    'https://a.acme.com/login/generic_oauth',
    'https://b.acme.com/login/generic_oauth',
  ]);
  expect(page.settings.lines).toContain('client_id = dashboards');
});

test('YAML is the object that Argo reads', () => {
  const cd = load(
    pageOf(`- { preset: argo-cd, url: "https://cd.acme.com", ${SECRET} }`).settings.lines.join('\n'),
  );
  expect(cd).toMatchObject({ url: 'https://cd.acme.com' });
  expect(load((cd as Record<string, string>)['oidc.config'] ?? '')).toEqual({
    name: 'Pachyderm',
    issuer: 'https://pachyderm.acme.com/dex',
    clientID: 'argo-cd',
    clientSecret: '$argo-cd-oidc:client-secret',
    requestedScopes: ['openid', 'profile', 'email', 'groups'],
  });
  const workflows = load(
    pageOf(`- { preset: argo-workflows, url: "https://wf.acme.com", ${SECRET} }`).settings.lines.join('\n'),
  );
  expect(load((workflows as Record<string, string>)['sso'] ?? '')).toMatchObject({
    issuer: 'https://pachyderm.acme.com/dex',
    clientId: { name: 'argo-workflows-oidc', key: 'client-id' },
    redirectUrl: 'https://wf.acme.com/oauth2/callback',
  });
});

test('Grafana and JupyterHub send browsers to where those reach Dex, and ask at the issuer themselves', () => {
  const inside = AROUND.replace(/^ {2}dex: standalone\n/m, '').replace(
    /^access:.*$/m,
    'profile: dev\naccess: { via: portForward }',
  );
  const grafana = pageOf(
    `- { preset: grafana, url: "http://localhost:3000", ${SECRET.replace(/\{.*/, '"0123456789"')} }`,
    inside,
  );
  const [issuer, browser] = ['Issuer', 'Dex as browsers reach it'].map(
    (label) => grafana.entered.find(([each]) => each === label)?.[1],
  );
  expect([issuer, browser]).toEqual(['http://pachd:30658', 'http://localhost:30658']);
  expect(grafana.settings.lines).toContain(`auth_url = ${browser}/auth`);
  expect(grafana.settings.lines).toContain(`token_url = ${issuer}/token`);
  const mlflow = pageOf(`- { preset: mlflow, url: "http://localhost:5000", secret: "0123456789" }`, inside);
  expect(mlflow.notes.at(-1)).toContain('Logins need an issuer that both reach');
});

test('kubelogin is public and has the device flow, but for the Dex inside Pachyderm', () => {
  const page = pageOf('- { preset: kubelogin }');
  expect(page.secret).toBeUndefined();
  expect(page.entered).toContainEqual(['Redirect URI', '/device/callback']);
  expect(page.settings.lines.join('\n')).toContain('--grant-type=device-code');
  const embedded = pageOf(
    '- { preset: kubelogin, secret: { env: KUBELOGIN } }',
    AROUND.replace(/^ {2}dex: standalone\n/m, ''),
  );
  expect(embedded.secret?.lines.at(-1)).toBe(
    `KUBELOGIN_CLIENT_SECRET=$(pachkit secret get "$document" 'identity.clients[0].secret')`,
  );
  expect(embedded.settings.lines.join('\n')).not.toContain('device');
});

test('commands and settings for shells are ones that a shell reads', () => {
  const all = pagesOf(
    allPresets()
      .map(({ name, isProgram }) =>
        isProgram
          ? `- { preset: ${name} }`
          : `- { preset: ${name}, url: "https://${name}.acme.com", ${SECRET} }`,
      )
      .join('\n'),
  );
  const scripts = all.flatMap(({ settings, secret }) => [
    ...(settings.language === 'sh' ? [settings.lines] : []),
    ...(secret ? [secret.lines] : []),
  ]);
  expect(scripts).toHaveLength(8);
  for (const lines of scripts) {
    const { status, stderr } = spawnSync('sh', ['-n'], { input: lines.join('\n'), encoding: 'utf8' });
    expect([stderr, status]).toEqual(['', 0]);
  }
});

test('the secret goes from one Secret into another, and no page has it', () => {
  const page = pageOf(`- { preset: argo-cd, url: "https://cd.acme.com", ${SECRET} }`);
  expect(page.secret?.lines).toEqual([
    'namespace=argocd',
    `kubectl -n pachyderm get secret oidc -o 'go-template={{index .data "client-key" | base64decode}}' |
  kubectl -n "$namespace" create secret generic argo-cd-oidc --from-file=client-secret=/dev/stdin \\
  --dry-run=client -o yaml |
  kubectl -n "$namespace" apply -f -`,
    'kubectl -n "$namespace" label --overwrite secret argo-cd-oidc app.kubernetes.io/part-of=argocd',
  ]);
});

test('a page is Markdown with the settings in a block of their language', () => {
  const page = pageOf(`- { preset: jupyterhub, url: "https://hub.acme.com", ${SECRET} }`);
  const text = clientMarkdown(page, 'prod');
  expect(text).toMatch(/^# JupyterHub as the client `jupyterhub`\n\nWhat JupyterHub needs/);
  expect(text).toContain('```python\nimport os\n');
  expect(text.endsWith('\n')).toBe(true);
});
