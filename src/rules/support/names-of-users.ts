import type { DocumentConnector } from '../../subjects/document-connectors';

/** What attributes and claims are called that have an @ in their values. */
const WITH_AT = /mail|upn|principal/i;

/** Whether a connector has pachd know users by something else than an address, which need not have an @. */
export function namesUsersOtherwise(connector: DocumentConnector): boolean {
  switch (connector.type) {
    case 'openshift':
    case 'authproxy':
      return true;
    case 'ldap':
      return (
        connector.text('userSearch', 'emailSuffix') === undefined &&
        isOtherwise(connector.text('userSearch', 'emailAttr'))
      );
    case 'oidc':
      return isOtherwise(connector.text('claimMapping', 'email'));
    case 'oauth':
      return isOtherwise(connector.text('claimMapping', 'emailKey'));
    case 'saml':
    case 'samlExperimental':
      return isOtherwise(connector.text('emailAttr'));
    default:
      return false;
  }
}

function isOtherwise(name: string | undefined): boolean {
  return name !== undefined && name !== '' && !WITH_AT.test(name);
}
