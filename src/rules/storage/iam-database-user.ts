import type { Rule } from '../rule';

const ENDING = '.gserviceaccount.com';

export const iamDatabaseUser: Rule = {
  code: 'STO020',
  severity: 'error',
  reads: ['cluster'],
  title: 'Database user that has no cloud identity',
  reason:
    'With IAM login the user of the database is the cloud identity: the e-mail address of a Google account, or that of a service account without .gserviceaccount.com, as PostgreSQL names have 63 characters at most. For every other name Cloud SQL answers `Cloud SQL IAM user authentication failed`.',
  remedy: 'Write database.external.user as Cloud SQL names it, such as pachyderm@acme.iam.',
  *check({ cluster: { database }, document }) {
    if (document.database?.external?.iamLogin !== true) return;
    const { user } = database;
    const isWhole = user.endsWith(ENDING);
    if (user.includes('@') && !isWhole) return;
    yield {
      path: [
        'database',
        'external',
        ...(document.database.external.user === undefined ? ['iamLogin'] : ['user']),
      ],
      message: `Cloud SQL knows no user ${user} with a cloud identity: \`Cloud SQL IAM user authentication failed\``,
      hint: isWhole
        ? `write ${user.slice(0, -ENDING.length)}`
        : 'write the e-mail address of the account; that of a service account without .gserviceaccount.com',
    };
  },
};
