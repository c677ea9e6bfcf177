import { parseMinutes } from '../../src/model/duration';

test.each([
  ['30d', 43_200],
  ['12h', 720],
  ['90m', 90],
  ['1d12h', 2_160],
  ['1d12h30m', 2_190],
  ['0m', 0],
  ['10000d', 14_400_000],
])('%s is %d minutes', (text, minutes) => expect(parseMinutes(text)).toBe(minutes));
