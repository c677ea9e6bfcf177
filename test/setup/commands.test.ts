import { spawnSync } from 'node:child_process';
import { setupMarkdown } from '../../src/setup/markdown';
import { commandLineProblem } from './command-lines';
import { CALLBACK, pageOf, plain, HOSTILE, PAGES, run, scriptsOf } from './pages-of';

/** A word with the escapes taken out that JSON, jq or, in a path of GitHub's API, URLs have. */
function unescaped(word: string): string {
  if (word.startsWith('orgs/')) return decodeURIComponent(word);
  return word.replaceAll('\\\\', '\\').replaceAll('\\"', '"');
}

describe.each(PAGES)('%s', (_, page) => {
  it('names the callback URL wherever the provider asks for it', () => {
    const hasNone = ['ldap', 'atlassian-crowd', 'keystone'].includes(page.type);
    expect(page.entered.some(([, value]) => value.includes(CALLBACK))).toBe(!hasNone);
  });

  it('has commands that a POSIX shell reads word for word', () => {
    for (const lines of scriptsOf(page)) {
      expect(spawnSync('bash', ['-n', '-c', lines.join('\n')]).status).toBe(0);
      const { calls, files } = run(lines);
      expect(files).toEqual([]);
      expect(calls.flatMap((call) => commandLineProblem(call) ?? [])).toEqual([]);
      // No word has been taken apart: what is hostile is in it whole, or not at all.
      for (const word of calls.flat().filter((each) => each.includes('PWNED')))
        expect(unescaped(word)).toContain(word.includes('(cn=') ? HOSTILE.replace(/[()\\*]/g, '') : HOSTILE);
    }
  });

  it('is Markdown in which nothing of the document is markup', () => {
    const text = setupMarkdown(page, 'prod');
    for (const lines of scriptsOf(page)) expect(text).toContain(`\`sh\n${lines.join('\n')}\n\``);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(4);
  });

  it('says what people become as who says it', () => {
    expect(page.who.user.subject).toMatch(/^user:/);
    if (page.who.groups.subjects.length === 0) expect(page.groups).toBeUndefined();
  });
});

it.each([
  ['https://gitlab.acme.com', ['--hostname', 'gitlab.acme.com']],
  ['https://gitlab.acme.com:8443/', ['--hostname', 'gitlab.acme.com', '--api-host', 'gitlab.acme.com:8443']],
  ['http://gitlab.acme.com', ['--hostname', 'gitlab.acme.com', '--api-protocol', 'http']],
])('logs glab in at %s', (baseURL, options) => {
  const { commands } = pageOf(plain('gitlab', { baseURL, clientID: 'a', clientSecret: 'b' }));
  const { calls } = run(commands?.lines ?? []);
  expect(calls[0]).toEqual(['glab', 'auth', 'login', ...options]);
  expect(calls[1]?.join(' ')).toContain('--hostname gitlab.acme.com --method');
});

it.each([
  [undefined, 'AzureADMyOrg', true],
  ['72f988bf-86f1-41af-91ab-2d7cd011db47', 'AzureADMyOrg', true],
  ['organizations', 'AzureADMultipleOrgs', false],
  ['common', 'AzureADandPersonalMicrosoftAccount', false],
  ['consumers', 'PersonalMicrosoftAccount', false],
])('registers an application at Entra that the tenant %s lets in', (tenant, audience, comesBack) => {
  const config = { clientID: 'c', clientSecret: 's', ...(tenant === undefined ? {} : { tenant }) };
  const page = pageOf(plain('microsoft', config));
  const create = run(page.commands?.lines ?? []).calls.find((call) => call.includes('create'));
  expect(create?.[create.indexOf('--sign-in-audience') + 1]).toBe(audience);
  // Microsoft accepts no other version for personal accounts.
  expect(create?.includes('--requested-access-token-version')).toBe(
    audience === 'AzureADandPersonalMicrosoftAccount' || audience === 'PersonalMicrosoftAccount',
  );
  expect(page.returned.some(({ field }) => field.endsWith('.tenant'))).toBe(comesBack);
});

it.each([
  [undefined, 'Persistent Identifier'],
  ['emailAddress', 'Email'],
  ['urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified', 'Unspecified'],
])('has AD FS send Name IDs of the format that Dex asks for: %s', (format, name) => {
  const page = pageOf(
    plain('saml', {
      ssoURL: 'https://adfs.acme.com/adfs/ls/',
      ca: '/dexcreds/adfs.pem',
      redirectURI: CALLBACK,
      usernameAttr: 'name',
      emailAttr: 'email',
      ...(format === undefined ? {} : { nameIDPolicyFormat: format }),
    }),
  );
  expect(page.steps.join('\n')).toContain(`with the outgoing format ${name}.`);
});
