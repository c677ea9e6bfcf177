import { parseGoDuration } from '../../src/model/go-duration';

test.each([
  ['0', 0],
  ['1h30m', 5_400e9],
  ['.5s', 0.5e9],
  ['1.s', 1e9],
  ['-1m', -60e9],
  ['+2ms', 2e6],
  ['3µs', 3e3],
  ['4ns', 4],
])('%s', (text, nanoseconds) => expect(parseGoDuration(text)).toEqual({ nanoseconds }));

/** As Go 1.22 says them. */
test.each([
  ['', 'time: invalid duration ""'],
  ['-', 'time: invalid duration "-"'],
  ['h', 'time: invalid duration "h"'],
  ['5', 'time: missing unit in duration "5"'],
  ['1h5', 'time: missing unit in duration "1h5"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['24H', 'time: unknown unit "H" in duration "24H"'],
  ['3 s', 'time: unknown unit " s" in duration "3 s"'],
])('"%s" is none', (text, error) => expect(parseGoDuration(text)).toEqual({ error }));
