import { createHash } from 'node:crypto';
import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { DEV_DIRECTORY, type DevUsers } from '../model/dev-users';
import { DEV_DIRECTORY_FILES } from '../model/secret-places';
import { checksumAnnotation } from './support/checksum';
import { k8s } from './support/kubernetes';
import { mountsOf, scratchFolder } from './support/mounts';
import { containerSecurityContext, podSecurityContext, pullSecretsOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';

/** What the directory is made from. */
export type DevDirectoryProps = Pick<Cluster, 'namespace' | 'auth' | 'dev' | 'images' | 'securityContexts'>;

const { name: NAME, port: PORT, suffix: SUFFIX } = DEV_DIRECTORY;
const LABELS = { app: NAME, suite: 'pachyderm' };

/** Files of the container. */
const CONFIGURATION_DIRECTORY = '/etc/dev-users';
const CONFIGURATION_FILE = DEV_DIRECTORY_FILES.configuration.key;
const ENTRIES_FILE = DEV_DIRECTORY_FILES.entries.key;
const DATA_DIRECTORY = '/var/dev-users';

/** Any user will do: what is written is on a volume of the pod's own. */
const USER_ID = 65534;

/**
 * An OpenLDAP with the people of `dev.users`: the Secret `pachyderm-dev-users` with its configuration and entries, a
 * Deployment of one pod and its Service. It keeps nothing: every start reads the entries anew.
 */
export class DevDirectory extends Construct {
  constructor(scope: Construct, id: string, props: DevDirectoryProps) {
    super(scope, id);
    const { namespace, dev } = props;
    if (dev?.keptIn !== 'directory') return;
    const metadata = { name: NAME, namespace, labels: LABELS };
    const files = { [CONFIGURATION_FILE]: configuration(), [ENTRIES_FILE]: entries(dev) };
    new k8s.KubeSecret(this, 'secret', { metadata, stringData: files });
    new k8s.KubeService(this, 'service', {
      metadata,
      spec: {
        type: 'ClusterIP',
        // The same port as the pod's: network policies look at that one.
        ports: [{ name: 'ldap', port: PORT, targetPort: k8s.IntOrString.fromString('ldap') }],
        selector: LABELS,
      },
    });
    new k8s.KubeDeployment(this, 'deployment', deployment(props, dev));
  }
}

function deployment(props: DevDirectoryProps, { image, people }: DevUsers): k8s.KubeDeploymentProps {
  const { namespace, auth, securityContexts: isRestricted } = props;
  const mounts = mountsOf([
    { volume: { name: 'configuration', secret: { secretName: NAME } }, path: CONFIGURATION_DIRECTORY },
    scratchFolder('data', DATA_DIRECTORY),
  ]);
  const whoTheyAre = people.map(({ email, name, groups }) => ({ email, name, groups }));
  return {
    metadata: { name: NAME, namespace, labels: LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: podMetadata(
          LABELS,
          { annotations: {}, labels: {} },
          checksumAnnotation({
            plain: { [NAME]: { people: JSON.stringify(whoTheyAre), [CONFIGURATION_FILE]: configuration() } },
            secrets: Object.fromEntries(people.map(({ email, password }) => [`${NAME}/${email}`, password])),
            guards: [auth?.rootToken],
          }),
        ),
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          ...pullSecretsOf(props),
          ...(isRestricted ? { securityContext: podSecurityContext(USER_ID) } : {}),
          containers: [
            {
              name: 'slapd',
              image: image.reference,
              imagePullPolicy: image.pullPolicy,
              command: ['/bin/sh', '-ec', START],
              ports: [{ name: 'ldap', containerPort: PORT }],
              readinessProbe: {
                tcpSocket: { port: k8s.IntOrString.fromString('ldap') },
                periodSeconds: 5,
                failureThreshold: 6,
              },
              resources: {
                requests: {
                  cpu: k8s.Quantity.fromString('10m'),
                  memory: k8s.Quantity.fromString('64Mi'),
                },
              },
              ...mounts.container,
              ...(isRestricted ? { securityContext: containerSecurityContext(USER_ID) } : {}),
            },
          ],
          ...mounts.pod,
        },
      },
    },
  };
}

/**
 * A container that is started again finds the data of the one before. slapd keeps memory for as many connections as it may have
 * files, which is gigabytes where a runtime sets no bound. With a debug level it stays in the foreground.
 */
const START = [
  'ulimit -n 1024',
  `rm -rf ${DATA_DIRECTORY}/*`,
  `/usr/sbin/slapadd -f ${CONFIGURATION_DIRECTORY}/${CONFIGURATION_FILE} -l ${CONFIGURATION_DIRECTORY}/${ENTRIES_FILE}`,
  `exec /usr/sbin/slapd -f ${CONFIGURATION_DIRECTORY}/${CONFIGURATION_FILE} -h ldap://0.0.0.0:${PORT}/ -d stats`,
].join('\n');

/** Debian's places of schemas and modules. No one administers the directory, so there is no root. */
function configuration(): string {
  return [
    ...['core', 'cosine', 'inetorgperson'].map((schema) => `include /etc/ldap/schema/${schema}.schema`),
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    'database mdb',
    `suffix "${SUFFIX}"`,
    `directory ${DATA_DIRECTORY}`,
    'access to attrs=userPassword by anonymous auth by * none',
    'access to * by * read',
    '',
  ].join('\n');
}

/** One attribute of an entry, and its values. */
type Attribute = readonly [name: string, ...values: readonly string[]];

/** Entries from the suffix down. What people are called is in no name of an entry, so nothing in it needs escaping. */
function entries({ people }: DevUsers): string {
  const [, root] = SUFFIX.split('=');
  const personAt = (index: number): string => `uid=person-${index + 1},${DEV_DIRECTORY.people}`;
  const groups = [...new Set(people.flatMap((person) => person.groups))];
  return [
    entry(SUFFIX, [
      ['objectClass', 'dcObject', 'organization'],
      ['dc', root ?? ''],
      ['o', 'People to try things with'],
    ]),
    ...['people', 'groups'].map((unit) =>
      entry(`ou=${unit},${SUFFIX}`, [
        ['objectClass', 'organizationalUnit'],
        ['ou', unit],
      ]),
    ),
    ...people.map(({ email, name, password }, index) =>
      entry(personAt(index), [
        ['objectClass', 'inetOrgPerson'],
        ['uid', `person-${index + 1}`],
        ['cn', name],
        ['sn', name],
        ['mail', email],
        ['userPassword', keptPassword(password.value.reveal(), email)],
      ]),
    ),
    ...groups.map((group, index) =>
      entry(`ou=group-${index + 1},${DEV_DIRECTORY.groups}`, [
        ['objectClass', 'groupOfNames'],
        ['ou', `group-${index + 1}`],
        ['cn', group],
        ['member', ...people.flatMap((person, at) => (person.groups.includes(group) ? [personAt(at)] : []))],
      ]),
    ),
  ].join('\n');
}

/**
 * A password as slapd keeps it (RFC 3112, OpenLDAP's libraries/liblutil/passwd.c): as it is, or hashed where it begins as the name
 * of a hash would, such as `{x}y`, which slapd would compare with nothing.
 */
function keptPassword(password: string, email: string): string {
  if (!password.startsWith('{')) return password;
  const salt = createHash('sha256').update(email).digest().subarray(0, 8);
  const digest = createHash('sha1').update(password).update(salt).digest();
  return `{SSHA}${Buffer.concat([digest, salt]).toString('base64')}`;
}

/** An entry as LDIF (RFC 2849), with every value as base64: no text in it is read as anything else. */
function entry(name: string, attributes: readonly Attribute[]): string {
  const lines = attributes.flatMap(([key, ...values]) =>
    values.map((value) => `${key}:: ${Buffer.from(value).toString('base64')}`),
  );
  return [`dn: ${name}`, ...lines, ''].join('\n');
}
