import type { Rule } from '../rule';

export const clientsFromUnread: Rule = {
  code: 'IDN009',
  severity: 'error',
  reads: ['cluster'],
  title: 'List of clients that the release cannot read',
  reason:
    'From release 2.3 on pachd reads further clients from a variable that a Secret can fill. Before, a job reads one document with all clients, those of pachd and Console included, which pachkit writes.',
  remedy: 'List the clients in identity.clients.',
  *check({ document, cluster: { release } }) {
    if (release.bootstrap !== 'job' || document.identity?.clientsFrom === undefined) return;
    yield {
      path: ['identity', 'clientsFrom'],
      onKey: true,
      message: `The job that bootstraps release ${release.version.text} reads all clients as one document, so those of a Secret never reach it`,
      hint: 'list them in identity.clients; their secrets may be { existing: … }',
    };
  },
};
