import { isPlainIdentifier } from '../../../src/constructs/support/sql-identifier';

describe('isPlainIdentifier', () => {
  it.each(['dex', 'pach_dex2', '_dex'])('takes %s', (name) => expect(isPlainIdentifier(name)).toBe(true));

  it.each(['Dex', 'pach-dex', '2dex', 'user', 'a"b', 'dex\n', 'x\nEOSQL', ''])('does not take %j', (name) =>
    expect(isPlainIdentifier(name)).toBe(false),
  );
});
