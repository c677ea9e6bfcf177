import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

/** Attributes that hold bytes, in lowercase: of Active Directory, of Exchange, of eDirectory, and of RFC 2798. */
const BINARY: ReadonlySet<string> = new Set(
  [
    'objectGUID',
    'objectSid',
    'sIDHistory',
    'mS-DS-ConsistencyGuid',
    'msExchMailboxGuid',
    'GUID',
    'userCertificate',
    'jpegPhoto',
    'thumbnailPhoto',
  ].map((name) => name.toLowerCase()),
);

export const binaryUserID: ConnectorRule = {
  code: 'DEX059',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Attribute of a directory that holds bytes',
  reason:
    'objectGUID and objectSid of Active Directory are bytes, which other programs show as text. Dex takes them as they are, and puts the id of a user into tokens, where there are strings alone: after the password was right it answers server_error, and its log has "failed to marshal offline session ID: string field contains invalid UTF-8". As the name of a group they become characters that no role can be bound to.',
  remedy:
    'Write an attribute that holds text and does not change, such as sAMAccountName or userPrincipalName; or DN.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'ldap') continue;
      const id = connector.text('userSearch', 'idAttr');
      if (id !== undefined && BINARY.has(id.toLowerCase()))
        yield {
          path: connector.at('userSearch', 'idAttr'),
          message: `${id} holds bytes, which no token can carry, and every login fails: \`failed to marshal offline session ID: string field contains invalid UTF-8\``,
          hint: 'write an attribute that holds text, such as sAMAccountName or userPrincipalName; or DN',
        };
      const group = connector.text('groupSearch', 'nameAttr');
      if (group !== undefined && BINARY.has(group.toLowerCase()))
        yield {
          path: connector.at('groupSearch', 'nameAttr'),
          message: `${group} holds bytes, so groups have names that no role can be bound to`,
          hint: 'write cn, or another attribute that holds text',
        };
    }
  },
};
