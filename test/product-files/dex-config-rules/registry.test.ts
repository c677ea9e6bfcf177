import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { explanations } from '../../../src/explanations/registry';
import { dexConfigRules } from '../../../src/rules/dex-config';

test('every rule has a page and tests, and every code is there once', () => {
  const codes = explanations.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  const tests = [...readdirSync(__dirname), '../dex-config-elsewhere.test.ts']
    .map((file) => readFileSync(path.join(__dirname, file), 'utf8'))
    .join('');
  for (const { code, title, reason, remedy } of dexConfigRules()) {
    expect(explanations).toContainEqual({ code, title, reason, remedy });
    expect(title).toMatch(/^[^.]+$/);
    for (const text of [reason, remedy]) expect(text).toMatch(/^\S[^]+\.$/);
    expect(tests).toContain(`'${code}'`);
  }
  expect(dexConfigRules().map(({ code }) => code)).toEqual(
    dexConfigRules()
      .map(({ code }) => code)
      .sort(),
  );
});
