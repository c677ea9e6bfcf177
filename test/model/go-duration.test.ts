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
  ['-0', 0],
  ['0.3ns', 0],
  ['0.3333333333333333333h', 1_200e9],
  ['1.00000000000000000000000000000001s', 1e9],
  ['1h1h', 7_200e9],
  ['9223372036854775807ns', 2 ** 63],
  ['2562047h47m16.854775807s', 2 ** 63],
  ['-9223372036854775808ns', -(2 ** 63)],
])('%s', (text, nanoseconds) => expect(parseGoDuration(text)).toEqual({ nanoseconds }));

/** As Go 1.26 says them. */
test.each([
  ['', 'time: invalid duration ""'],
  ['-', 'time: invalid duration "-"'],
  ['h', 'time: invalid duration "h"'],
  ['5', 'time: missing unit in duration "5"'],
  ['1h5', 'time: missing unit in duration "1h5"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['24H', 'time: unknown unit "H" in duration "24H"'],
  ['3 s', 'time: unknown unit " s" in duration "3 s"'],
  ['1é"', 'time: unknown unit "\\xc3\\xa9\\"" in duration "1\\xc3\\xa9\\""'],
  ['.s', 'time: invalid duration ".s"'],
  ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
  ['9223372036854775809', 'time: invalid duration "9223372036854775809"'],
  ['2562047h47m16.854775808s', 'time: invalid duration "2562047h47m16.854775808s"'],
  ['2562048h', 'time: invalid duration "2562048h"'],
  ['-9223372036854775809ns', 'time: invalid duration "-9223372036854775809ns"'],
])('"%s" is none', (text, error) => expect(parseGoDuration(text)).toEqual({ error }));
