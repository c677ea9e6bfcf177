import { CLIENT_FIELDS, CLIENT_REQUIRED, GROUPS_FIELD, GROUPS_HINT, pattern, openIdWords } from './fields';
import { openIdSettings } from './open-id';
import type { Provider } from './provider';

/** A user pool of Amazon Cognito. */
export const cognito: Provider = {
  name: 'cognito',
  title: 'Amazon Cognito',
  description:
    'An app client of a user pool of Amazon Cognito. Groups are those of the pool, in the claim cognito:groups of the ID token.',
  type: 'oidc',
  knownAs: 'Cognito',
  fields: {
    userPoolID: {
      ...pattern(
        'Id of the user pool. Its first half is the region.',
        '^[a-z]{2}(-[a-z]+)+-[0-9]+_[A-Za-z0-9]+$',
        'the id of a user pool: a region, an underscore, letters and digits',
        'eu-central-1_aBcDeFgHi',
      ),
      'x-hint':
        'aws cognito-idp list-user-pools --max-results 60 prints it; the domain of the login pages is not it',
    },
    ...CLIENT_FIELDS,
    groups: GROUPS_FIELD,
  },
  required: ['userPoolID', ...CLIENT_REQUIRED],
  words: openIdWords('userPoolID'),
  groupsHint: GROUPS_HINT,
  example: {
    userPoolID: 'eu-central-1_aBcDeFgHi',
    clientID: '1h57kf5cpq17m0eml12EXAMPLE',
    clientSecret: { env: 'COGNITO_CLIENT_SECRET' },
  },
  meant: { userPoolID: (written) => /[a-z]{2}(?:-[a-z]+)+-[0-9]+_[A-Za-z0-9]+/.exec(written)?.[0] },
  derive: (given) => {
    const pool = given.text('userPoolID') ?? '';
    const region = pool.split('_', 1)[0] ?? '';
    const top = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    return openIdSettings(given, 'Cognito', {
      field: 'userPoolID',
      issuer: `https://cognito-idp.${region}.${top}/${pool}`,
    });
  },
};
