import { maskTokens } from '../../src/document/known-tokens';
import { shownBy } from '../support/shown-by';

const letters = (length: number): string => 'aB3dE6gH9k'.repeat(9).slice(0, length);
const hex = '0a1b2c3d'.repeat(8);

/** One of each kind, as its product writes them, of no one's account; in parts, so that no scanner takes them for real. */
const TOKENS = [
  ...['ghp', 'gho', 'ghs', 'ghu', 'ghr', 'github_pat'].map((kind) => `${kind}_abcdefgh`),
  ...['pat', 'dt', 'rt', 'rtr', 'ptt', 'ft', 'cbt', 'soat', 'agent', 'imt', 'oas', 'ffct'].map(
    (kind) => `gl${kind}-abcdefgh`,
  ),
  ...['ATATT3xFf', 'ATCTT3xFf', 'ATSTT3xFf', 'ATBB'].map((kind) => `${kind}${letters(24)}=0A1B2C3D`),
  `npm_${letters(36)}`,
  `rubygems_${hex}`,
  `pypi-AgEIcHlwaS5vcmc${letters(40)}`,
  ...['dckr_pat_', 'dckr_oat_', 'AKCp'].map((kind) => kind + letters(27)),
  `AIza${letters(35)}`,
  `GOCSPX-${letters(28)}`,
  `ya29.a0${letters(60)}`,
  `1//0e${letters(60)}`,
  `wJalrXUtnFEMI/K7MDENG/bPxRfiCY${letters(10)}`,
  `IQoJb3JpZ2luX2Vj${letters(60)}//=`,
  `FwoGZXIvYXdzE${letters(60)}`,
  `abc8Q~${letters(34)}`,
  `${letters(86)}==`,
  ...['dop', 'doo', 'dor'].map((kind) => `${kind}_v1_${hex}`),
  `dapi${hex.slice(0, 32)}`,
  ...['hvs', 'hvb', 'hvr'].map((kind) => `${kind}.abcdefgh`),
  'ops_eyJabcdefgh',
  `s.${letters(24)}`,
  `pul-${hex.slice(0, 40)}`,
  `${letters(14)}.atlasv1.${letters(67)}`,
  `AGE-SECRET-KEY-1${letters(58).toUpperCase()}`,
  `AGE-SECRET-KEY-PQ-1${letters(58).toUpperCase()}`,
  `AGE-PLUGIN-YUBIKEY-1${letters(20).toUpperCase()}`,
  `dp.pt.${letters(43)}`,
  'eyJabcdefgh',
  `eyJ${letters(20)}.eyJ${letters(20)}.${letters(43)}`,
  ...['a', 'b', 'c', 'e', 'p', 'r', 's'].map((kind) => `xox${kind}-abcdefgh`),
  'xoxe.xoxp-1-abcdefgh',
  `xapp-1-A0-${letters(20)}`,
  `hooks.slack.com/services/T0000/B0000/${letters(24)}`,
  ...['sk_live_', 'rk_test_', 'whsec_', 'hf_', 'lin_api_'].map((kind) => kind + letters(34)),
  `SG.${letters(22)}.${letters(43)}`,
  ...['glsa_', 'glc_', 'sntrys_', 'sntryu_', 'NRAK-', 'PMAK-', 'tskey-'].map((kind) => kind + letters(27)),
  'sk-abcdefgh',
  'sk-ant-api03-abcdefgh',
];

describe('a token that says of itself that it is one', () => {
  shownBy(maskTokens, [
    ...TOKENS.map((token): [string, string] => [`x: ${token}, y`, `x: ${'*'.repeat(token.length)}, y`]),
    ['x: ghp_abc.def-ghi!', 'x: ***************!'],
    ['x: ghp_abcdefg'],
    ['x: xghp_abcdefgh'],
    ['x: 9ghp_abcdefgh'],
    ['x: Bearer hunter2', 'x: Bearer *******'],
    ['x: Basic aGk6eW91Cg==', 'x: Basic ************'],
    ['x: Bearer  abc-def', 'x: Bearer  *******'],
    ['x: "Bearer hunter2", y', 'x: "Bearer *******", y'],
    ['x: [Bearer hunter2]', 'x: [Bearer *******]'],
    ['x: Bearer tokens'],
    ['x: Bearer h2'],
    ['x: SSWS 00hunter2', 'x: SSWS *********'],
    ['x: $2a$10$abcdef', 'x: *************'],
    ['x: $2b$10$abcdef', 'x: *************'],
    ['x: $2x$10$abcdef', 'x: *************'],
    ['x: $2y$10$abcdef', 'x: *************'],
    ['x: $1$abcdefgh', 'x: ***********'],
    ['x: $5$abcdefgh', 'x: ***********'],
    ['x: $6$abcdefgh', 'x: ***********'],
    ['x: $y$abcdefgh', 'x: ***********'],
    ['x: $apr1$abcdefgh', 'x: **************'],
    ['x: $argon2id$abcdefgh', 'x: ******************'],
    ['x: $argon2i$abcdefgh', 'x: *****************'],
    ['x: $6$abcdefgh:1', 'x: ***********:1'],
    ['x: "$6$abcdefgh"', 'x: "***********"'],
    ['x: $6$abcdefg'],
    ['x: $argon2abc$abcdefgh'],
    ['x: $HOME$abcdefgh'],
    // A commit, a digest, a checksum of npm, words.
    ['x: 0123456789abcdef0123456789abcdef01234567'],
    [`x: sha256:${'0a'.repeat(32)}`],
    [`x: sha512-${'aB3/'.repeat(21)}aB==`],
    ['x: npm_config_registry_of_the_company_itself'],
    ['x: dapifications, SG.core.v1, s.Abstract'],
    [
      'x: |\n  -----BEGIN PRIVATE KEY-----\n  MIIEvQ+/\n  aGk=\n  -----END PRIVATE KEY-----\ny: z',
      'x: |\n  ********** ******* ********\n  ********\n  ****\n  -----END PRIVATE KEY-----\ny: z',
    ],
    ['# -----BEGIN PRIVATE KEY-----\ny: z'],
  ]);
});

describe('a private key', () => {
  const BEGIN = '********** ******* ********';
  shownBy(maskTokens, [
    ['-----BEGIN PRIVATE KEY-----\r\nMIIE\r\naGk=\r\n---', `${BEGIN}\r\n****\r\n****\r\n---`],
    ['-----BEGIN PRIVATE KEY----- \nMIIE\n---', `${BEGIN} \n****\n---`],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\naGk=', `${BEGIN}\n****\n****`],
    ['x: "-----BEGIN PRIVATE KEY-----\n  MIIE\n  aGk="', `x: "${BEGIN}\n  ****\n  ****"`],
    ['x: "-----BEGIN PRIVATE KEY-----\\nMIIE\\n"', `x: "${BEGIN}********"`],
    ['# -----BEGIN PRIVATE KEY-----\n# MIIE\n# aGk=\na: b', `# ${BEGIN}\n* ****\n* ****\na: b`],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\nMIIE\n---',
      '********** *** ******* ********\n********** ***********\n********* **************\n\n****\n---',
    ],
    [
      '-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\nComment: a b\n\nlQOY/+\n=aGk=\n---',
      '********** *** ******* *** **********\n******** ***** **\n******** * *\n\n******\n*****\n---',
    ],
    [
      'x: |\n  -----BEGIN PGP PRIVATE KEY BLOCK-----\n  \n  lQOY\n  ---',
      'x: |\n  ********** *** ******* *** **********\n  \n  ****\n  ---',
    ],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\\n\\nlQOY', '********** *** ******* *** ******************'],
    [
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "a"\nP2/5\n----',
      '**** ***** **** ********* ******* *** ****\n******** ***\n****\n----',
    ],
    ['Private-Lines: 2\nAAAA\naGk=\nPrivate-MAC: 0a', '************** *\n****\n****\nPrivate-MAC: 0a'],
    ['-----BEGIN CERTIFICATE-----\nMIIE\n'],
    ['-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQEN\n'],
    ['-----BEGIN PRIVATE KEY-----\n\nhost: acme\n'],
  ]);
});

test.each([
  'a',
  'aB3',
  '/',
  'ghp_',
  'x.atlasv1.',
  '8Q~',
  'AGE-',
  'SG.',
  '$6$',
  '-----BEGIN PRIVATE KEY-----\n',
  '\n\nA: b',
])('a long string of %j is searched in time that grows with its length', (part) => {
  const began = performance.now();
  maskTokens(`-----BEGIN PRIVATE KEY-----${part.repeat(Math.ceil(1_000_000 / part.length))}`);
  expect(performance.now() - began).toBeLessThan(3000);
});
