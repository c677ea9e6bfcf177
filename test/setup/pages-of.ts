import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dump } from 'js-yaml';
import type { JsonValue } from '../../src/document/source-node';
import { expandedExample } from '../../src/identity-providers/example';
import { allProviders } from '../../src/identity-providers/registry';
import { checkDocument } from '../../src/pipeline/check-document';
import { setupPages, type SetupPage } from '../../src/setup/page';
import { documentOf } from '../support/input-of';

export const CALLBACK = 'https://pachyderm.acme.com/dex/callback';

export const AROUND = `apiVersion: pachkit/v1
name: prod
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity:
  credentialFilesSecretName: dex-credentials
  connectors:
`;

/** The pages of a document with these connectors. */
export function pagesOf(connectors: string, around = AROUND): readonly SetupPage[] {
  const text = around + connectors.replace(/^(?=.)/gm, '    ');
  const { cluster, diagnostics } = checkDocument(documentOf(text));
  if (!cluster) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return setupPages(cluster);
}

export function pageOf(connectors: string): SetupPage {
  const [page, ...others] = pagesOf(connectors);
  if (!page || others.length > 0) throw new Error('there has to be one page');
  return page;
}

export function plain(type: string, config: Readonly<Record<string, JsonValue>>): string {
  return dump([{ type, id: type, config }], { lineWidth: -1 });
}

/** What a shell, jq, sed, a directory or Markdown could take for something else. */
export const HOSTILE = `a'; touch PWNED; $(touch PWNED) \`touch PWNED\` "b" \\(1) \\ $HOME | #*`;

/** A connector of every type that has a page, with hostile strings wherever its form lets it have them. */
export const PLAIN: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  oidc: { issuer: 'https://id.acme.com/a', clientID: HOSTILE, clientSecret: 'c', insecureEnableGroups: true },
  oauth: {
    clientID: HOSTILE,
    clientSecret: 'c',
    authorizationURL: 'https://a.com/a',
    tokenURL: 'https://a.com/t',
    userInfoURL: 'https://a.com/u',
  },
  ldap: {
    host: 'ldap.acme.com:389',
    startTLS: true,
    rootCA: `/dexcreds/${HOSTILE}`,
    bindDN: `cn=${HOSTILE}`,
    bindPW: 'p',
    userSearch: {
      baseDN: `ou=${HOSTILE}`,
      filter: `(cn=${HOSTILE.replace(/[()\\*]/g, '')})`,
      username: 'uid',
      idAttr: 'uid',
      emailAttr: 'mail',
      nameAttr: 'cn',
    },
    groupSearch: {
      baseDN: `ou=${HOSTILE}`,
      userMatchers: [
        { userAttr: 'DN', groupAttr: 'member' },
        { userAttr: HOSTILE, groupAttr: 'memberUid' },
      ],
      nameAttr: HOSTILE,
    },
  },
  github: { clientID: 'c', clientSecret: 'c', orgs: [{ name: HOSTILE }] },
  gitlab: { clientID: HOSTILE, clientSecret: 'c' },
  gitea: { clientID: HOSTILE, clientSecret: 'c' },
  google: { clientID: HOSTILE, clientSecret: 'c', serviceAccountFilePath: '/a', adminEmail: 'a@acme.com' },
  microsoft: { clientID: HOSTILE, clientSecret: 'c', tenant: HOSTILE },
  saml: {
    ssoURL: 'https://a.com/s',
    ca: '/dexcreds/ca.pem',
    usernameAttr: HOSTILE,
    emailAttr: HOSTILE,
    groupsAttr: HOSTILE,
    entityIssuer: HOSTILE,
  },
  openshift: { issuer: 'https://api.acme.com:6443', clientID: HOSTILE, clientSecret: 'c' },
  'bitbucket-cloud': { clientID: HOSTILE, clientSecret: 'c' },
  linkedin: { clientID: HOSTILE, clientSecret: 'c' },
  authproxy: { userHeader: 'X-User' },
  'atlassian-crowd': { baseURL: 'https://crowd.acme.com', clientID: HOSTILE, clientSecret: 'c' },
  keystone: {
    domain: HOSTILE,
    keystoneHost: 'https://keystone.acme.com',
    keystoneUsername: HOSTILE,
    keystonePassword: 'p',
  },
};

export const oidc = (issuer: string): string =>
  plain('oidc', {
    issuer,
    clientID: HOSTILE,
    clientSecret: 'c',
    insecureEnableGroups: true,
    claimMapping: { groups: HOSTILE },
  });

/** Every page that there is, by what it is about. */
export const PAGES: readonly (readonly [about: string, page: SetupPage])[] = [
  ...allProviders().map((provider) => {
    const { written } = expandedExample(provider);
    const items = written.replace(/^identity:\n {2}connectors:\n/, '').replace(/^ {4}/gm, '');
    return [`provider: ${provider.name}`, pageOf(items)] as const;
  }),
  ...Object.entries(PLAIN).map(([type, config]) => [`type: ${type}`, pageOf(plain(type, config))] as const),
  ...[
    'https://acme.okta.com',
    'https://acme.okta.com/oauth2/default',
    'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
    'https://accounts.google.com',
    'https://acme.auth0.com/',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi',
    'https://keycloak.acme.com/realms/acme',
    'https://authentik.acme.com/application/o/pachyderm/',
    'https://gitlab.com',
  ].map((issuer) => [issuer, pageOf(oidc(issuer))] as const),
];

/** Runs commands with programs that write down what they are given. */
export function run(lines: readonly string[]): {
  readonly calls: readonly (readonly string[])[];
  readonly files: string[];
} {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-setup-'));
  try {
    const work = path.join(folder, 'work');
    const programs = path.join(folder, 'programs');
    fs.mkdirSync(work);
    fs.mkdirSync(programs);
    const log = path.join(folder, 'log');
    // One write: programs of a pipe run side by side.
    const stub = `#!/bin/sh\nprintf '%s\\036' "\${0##*/}" "$@" '\x1d' >> '${log}'\necho answer\n`;
    for (const name of PROGRAMS) fs.writeFileSync(path.join(programs, name), stub, { mode: 0o755 });
    const { status, stderr } = spawnSync('sh', ['-eu', '-c', lines.join('\n')], {
      cwd: work,
      encoding: 'utf8',
      env: {
        PATH: `${programs}:/usr/bin:/bin`,
        HOME: '/nowhere',
        OKTA_API_TOKEN: 'token',
        GITEA_TOKEN: 'token',
        CLIENT_SECRET: 'secret',
      },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const calls = fs
      .readFileSync(log, 'utf8')
      .split('\x1d\x1e')
      .slice(0, -1)
      .map((call) => call.split('\x1e').slice(0, -1));
    return { calls, files: fs.readdirSync(work) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

export const PROGRAMS = [
  ...['okta', 'az', 'gcloud', 'gh', 'glab', 'kcadm.sh', 'auth0', 'aws', 'oc', 'openstack'],
  ...['curl', 'jq', 'ldapsearch'],
];

export const scriptsOf = ({ commands, look }: SetupPage): (readonly string[])[] =>
  [commands, look].flatMap((each) => (each === undefined ? [] : [each.lines]));
