import { layout, printWidth, wrap } from '../../src/cli/wrap';

describe('wrap', () => {
  test('breaks between words and indents every line', () => {
    expect(wrap('one two three four', 2, 11)).toBe('  one two\n  three\n  four');
  });

  test('leaves a word that is wider than the line whole', () => {
    expect(wrap('a https://example.com/very/long b', 0, 10)).toBe('a\nhttps://example.com/very/long\nb');
  });
});

describe('layout', () => {
  test('lines that follow each other are one paragraph', () => {
    expect(layout('one\ntwo three\n\nfour', 9)).toBe('one two\nthree\n\nfour');
  });

  test('a row of a list goes on below its second column', () => {
    expect(layout('Kinds:\n  connector  what pachctl reads', 22)).toBe(
      'Kinds:\n  connector  what\n             pachctl\n             reads',
    );
  });

  test('second columns of a list are below each other, however they are written', () => {
    expect(layout('  up  one\n  config  two', 80)).toBe('  up      one\n  config  two');
  });

  test('a line that is indented further goes on with the row before', () => {
    expect(layout('  env  one,\n       two\n  plain  three', 80)).toBe('  env    one, two\n  plain  three');
  });

  test('a row with a dash goes on below its text', () => {
    expect(layout('It says:\n  - one two three', 11)).toBe('It says:\n  - one two\n    three');
  });

  test('a command is not broken', () => {
    expect(layout('Examples:\n  pachkit diff a.yaml --against b.yaml', 20)).toBe(
      'Examples:\n  pachkit diff a.yaml --against b.yaml',
    );
  });

  test('a numbered row goes on below its text', () => {
    expect(layout('  1. reads each file\n  2. checks', 15)).toBe('  1. reads each\n     file\n  2. checks');
  });
});

test('a line is as wide as the terminal, at most 100 characters, and 100 where there is no terminal', () => {
  expect([undefined, 20, 60, 80, 200].map(printWidth)).toEqual([100, 100, 60, 80, 100]);
});
