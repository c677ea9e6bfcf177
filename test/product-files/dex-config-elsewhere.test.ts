import pico from 'picocolors';
import { pretty } from '../../src/cli/reporters/pretty';
import { validateFiles } from '../../src/pipeline/validate-files';
import { inputOf } from '../support/input-of';
import { check } from './support/check';

const argoCd = (text: string, url = 'https://argocd.example.com'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm }\ndata:\n  url: ${url}\n  dex.config: |\n${text.replace(/^/gm, '    ')}`;

const CLIENTS =
  'staticClients:\n- { id: argo-workflows-sso, name: W, redirectURIs: [https://w.example.com/oauth2/callback], secretEnv: SSO_SECRET }\n';

/** What is found, by code and place. */
const findingsIn = (text: string): string[][] =>
  check('dex-config', text, 'dex@2.45').map(({ code, path }) => [code, path]);

describe('of the Dex of Argo CD', () => {
  const github =
    'connectors:\n- { type: github, id: g, name: G, config: { clientID: a, clientSecret: $dex.g.secret, orgs: [{ name: acme }] } }';

  test.each<[string, string, [string, string][]]>([
    ['what Argo CD completes is valid', argoCd(github), []],
    [
      'DEX240: sections that Argo CD writes itself',
      argoCd(`issuer: https://other.example.com\nStorage: { type: etcd }\n${github}`),
      [
        ['DEX240', '/data/dex.config/issuer'],
        ['DEX240', '/data/dex.config/Storage'],
      ],
    ],
    [
      'a text that is not indented',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: argocd-cm }\ndata:\n  url: https://a.example.com\n  dex.config: |\n  connectors:\n  - { type: github, id: g }\n',
      [['FIL001', '/data/connectors']],
    ],
    ['an empty text, which switches Dex off', argoCd(''), []],
    ['DEX241: no connectors', argoCd('staticClients: []'), [['DEX241', '/data/dex.config']]],
    [
      'what is missing in a connector is in the text',
      argoCd(
        'connectors:\n- { type: github, id: g, name: G, config: { clientID: a, orgs: [{ name: acme }] } }',
      ),
      [['DEX104', '/data/dex.config/connectors/0/config']],
    ],
    [
      'values of the chart of Argo CD',
      `configs:\n  cm:\n    url: https://a\n    dex.config: |\n      connectors:\n      - { type: mock, id: m, name: M }\n`,
      [['DEX105', '/configs/cm/dex.config/connectors/0/type']],
    ],
    ['the text alone', github, []],
    ['DEX241: the text alone, with clients alone', CLIENTS, [['DEX241', '']]],
    [
      'the same with other sections',
      `logger: { level: debug }\noauth2: { skipApprovalScreen: true }\n${CLIENTS}`,
      [['DEX241', '']],
    ],
  ])('%s', (_shows, text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });

  test.each(['enablePasswordDB: true', 'connectors: []', 'issuer: https://dex.example.com'])(
    'clients beside %s are not for Argo CD',
    (section) => {
      const codes = check('dex-config', `${section}\n${CLIENTS}`, 'dex@2.45').map(({ code }) => code);
      expect(codes).toContain('DEX204');
      expect(codes).not.toContain('DEX241');
    },
  );

  test("'DEX240' and 'DEX241' are not said of other configurations", () => {
    const text = `issuer: https://dex.example.com/dex\nstorage: { type: memory }\nweb: { http: ":5556" }\n`;
    expect(check('dex-config', text, 'dex@2.45').map(({ code }) => code)).toEqual(['DEX218']);
  });
});

describe("in a resource of Argo CD's operator", () => {
  const resource = (spec: string, version = 'v1beta1'): string =>
    `apiVersion: argoproj.io/${version}\nkind: ArgoCD\nmetadata: { name: argocd }\nspec:\n${spec.replace(/^/gm, '  ')}\n`;
  const github = (settings: string): string =>
    `connectors:\n- { type: github, id: g, name: G, config: { clientID: a, clientSecret: $dex.g.secret, ${settings} } }`;
  const sso = (text: string, more = 'provider: dex', dex = ''): string =>
    `server: { host: argocd.acme.com }\nsso:\n  ${more}\n  dex:${dex === '' ? '' : `\n    ${dex}`}\n    config: |\n${text.replace(/^/gm, '      ')}`;
  const right = github('orgs: [{ name: acme }]');

  test.each<[string, string, [string, string][]]>([
    ['what Argo CD completes is valid', resource(sso(right)), []],
    ['the provider in any case', resource(sso(right, 'provider: Dex')), []],
    [
      'what is wrong with a connector is in the text',
      resource(sso(github('orgz: [{ name: acme }]'))),
      [['DEX101', '/spec/sso/dex/config/connectors/0/config/orgz']],
    ],
    [
      'the older place',
      resource(`dex:\n  config: |\n    issuer: https://x\n${right.replace(/^/gm, '    ')}`, 'v1alpha1'),
      [['DEX240', '/spec/dex/config/issuer']],
    ],
    [
      'FIL030: the older place in the newer version',
      resource(`dex:\n  config: |\n${right.replace(/^/gm, '    ')}`),
      [['FIL030', '/spec/dex']],
    ],
    ['FIL030: no provider', resource(sso(right, 'image: dex')), [['FIL030', '/spec/sso']]],
    [
      'FIL030: another provider',
      resource(sso(right, 'provider: keycloak')),
      [['FIL030', '/spec/sso/provider']],
    ],
    [
      'FIL030: two texts',
      resource(`${sso(right)}\nextraConfig:\n  dex.config: |\n${right.replace(/^/gm, '    ')}`),
      [['FIL030', '/spec/sso/dex/config']],
    ],
    ['DEX241: no connectors', resource(sso('staticClients: []')), [['DEX241', '/spec/sso/dex/config']]],
    [
      "none but the operator's own",
      resource(sso('staticClients: []', 'provider: dex', 'openShiftOAuth: true')),
      [],
    ],
    [
      "FIL030: connectors in the place of the operator's own",
      resource(sso(right, 'provider: dex', 'openShiftOAuth: true')),
      [['FIL030', '/spec/sso/dex/openShiftOAuth']],
    ],
    ['an empty text', resource('sso: { provider: dex, dex: { openShiftOAuth: true, config: "" } }'), []],
  ])('%s', (_shows, text, findings) => {
    const found = check('dex-config', text, 'dex@2.45').map(({ code, path }) => [code, path]);
    expect(found.sort()).toEqual(findings);
  });

  test('is recognized by itself, and its secrets are hidden', () => {
    const text = resource(sso(right.replace('$dex.g.secret', 'hunter2Xw').replace('orgs:', 'orgz:')));
    const { diagnostics, productFiles } = validateFiles(['argocd.yaml'], inputOf({ 'argocd.yaml': text }));
    expect(productFiles.map(({ kind }) => kind.name)).toEqual(['dex-config']);
    expect(diagnostics.map(({ code }) => code)).toContain('DEX101');
    const shown = pretty(diagnostics, { colors: pico.createColors(false) });
    expect(shown).not.toContain('hunter2');
  });
});

describe("in values of Dex's own chart", () => {
  const values = (more: string): string =>
    `replicaCount: 1\nconfig:\n  issuer: https://dex.example.com\n  storage: { type: memory }\n  ${more}\n`;

  test.each<[string, string, [string, string][]]>([
    ['the chart says where Dex listens', values('enablePasswordDB: true'), []],
    [
      'places are those in the values',
      values(
        'connectors: [{ type: github, id: g, name: G, config: { orgs: [{ name: acme }], clientID: a, redirectURI: https://dex.example.com/callback } }]',
      ),
      [['DEX104', '/config/connectors/0/config']],
    ],
    ['a misspelt section', values('enablePasswordDB: true\n  logging: {}'), [['DEX201', '/config/logging']]],
    [
      'a template in a file that the image runs through gomplate',
      values(`enablePasswordDB: true\n  frontend: { issuer: "{{ x }}" }`),
      [['DEX229', '/config']],
    ],
  ])('%s', (_shows, text, findings) => {
    expect(findingsIn(text)).toEqual(findings);
  });
});
