// jest's Node environment, which also tells the tests' side of the harness when a test or a hook has failed:
// jest lets no one else know that before the file is done, when the programs and their logs are gone.

const { TestEnvironment } = require('jest-environment-node');

const failures = new Set(['test_fn_failure', 'hook_failure']);

module.exports = class extends TestEnvironment {
  handleTestEvent(event, state) {
    if (!failures.has(event.name)) return;
    const names = [];
    for (let block = event.test ?? state.currentlyRunningTest ?? state.currentDescribeBlock; block;) {
      if (block.name !== 'ROOT_DESCRIBE_BLOCK') names.unshift(block.name);
      block = block.parent;
    }
    this.global.pachkitTestFailed?.(names.join(' › '));
  }
};
