import fs from 'node:fs';
import path from 'node:path';
import { Applications } from '../../src/cli/applications';
import { documentInput, secretInput, type Host } from '../../src/cli/host';
import { temporaryFolder } from '../support/pachkit';

const CLUSTER = `apiVersion: pachkit/v1
name: pach
release: 2.12.0-rc.3
profile: dev
access: { via: proxy, host: pach.acme.com, tls: { secretName: pach-tls } }
storage: { local: {} }
secrets: { seed: a-seed-of-a-test }
`;
const KEYCLOAK = 'keycloak: { url: "https://sso.acme.com", realm: acme, terraform: {} }\n';
const AUTH0 = `auth0:
  domain: acme.eu.auth0.com
  application: { clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5, clientSecret: { env: AUTH0_SECRET } }
`;

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a deploy on a machine without Terraform finds before anything is asked. */
async function findingsOf(text: string): Promise<readonly string[]> {
  fs.writeFileSync(path.join(folder, 'pachyderm.yaml'), text);
  const host: Host = {
    directory: folder,
    environment: { PATH: folder, AUTH0_SECRET: 'a-secret-of-a-test' },
    stdoutHasColors: false,
    stderrHasColors: false,
    columns: () => undefined,
    terminal: () => undefined,
    writeOut: () => undefined,
    writeError: () => undefined,
  };
  const applications = new Applications(
    host,
    { out: 'out', color: 'never', quiet: false },
    { files: ['pachyderm.yaml'], documents: documentInput(host), secrets: secretInput(host, undefined) },
  );
  const plan = await applications.plan();
  expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = await applications.open(plan.clusters, new AbortController().signal);
  return found.map(({ code }) => code);
}

/** Keeps a state with something in it where Terraform works. */
function keepState(name: string): void {
  const place = path.join(folder, 'out', 'pach', name);
  fs.mkdirSync(place, { recursive: true });
  fs.writeFileSync(
    path.join(place, 'terraform.tfstate'),
    JSON.stringify({ version: 4, lineage: 'a', serial: 1, resources: [{ type: 'a' }] }),
  );
}

it('an application at Auth0 needs Terraform and credentials', async () =>
  expect(await findingsOf(CLUSTER + AUTH0)).toEqual(['TFR001', 'TFR003']));

it('an application that the document no longer has is named, and a client at Keycloak that it has is not', async () => {
  keepState('terraform');
  keepState('keycloak-terraform');
  expect(await findingsOf(CLUSTER + KEYCLOAK)).toEqual(['OUT005']);
});
