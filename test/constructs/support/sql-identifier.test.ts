import { sqlIdentifier } from '../../../src/constructs/support/sql-identifier';

describe('sqlIdentifier', () => {
  it.each(['dex', 'pach_dex2', '_dex'])('leaves %s as it is', (name) => {
    expect(sqlIdentifier(name)).toBe(name);
  });

  it.each([
    ['Dex', '"Dex"'],
    ['pach-dex', '"pach-dex"'],
    ['2dex', '"2dex"'],
    ['user', '"user"'],
    ['a"b', '"a""b"'],
  ])('quotes %s', (name, expected) => {
    expect(sqlIdentifier(name)).toBe(expected);
  });
});
