import { CONSOLE_PORT } from '../../model/resolve-workloads';
import type { Rule } from '../rule';

export const consoleBehindProxy: Rule = {
  code: 'ACC020',
  severity: 'error',
  reads: ['cluster'],
  title: 'Port of Console that the proxy does not lead to',
  reason:
    "The proxy connects to Console's pods at port 4000. With another console.port it finds nothing there, and browsers get `no healthy upstream` with status 503.",
  remedy: 'Remove console.port, or use a way of access without the proxy.',
  *check({ cluster: { access, console } }) {
    if (!access.proxy.enabled || !console.enabled || console.port === CONSOLE_PORT) return;
    yield {
      path: ['console', 'port'],
      message: `The proxy looks for Console at port ${CONSOLE_PORT}, and Console listens at ${console.port}; browsers get \`no healthy upstream\``,
      hint: `remove the line: the port is ${CONSOLE_PORT} then`,
    };
  },
};
