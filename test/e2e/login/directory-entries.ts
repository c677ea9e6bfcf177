/** Where everything in the directory of the tests is. */
export const SUFFIX = 'dc=acme,dc=com';

const person = (uid: string, surname: string, password: string): string => `dn: uid=${uid},ou=people,${SUFFIX}
objectClass: inetOrgPerson
uid: ${uid}
cn: ${uid[0]?.toUpperCase()}${uid.slice(1)} ${surname}
sn: ${surname}
mail: ${uid}@acme.com
userPassword: ${password}
`;

const group = (name: string, members: readonly string[]): string => `dn: cn=${name},ou=groups,${SUFFIX}
objectClass: groupOfNames
cn: ${name}
${members.map((uid) => `member: uid=${uid},ou=people,${SUFFIX}\n`).join('')}`;

const unit = (name: string): string => `dn: ou=${name},${SUFFIX}
objectClass: organizationalUnit
ou: ${name}
`;

/** People and the groups that they are in, as LDIF. */
export const DIRECTORY_ENTRIES = [
  `dn: ${SUFFIX}\nobjectClass: dcObject\nobjectClass: organization\no: Acme\ndc: acme\n`,
  unit('people'),
  unit('groups'),
  person('grace', 'Hopper', 'compiler'),
  person('alan', 'Turing', 'enigma'),
  group('data-science', ['grace', 'alan']),
  group('navy', ['grace']),
].join('\n');
