import type { Rule } from '../rule';

const FIELD = ['database', 'external', 'cloudSqlProxy'] as const;

/** What the names look like that Google gives; a project of an organization has the domain in front. */
const INSTANCE = /^([a-z][-a-z0-9.]*:)?[a-z][-a-z0-9]*:[a-z][-a-z0-9]*:[a-z][-a-z0-9]*$/;
const ACCOUNT = /^[^@]+@[^@]+$/;

export const unknownToCloudSql: Rule = {
  code: 'STO029',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Name that Cloud SQL does not know',
  reason:
    'An instance of Cloud SQL is known by project, region and name, a service account of Google by an e-mail address. With others the proxy runs, and refuses every connection: `instance connection name was invalid`; the service account of Kubernetes stands for none of Google.',
  remedy:
    'Write the name as gcloud sql instances describe shows it under connectionName, and the account as gcloud iam service-accounts list does.',
  *check({ document }) {
    const { connectionName, serviceAccount } = document.database?.external?.cloudSqlProxy ?? {};
    if (connectionName !== undefined && !INSTANCE.test(connectionName))
      yield {
        path: [...FIELD, 'connectionName'],
        message: `Cloud SQL knows no instance ${connectionName}, and the proxy connects to nothing: \`instance connection name was invalid\``,
        hint: 'write project:region:instance',
      };
    if (serviceAccount !== undefined && !ACCOUNT.test(serviceAccount))
      yield {
        path: [...FIELD, 'serviceAccount'],
        message: `${serviceAccount} is not the e-mail address of a Google service account, and the proxy has no right to connect`,
        hint: 'write name@project.iam.gserviceaccount.com',
      };
  },
};
