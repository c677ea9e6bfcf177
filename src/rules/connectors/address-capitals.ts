import { keyAvailability } from '../../connectors/availability';
import { documentConnectors } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

export const addressCapitals: Rule = {
  code: 'DEX046',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Addresses that come with capitals',
  reason:
    'Microsoft keeps the capitals with which someone once typed an address, Ada@Acme.com, and pachd compares subjects as strings: roles for user:ada@acme.com are not those of user:Ada@Acme.com.',
  remedy:
    'Set emailToLowercase: true, and write addresses in role bindings in lowercase. Where all addresses are lowercase at Microsoft, emailToLowercase: false says so.',
  *check({ document, cluster, target }) {
    const users = Object.keys(cluster.auth?.roleBindings ?? {}).filter((subject) =>
      /^user:.*@/.test(subject),
    );
    if (users.length === 0) return;
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'microsoft') continue;
      if (keyAvailability('microsoft', 'emailToLowercase', target)?.read !== true) continue;
      const capital = users.find((subject) => subject !== subject.toLowerCase());
      if (connector.value('emailToLowercase') === undefined && capital === undefined)
        yield {
          path: [...connector.path, 'type'],
          message: `Microsoft keeps the capitals of addresses, and pachd compares them as strings: someone who is Ada@Acme.com there has none of the roles of ${users[0]?.toLowerCase()}`,
          hint: 'add emailToLowercase: true; or false, if all addresses are lowercase there',
        };
      else if (
        connector.isOn('emailToLowercase') &&
        capital !== undefined &&
        documentConnectors(document).length === 1
      )
        yield {
          path: ['auth', 'roleBindings', capital],
          onKey: true,
          message: `Dex makes every address lowercase with emailToLowercase, so no one is ever ${capital}`,
          hint: `write ${capital.toLowerCase()}`,
        };
    }
  },
};
