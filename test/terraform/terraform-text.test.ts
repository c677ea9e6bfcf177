import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import util from 'node:util';
import fc from 'fast-check';
import { synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import { BASE, clusterOf } from './cluster-of';
import { EVERYTHING } from './everything';
import { at, mappingAt } from '../support/tree';
import { textOf, terraformOf, application } from './synthesized';

describe('the text', () => {
  test('is the same for the same document, whatever the environment says', () => {
    const once = textOf(EVERYTHING);
    const variables = {
      CDKTF_OUTDIR: '/nowhere',
      CDKTF_CONTEXT_JSON: '{"excludeStackIdFromLogicalIds":"true"}',
      SYNTH_HCL_OUTPUT: 'true',
      CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: '1',
      TZ: 'Asia/Tokyo',
    };
    const before = { ...process.env };
    Object.assign(process.env, variables);
    try {
      expect(textOf(EVERYTHING)).toBe(once);
    } finally {
      process.env = before;
    }
  });

  test('names no absolute path, no version of cdktf, and ends in a line break', () => {
    const text = textOf(EVERYTHING);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain('"//"');
    expect(text).not.toContain('0.21');
    expect(text.endsWith('}\n')).toBe(true);
  });

  test('is made without what Node has deprecated, so that nothing is printed beside the summary', () => {
    // Node 22 and newer warn when it is called; cdktf does so for a list in an output.
    const isArray = jest.spyOn(util, 'isArray');
    try {
      textOf(EVERYTHING);
      expect(isArray).not.toHaveBeenCalled();
    } finally {
      isArray.mockRestore();
    }
  });

  test('has its keys in one order', () => {
    const sorted = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(sorted);
      else if (typeof value === 'object' && value !== null) {
        expect(Object.keys(value)).toEqual([...Object.keys(value)].sort());
        Object.values(value).forEach(sorted);
      }
    };
    sorted(JSON.parse(textOf(EVERYTHING)));
  });

  test('is made without touching the file system', () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cdktf.outdir'));
    const before = folders();
    textOf(EVERYTHING);
    expect(folders()).toEqual(before);
    expect(existsSync('cdktf.out')).toBe(false);
  });

  test('is undefined without an auth0 section', () => {
    expect(synthesizeTerraform(clusterOf(BASE))).toBeUndefined();
  });

  test.each([
    ['${file("/etc/passwd")}', '$${file("/etc/passwd")}'],
    ['%{ for x in y }', '%%{ for x in y }'],
    ['costs $5 {net} 100%', 'costs $5 {net} 100%'],
    ['$${already}', '$$${already}'],
    ['${TfToken[TOKEN.0]}', '${"$${"}TfToken[TOKEN.0]}'],
  ])('escapes the template in %s', (description, written) => {
    const document = `${BASE}auth0: { domain: acme.eu.auth0.com, application: { description: ${JSON.stringify(description)} } }\n`;
    expect(application(document)['description']).toBe(written);
  });
});

describe('any text of a user', () => {
  /** What Terraform makes of a string without references; undefined when it would see a template in it. */
  function read(written: string): string | undefined {
    const marked = written.replace(/\$\{"(\$+)\$\{"\}/g, '$1\u0000').replace(/([$%])\1\{/g, '$1\u0000');
    return /[$%]\{/.test(marked) ? undefined : marked.replaceAll('\u0000', '{');
  }

  const pieces = fc.constantFrom(
    '${',
    '%{',
    '$',
    '%',
    '{',
    '}',
    '"',
    '\\',
    'TfToken[',
    'TOKEN.0',
    ']',
    'a',
    ' ',
    'é',
    '#{',
    '&{',
  );
  const texts = fc.array(pieces, { minLength: 1, maxLength: 14 }).map((parts) => parts.join(''));

  test('is read back as it was written, in attributes and in Actions', () => {
    fc.assert(
      fc.property(texts, texts, (text, role) => {
        const terraform = terraformOf(`${BASE}auth0:
  domain: acme.eu.auth0.com
  application: { name: ${JSON.stringify(text)}, description: ${JSON.stringify(text)} }
  groups: { claim: "https://acme.com/g", fromRoles: [${JSON.stringify(role)}] }
  roles: [{ name: ${JSON.stringify(role)} }]
  allow: { roles: [${JSON.stringify(role)}] }
`);
        expect(read(String(at(terraform, 'resource.auth0_client.application.name')))).toBe(text);
        expect(read(String(at(terraform, 'resource.auth0_client.application.description')))).toBe(text);
        const [created] = Object.values(mappingAt(terraform, 'resource.auth0_role'));
        expect(read(String(at(created, 'name')))).toBe(role);
        for (const action of ['groups_action', 'allow_action']) {
          const code = String(at(terraform, `resource.auth0_action.${action}.code`));
          expect(read(code.replace('${auth0_client.application.id}', ''))).toContain(JSON.stringify([role]));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('gives two names to two roles, users and organizations', () => {
    fc.assert(
      fc.property(fc.uniqueArray(texts, { minLength: 2, maxLength: 4 }), (roles) => {
        const terraform = terraformOf(
          `${BASE}auth0: { domain: acme.eu.auth0.com, roles: [${roles.map((name) => `{ name: ${JSON.stringify(name)} }`).join(', ')}] }\n`,
        );
        const created = mappingAt(terraform, 'resource.auth0_role');
        expect(Object.keys(created)).toHaveLength(roles.length);
        for (const name of Object.keys(created)) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
      }),
      { numRuns: 100 },
    );
  });
});
