import type { DocumentConnector } from '../../subjects/document-connectors';

/** How a group names its members: an attribute of it has a value that an attribute of the person has. */
export interface Matcher {
  readonly userAttr: string;
  readonly groupAttr: string;
  /** The attribute by which groups name groups that are in them; missing where Dex does not look for those. */
  readonly recursionGroupAttr?: string;
}

/** The rule of Active Directory by which a search follows groups in groups, in place of an attribute alone. */
export const IN_CHAIN = '1.2.840.113556.1.4.1941';

/** The matchers of an ldap connector. Without userAttr in its first item Dex ignores the whole list, and reads the old pair of keys. */
export function matchersOf(connector: DocumentConnector): readonly Matcher[] {
  const list = connector.value('groupSearch', 'userMatchers');
  const text = (...keys: readonly (string | number)[]): string =>
    connector.text('groupSearch', ...keys) ?? '';
  if (!Array.isArray(list) || text('userMatchers', 0, 'userAttr') === '')
    return [{ userAttr: text('userAttr'), groupAttr: text('groupAttr') }];
  return list.map((_, index) => {
    const recursion = text('userMatchers', index, 'recursionGroupAttr');
    return {
      userAttr: text('userMatchers', index, 'userAttr'),
      groupAttr: text('userMatchers', index, 'groupAttr'),
      ...(recursion === '' ? {} : { recursionGroupAttr: recursion }),
    };
  });
}
