import { isGenerated } from '../../model/secret-reader';
import type { Rule } from '../rule';

export const existingApplication: Rule = {
  code: 'TFM022',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Application that exists, without what it is known by',
  reason:
    'provision: import and provision: none are about an application that is at Auth0 already. It has a client id, and Terraform cannot import without it. With provision: none nothing reaches Auth0, so a client secret that is generated here is not that of the application: every login would end with 401, access_denied, Unauthorized.',
  remedy:
    "Copy the client id from the application's settings in the Auth0 Dashboard to auth0.application.clientID, and give the client secret as { env: NAME } or { file: PATH }.",
  *check({ document, cluster }) {
    const application = document.auth0?.application ?? {};
    const provision = cluster.auth0?.application.provision;
    if (provision === undefined || provision === 'create') return;
    if (application.clientID === undefined)
      yield {
        path: ['auth0', 'application', 'provision'],
        message: `The application exists with provision: ${provision}, and the document does not say which it is`,
        hint: 'set auth0.application.clientID to its client id, which its settings in the Auth0 Dashboard show',
      };
    const secret = application.clientSecret;
    if (provision === 'none' && (secret === undefined || isGenerated(secret)))
      yield {
        path: ['auth0', 'application', secret === undefined ? 'provision' : 'clientSecret'],
        message:
          'The connector would get a client secret that is generated here, and the application has another one: every login would end with 401, access_denied, Unauthorized',
        hint: 'set clientSecret: { env: AUTH0_APPLICATION_SECRET }, and the variable to the secret of the application',
      };
  },
};
