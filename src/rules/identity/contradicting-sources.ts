import type { Rule } from '../rule';

export const contradictingSources: Rule = {
  code: 'IDN002',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Two sources for one list',
  reason:
    'pachd reads its connectors from one document, and further clients from one. identity.connectorsFrom and identity.clientsFrom name a Secret that holds the whole document, so nothing of the lists beside them would reach pachd.',
  remedy: 'Keep one of the two; put what is missing into the Secret.',
  *check({ document }) {
    const { connectors = [], connectorsFrom, clients = [], clientsFrom } = document.identity ?? {};
    if (connectorsFrom && connectors.length > 0)
      yield {
        path: ['identity', 'connectorsFrom'],
        onKey: true,
        message: `pachd reads the connectors of the Secret ${connectorsFrom.existing.name} alone, and those of identity.connectors never reach it`,
        hint: 'keep connectors or connectorsFrom',
      };
    if (clientsFrom && clients.length > 0)
      yield {
        path: ['identity', 'clientsFrom'],
        onKey: true,
        message: `pachd reads the further clients of the Secret ${clientsFrom.existing.name} alone, and those of identity.clients never reach it`,
        hint: 'keep clients or clientsFrom',
      };
  },
};
