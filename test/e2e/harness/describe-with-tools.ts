import { provideTools } from './tools';
import { stopAll } from './process';

/**
 * A `describe` for tests that need real programs. Programs that can be built are built first. Where one is still
 * missing, the tests are skipped, and the report and standard error say which program and what would bring it; with
 * PACHKIT_E2E_REQUIRE=1 in the environment they fail instead, for a machine that must have them all.
 * What the tests started is stopped after them.
 */
export function describeWithTools(title: string, tools: readonly string[], body: () => void): void {
  const missing = provideTools(tools).filter((tool) => tool.path === null);
  if (missing.length === 0) {
    describe(title, () => {
      body();
      afterAll(stopAll);
    });
    return;
  }
  const reasons = missing.map((tool) => `${tool.name}: ${tool.reason}`);
  if (process.env['PACHKIT_E2E_REQUIRE'] === '1') {
    test(`${title} has its programs`, () => expect(reasons).toEqual([]));
    return;
  }
  process.stderr.write(`SKIPPED ${title}, for want of\n  ${reasons.join('\n  ')}\n`);
  describe.skip(`${title} (for want of ${missing.map((tool) => tool.name).join(', ')})`, body);
}
