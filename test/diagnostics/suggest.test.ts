import { beginning, didYouMean, ending, oneOf, suggest } from '../../src/diagnostics/suggest';

const keys = [
  'apiVersion',
  'name',
  'release',
  'rootToken',
  'clientSecret',
  'roleBindings',
  'env',
  'tls',
  'via',
];

describe('the key that was meant', () => {
  test.each([
    ['apiversion', 'apiVersion'],
    ['api-version', 'apiVersion'],
    ['api_version', 'apiVersion'],
    ['rootTokn', 'rootToken'],
    ['rotoToken', 'rootToken'],
    ['cleintSecret', 'clientSecret'],
    ['role_binding', 'roleBindings'],
    ['realease', 'release'],
    ['enb', 'env'],
    ['tsl', undefined],
    ['xyz', undefined],
    ['identity', undefined],
    ['', undefined],
  ])('%s: %s', (word, expected) => expect(suggest(word, keys)).toBe(expected));

  test('the nearest wins, and of two that are equally near the first', () => {
    expect(suggest('abcde', ['abcxx', 'abcdx'])).toBe('abcdx');
    expect(suggest('ab', ['ax', 'xb'])).toBe('ax');
  });

  test('two slips in a word of four letters leave its first letter, or are letters in another order', () => {
    expect(suggest('host', ['port'])).toBeUndefined();
    expect(suggest('prot', ['port'])).toBe('port');
    expect(suggest('oprt', ['port'])).toBe('port');
    expect(suggest('odcc', ['oidc'])).toBe('oidc');
    expect(suggest('conf', ['config'])).toBe('config');
  });

  test.each([
    ['prod', 'production'],
    ['PROD', 'production'],
    ['bucketName', 'bucket'],
    ['bucket_name', 'bucket'],
    ['dev', undefined],
    ['pr', undefined],
    ['tenantID', undefined],
  ])('begins with the word, or begins it: %s is %s', (word, meant) =>
    expect(beginning(word, ['production', 'bucket', 'develop', 'device', 'te'])).toBe(meant),
  );

  test.each([
    ['enterpriseServerAddress', 'serverAddress'],
    ['enterprise_server_address', 'serverAddress'],
    ['nodePort', undefined],
    ['serverAddresses', undefined],
  ])('ends the word: %s is %s', (word, meant) =>
    expect(ending(word, ['serverAddress', 'port', 'userAddress'])).toBe(meant),
  );

  test('is put as a question', () => {
    expect(didYouMean('relase', keys)).toBe('did you mean "release"?');
    expect(didYouMean('something', keys)).toBeUndefined();
  });

  test('is one of the words, or else all of them are named', () => {
    expect(oneOf('relase', ['release', 'tag'])).toBe('did you mean "release"?');
    expect(oneOf('something', ['release', 'tag'])).toBe('write one of: release, tag');
  });
});
