import { explanations } from '../../src/explanations/registry';
import { retiredCodes } from '../../src/explanations/retired';
import { allRules } from '../../src/rules/registry';

test.each(retiredCodes)('the page of $code leads to codes that are reported', ({ code, instead }) => {
  const reported = allRules().map((rule) => rule.code);
  expect(reported).not.toContain(code);
  expect(reported).toEqual(expect.arrayContaining([...instead]));
  const page = explanations.find((each) => each.code === code);
  for (const other of instead) expect(page?.remedy).toContain(`pachkit explain ${other}`);
});
