import { dexTraits, firstDexWith } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import { isUnfilled, readUrl } from '../../model/url-text';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import type { ConnectorRule, Finding } from '../rule';

export const unmatchedNames: ConnectorRule = {
  code: 'DEX058',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Name in a form that matches nothing',
  reason:
    'Dex compares the domain of an address at GitHub with preferredEmailDomain part by part, so that an @, a scheme or a dot at either end matches no address, and the primary one is taken. Keystone knows a domain by its id and by its name: Dex up to 2.39, and every Dex inside Pachyderm, sends domain as an id, which is 32 hexadecimal digits, or "default" for the domain that is called Default.',
  remedy: 'Write the domain of addresses alone, such as acme.com; write the id of a domain of Keystone.',
  *check({ document, target }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type === 'github') yield* emailDomain(connector);
      if (connector.type === 'keystone') yield* keystoneDomain(connector, target);
    }
  },
};

const DOMAIN = /^(\*|[A-Za-z0-9-]+)(\.(\*|[A-Za-z0-9-]+))+$/;

function* emailDomain(connector: DocumentConnector): Iterable<Finding> {
  const domain = connector.text('preferredEmailDomain');
  // A star at the end is refused when Dex starts.
  if (domain === undefined || isUnfilled(domain) || domain.endsWith('*') || DOMAIN.test(domain)) return;
  const afterAt = domain.trim().split('@').at(-1) ?? '';
  const bare = afterAt.includes('://') ? readUrl(afterAt).host : afterAt;
  const wanted = bare.startsWith('.') ? `*${bare}` : bare;
  yield {
    path: connector.at('preferredEmailDomain'),
    message: `No address is at "${domain}", so Dex takes the primary address of every account`,
    hint: DOMAIN.test(wanted) ? `write ${wanted}` : 'write the domain alone, such as acme.com',
  };
}

const HEX_ID = /^[0-9a-f]{32}$/;

const WITH_HYPHENS = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function* keystoneDomain(connector: DocumentConnector, target: Target): Iterable<Finding> {
  const domain = connector.text('domain');
  if (domain === undefined || isUnfilled(domain) || domain === 'default' || HEX_ID.test(domain)) return;
  const path = connector.at('domain');
  const effect = 'Keystone finds no such domain, and every login fails';
  if (WITH_HYPHENS.test(domain))
    yield {
      path,
      message: `Ids of Keystone have no hyphens: ${effect}`,
      hint: `write ${domain.replaceAll('-', '').toLowerCase()}`,
    };
  else if (!dexTraits(target).takesDomainNames)
    yield {
      path,
      message: `This Dex sends domain as the id of a domain, and "${domain}" looks like a name: ${effect}`,
      hint:
        domain.toLowerCase() === 'default'
          ? 'write default, the id of the domain that is called Default'
          : `write the id, which openstack domain show ${domain} prints; Dex from ${firstDexWith('takesDomainNames')} on takes names too`,
    };
}
