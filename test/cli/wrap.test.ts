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

  test('a numbered row goes on below its text', () => {
    expect(layout('  1. reads each file\n  2. checks', 15)).toBe('  1. reads each\n     file\n  2. checks');
  });
});

test('a line is as wide as the terminal, at most 100 characters, and 100 where there is no terminal', () => {
  expect([undefined, 20, 60, 80, 200].map(printWidth)).toEqual([100, 100, 60, 80, 100]);
});
