import { createHash } from 'node:crypto';
import { DevDirectory } from '../../src/constructs/dev-directory';
import { clusterOf } from '../support/cluster-of';
import { objectsOf } from '../support/objects-of';

const SECRET = 'Secret/pachyderm-dev-users';
const DEPLOYMENT = 'Deployment/pachyderm-dev-users';
const ADA = { email: 'ada@acme.com', name: 'Ada', password: 'engine', groups: ['data-science'] };

const cluster = (people: readonly (typeof ADA)[], over: object = {}): ReturnType<typeof clusterOf> =>
  clusterOf({ profile: 'dev', dev: { users: people.map((person) => ({ ...person })) }, ...over });

const objects = (...args: Parameters<typeof cluster>): ReturnType<typeof objectsOf> =>
  objectsOf((chart) => new DevDirectory(chart, 'dev-directory', cluster(...args)));

/** The entries with their values as text. */
function entriesOf(found: ReturnType<typeof objects>): string {
  const text = found.get(SECRET).stringData['entries.ldif'] ?? '';
  return text.replace(/:: (.*)$/gm, (_, value: string) => `: ${Buffer.from(value, 'base64').toString()}`);
}

test('a Secret, a Service and a Deployment', () => {
  expect(objects([ADA]).names).toEqual([
    'Secret/pachyderm-dev-users',
    'Service/pachyderm-dev-users',
    'Deployment/pachyderm-dev-users',
  ]);
});

test('people and their groups are entries', () => {
  const entries = entriesOf(objects([ADA, { ...ADA, email: 'grace@acme.com' }]));
  expect(entries).toContain(
    [
      'dn: uid=person-1,ou=people,dc=dev-users',
      'objectClass: inetOrgPerson',
      'uid: person-1',
      'cn: Ada',
    ].join('\n'),
  );
  expect(entries).toContain('mail: ada@acme.com\nuserPassword: engine\n');
  expect(entries).toContain(
    [
      'dn: ou=group-1,ou=groups,dc=dev-users',
      'objectClass: groupOfNames',
      'ou: group-1',
      'cn: data-science',
      'member: uid=person-1,ou=people,dc=dev-users',
      'member: uid=person-2,ou=people,dc=dev-users',
    ].join('\n'),
  );
});

test('nothing that someone is called is read as LDIF', () => {
  const name = 'x\ndn: cn=injected,dc=dev-users';
  const secret = objects([{ ...ADA, name }]).get(SECRET);
  expect(secret.stringData['entries.ldif']).not.toContain('injected');
});

test('a password that slapd would take for a hash is hashed', () => {
  const [, kept = ''] =
    /userPassword: \{SSHA\}(.*)/.exec(entriesOf(objects([{ ...ADA, password: '{SSHA}x' }]))) ?? [];
  const [digest, salt] = [
    Buffer.from(kept, 'base64').subarray(0, 20),
    Buffer.from(kept, 'base64').subarray(20),
  ];
  expect(salt).toHaveLength(8);
  expect(digest).toEqual(createHash('sha1').update('{SSHA}x').update(salt).digest());
});

test('the pod is another one when people or passwords change', () => {
  const annotationsOf = (person: typeof ADA): unknown =>
    objects([person]).get(DEPLOYMENT).spec.template.metadata.annotations;
  expect(annotationsOf(ADA)).toEqual(annotationsOf({ ...ADA }));
  expect(annotationsOf(ADA)).not.toEqual(annotationsOf({ ...ADA, password: 'another' }));
  expect(annotationsOf(ADA)).not.toEqual(annotationsOf({ ...ADA, groups: ['admins'] }));
});

test('the image comes from the registry of the document', () => {
  const found = objects([ADA], { images: { registry: 'registry.acme.com/mirror' } });
  const [container] = found.get(DEPLOYMENT).spec.template.spec.containers;
  expect(container.image).toBe('registry.acme.com/mirror/osixia/openldap:1.5.0');
});
