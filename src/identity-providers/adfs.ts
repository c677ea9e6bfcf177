import { GROUPS_HINT, file, flag, hostName, lines } from './fields';
import { From, type Provider } from './provider';

const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

/** Active Directory Federation Services, over SAML. */
export const adfs: Provider = {
  name: 'adfs',
  title: 'AD FS',
  description:
    'A relying party of Active Directory Federation Services, over SAML. Claim rules of the relying party send the address and the groups.',
  type: 'saml',
  fields: {
    host: hostName('Host of the federation service.', 'adfs.acme.com'),
    certificateFile: file(
      'Path of a PEM file with the token-signing certificate, in the container of Dex: /dexcreds/ has the files of identity.credentialFilesSecretName.',
      '/dexcreds/adfs.pem',
    ),
    groups: flag('Whether groups come along at the login.', true),
    allowedGroups: lines(
      'Who may log in: members of at least one of these groups. Default: everyone whom the relying party admits.',
      'A group, as the claim rule sends it.',
      ['data-science'],
    ),
  },
  required: ['host', 'certificateFile'],
  words: { ssoURL: 'host', ssoIssuer: 'host', ca: 'certificateFile', groupsAttr: 'groups' },
  groupsHint: GROUPS_HINT,
  example: { host: 'adfs.acme.com', certificateFile: '/dexcreds/adfs.pem' },
  check: (given) =>
    given.has('allowedGroups') && !given.isOn('groups', true)
      ? [
          {
            field: 'allowedGroups',
            message: 'No one is ever let in: allowedGroups asks for groups, and groups is false',
            hint: 'remove groups: false, or allowedGroups',
          },
        ]
      : [],
  derive: (given) => {
    const host = given.text('host')?.toLowerCase() ?? '';
    return {
      ssoURL: new From('host', `https://${host}/adfs/ls/`),
      // The identifier of the federation service, which begins with http:// however it is reached.
      ssoIssuer: new From('host', `http://${host}/adfs/services/trust`),
      ca: given.unchanged('certificateFile'),
      usernameAttr: `${CLAIMS}/name`,
      emailAttr: `${CLAIMS}/emailaddress`,
      // AD FS has a NameID of another format only with a claim rule of its own.
      nameIDPolicyFormat: 'emailAddress',
      ...(given.isOn('groups', true) ? { groupsAttr: 'http://schemas.xmlsoap.org/claims/Group' } : {}),
      allowedGroups: given.unchanged('allowedGroups'),
    };
  },
};
