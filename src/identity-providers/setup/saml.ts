import type { Setup, SetupPlace } from './setup';

/** A SAML 2.0 identity provider. */
function saml(title: string, steps: Setup['steps']): Setup {
  return {
    title,
    application: 'a service provider, called a relying party by some',
    groups: () => 'an attribute statement or claim rule that sends groupsAttr',
    entered: (place) => [
      ['ACS URL, with the binding HTTP-POST', place.callback],
      ['Audience, or entity ID', audienceOf(place)],
      ['Name ID format', nameIDFormat(place)],
      ['Attribute with the user name', place.connector.text('usernameAttr') ?? ''],
      ['Attribute with the address', place.connector.text('emailAttr') ?? ''],
      ...(place.hasGroups
        ? ([['Attribute with groups', place.connector.text('groupsAttr') ?? '']] as const)
        : []),
      ['Signature', 'of the response or the assertion, with RSA and SHA-256'],
      ['Encryption of assertions', 'off: Dex cannot read encrypted ones'],
    ],
    steps,
    returned: [
      { label: 'Single sign-on URL, for HTTP-POST', key: 'ssoURL' },
      { label: 'Entity ID of the identity provider', key: 'ssoIssuer' },
      { label: 'Host of the federation service', field: 'host' },
      { label: 'Certificate that signs, as PEM', key: 'ca', field: 'certificateFile' },
    ],
  };
}

/** Any SAML 2.0 identity provider. */
export const samlSetup = saml('the SAML identity provider', () => [
  'Make an application of type SAML 2.0 with the values above',
  'Let the people use it who may log in',
]);

/** Active Directory Federation Services. */
export const adfsSetup = saml('AD FS', (place) => [
  'In AD FS Management: Relying Party Trusts > Add Relying Party Trust > Claims aware > Enter data about the relying party manually',
  'Enable support for the SAML 2.0 WebSSO protocol, with the ACS URL; as relying party trust identifier the audience',
  'Edit Claim Issuance Policy > Send LDAP Attributes as Claims: E-Mail-Addresses as E-Mail Address, User-Principal-Name as Name',
  ...(place.hasGroups ? ['In the same rule: Token-Groups - Unqualified Names as Group'] : []),
  `Add a rule of the kind Transform an Incoming Claim: E-Mail Address to Name ID, with the outgoing format ${adfsFormat(place)}. AD FS refuses the login where it is another than Dex asks for: MSIS7070`,
  'Service > Certificates > Token-signing > View > Details > Copy to File, Base-64 encoded: the PEM file of the document',
]);

function audienceOf({ connector, callback }: SetupPlace): string {
  return connector.text('entityIssuer') ?? callback;
}

function nameIDFormat({ connector }: SetupPlace): string {
  return connector.text('nameIDPolicyFormat') ?? 'persistent';
}

/** The format of Name IDs as the dialog of AD FS has it. */
function adfsFormat(place: SetupPlace): string {
  const name = nameIDFormat(place).split(':').at(-1) ?? '';
  return ADFS_FORMATS[name] ?? name;
}

const ADFS_FORMATS: Readonly<Record<string, string>> = {
  emailAddress: 'Email',
  persistent: 'Persistent Identifier',
  transient: 'Transient Identifier',
  unspecified: 'Unspecified',
};
