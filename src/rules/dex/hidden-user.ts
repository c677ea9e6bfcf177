import type { Rule } from '../rule';

/** Id of the connector that Dex adds for its own users. */
const LOCAL = 'local';

export const hiddenUser: Rule = {
  code: 'DEX314',
  severity: 'error',
  reads: ['cluster'],
  title: 'User or connector that another one hides',
  reason:
    'Dex knows its own users by their email, in whatever case, and of two with one email keeps the last. Its own users log in through a connector that it adds and calls local; another connector of that id hides it, or is hidden.',
  remedy: 'Give every user an email of their own, and no connector the id local.',
  *check({ document, cluster }) {
    if (!cluster.dex || cluster.dex.staticPasswords.length === 0) return;
    const emails = new Set<string>();
    for (const [index, { email }] of cluster.dex.staticPasswords.entries()) {
      if (emails.has(email.toLowerCase()))
        yield {
          path: ['dex', 'staticPasswords', index, 'email'],
          message: `There is a user ${email} already, and Dex keeps only the last of the two`,
          hint: 'remove one of the two',
        };
      emails.add(email.toLowerCase());
    }
    for (const [index, { id }] of (document.identity?.connectors ?? []).entries())
      if (id === LOCAL)
        yield {
          path: ['identity', 'connectors', index, 'id'],
          message:
            'With staticPasswords Dex adds a connector "local" of its own, and one of the two hides the other',
          hint: 'give this connector another id',
        };
  },
};
