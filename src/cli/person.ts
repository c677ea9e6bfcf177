import type { Person } from '../doctor/login/person';
import { documentInput, type Host } from './host';
import { ask } from './terminal';

/** A name and a password are short. */
const LIMIT_BYTES = 64 * 1024;

/** The one at the terminal; without a terminal name and password are the first lines of standard input. */
export function personAt(host: Host): Person {
  return {
    async credentials(about, signal) {
      if (host.terminal() === undefined) {
        const [name = '', password = ''] = documentInput(host)
          .readStandardInput(LIMIT_BYTES)
          .toString('utf8')
          .split(/\r?\n/);
        return name === '' ? undefined : { name, password };
      }
      const name = await ask(host, `Log in with ${about}\nName: `, { signal });
      const password =
        name === undefined ? undefined : await ask(host, 'Password: ', { isHidden: true, signal });
      return name === undefined || password === undefined ? undefined : { name, password };
    },
    show: (text) => host.writeError(`\n${text}\n`),
    address: (signal) => ask(host, 'The address at which the browser ended: ', { signal }),
  };
}
