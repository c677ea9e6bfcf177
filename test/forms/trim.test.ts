import fc from 'fast-check';
import '../support/property-seed';
import { withoutAround, withoutTrailing } from '../../src/forms/trim';

const texts = fc.string({ unit: fc.constantFrom('a', '-', '_', '/', '\n') });

test('characters at the end, and only there, are left out', () =>
  fc.assert(
    fc.property(texts, (text) => expect(withoutTrailing(text, '/-')).toBe(text.replace(/[/-]+$/, ''))),
  ));

test('characters at both ends, and only there, are left out', () =>
  fc.assert(
    fc.property(texts, (text) => expect(withoutAround(text, '_')).toBe(text.replace(/^_+|_+$/g, ''))),
  ));
