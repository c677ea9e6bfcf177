import { describeRule } from '../../support/rule-cases';
import { STANDALONE, EXTERNAL } from './documents';

describeRule('DEX302', [
  {
    shows: 'memory in production',
    document: `${STANDALONE}\ndex: { storage: { ▸memory: {} } }`,
    says: ['logs everyone out'],
    severity: 'error',
  },
  {
    shows: 'a file in production',
    document: `${STANDALONE}\ndex: { storage: { ▸sqlite3: {} } }`,
    says: ['only one pod'],
  },
  { shows: 'memory in dev', document: `profile: dev${STANDALONE}\ndex: { storage: { memory: {} } }` },
  { shows: 'custom resources', document: `${STANDALONE}\ndex: { storage: { kubernetes: {} } }` },
  { shows: 'the default', document: STANDALONE },
]);

describeRule('DEX303', [
  {
    shows: 'two pods with memory',
    document: `profile: dev${STANDALONE}\ndex: { replicas: ▸2, storage: { memory: {} } }`,
    says: ['User session error'],
    severity: 'error',
  },
  {
    shows: 'two pods with a file',
    document: `profile: dev${STANDALONE}\ndex: { replicas: ▸2, storage: { sqlite3: {} } }`,
    says: ['do not share storage sqlite3'],
  },
  { shows: 'one pod', document: `profile: dev${STANDALONE}\ndex: { replicas: 1, storage: { memory: {} } }` },
  { shows: 'two pods with a database', document: `${STANDALONE}\ndex: { replicas: 2 }` },
]);

describeRule('DEX304', [
  {
    shows: 'an external server silently on encryption',
    document: `${STANDALONE}${EXTERNAL}\n▸dex: { replicas: 2 }`,
    says: ['SSL is not enabled on the server'],
    severity: 'warning',
  },
  {
    shows: 'a mode that Dex does not know',
    document: `${STANDALONE}${EXTERNAL}\n  sslMode: prefer\ndex: { storage: { ▸postgres: { maxOpenConns: 9 } } }`,
    says: ['Nothing says how Dex connects to db.acme.com'],
  },
  {
    shows: 'another server without a mode',
    document: `${STANDALONE}
dex: { storage: { ▸postgres: { host: other.acme.com, user: dex, password: { env: PASSWORD } } } }`,
    says: ['other.acme.com'],
  },
  { shows: "the cluster's mode", document: `${STANDALONE}${EXTERNAL}\n  sslMode: require` },
  {
    shows: 'a mode of its own',
    document: `${STANDALONE}${EXTERNAL}\ndex: { storage: { postgres: { sslMode: disable } } }`,
  },
  { shows: 'the server in the namespace', document: STANDALONE },
  { shows: 'no database', document: `${STANDALONE}${EXTERNAL}\ndex: { storage: { kubernetes: {} } }` },
]);

describeRule('DEX305', [
  {
    shows: 'encryption to the server in the namespace',
    document: `${STANDALONE}\ndex: { storage: { postgres: { sslMode: ▸require } } }`,
    says: ['serves no TLS'],
    severity: 'error',
  },
  {
    shows: 'verification without an authority',
    document: `${STANDALONE}${EXTERNAL}\ndex: { storage: { postgres: { sslMode: ▸verify-full } } }`,
    says: ['certificate signed by unknown authority'],
    severity: 'warning',
  },
  {
    shows: 'verification with one',
    document: `${STANDALONE}${EXTERNAL}
  sslCertificateAuthority: '-----BEGIN CERTIFICATE-----'
dex: { storage: { postgres: { sslMode: verify-full } } }`,
  },
  {
    shows: 'encryption without verification',
    document: `${STANDALONE}${EXTERNAL}\ndex: { storage: { postgres: { sslMode: require } } }`,
  },
]);

describeRule('DEX306', [
  {
    shows: 'the database of a changed Dex',
    document: `release: 2.6.4\n▸dex: { replicas: 2 }${STANDALONE}`,
    says: ['pachd 2.6.4 keeps tables of another form'],
    severity: 'error',
  },
  {
    shows: 'a database of its own',
    document: `release: 2.6.4\ndex: { storage: { postgres: { database: login } } }${STANDALONE}`,
  },
  { shows: 'the database of a Dex with tables of its kind', document: `release: 2.7.0${STANDALONE}` },
  {
    shows: 'another server',
    document: `release: 2.6.4
dex:
  storage:
    postgres: { host: db.acme.com, user: dex, password: { env: P }, sslMode: require }${STANDALONE}`,
  },
  {
    shows: "pachd's own database",
    document: `${STANDALONE}\ndex: { storage: { postgres: { database: ▸pachyderm } } }`,
    says: ['column "num" does not exist'],
    severity: 'error',
  },
  {
    shows: "pachd's own database, which is that of its Dex too",
    document: `${STANDALONE}\ndatabase: { name: dex }\ndex: { storage: { postgres: { database: ▸dex } } }`,
    says: ['pachd keeps its own tables in the database dex'],
  },
  {
    shows: 'one database for pachd and its Dex, which standalone Dex only follows: IDN011 says that',
    document: `${STANDALONE}\ndatabase: { name: all, identityName: all }\ndex: { replicas: 2 }`,
  },
  {
    shows: "a database of the name of pachd's on another server",
    document: `${STANDALONE}
dex:
  storage:
    postgres: { host: db.acme.com, user: dex, password: { env: P }, sslMode: require, database: pachyderm }`,
  },
]);

const CLIENT_CERTIFICATE = `${STANDALONE}${EXTERNAL}\n  sslMode: require\n  sslSecretName: `;

describeRule('DEX320', [
  {
    shows: 'a key that the driver refuses',
    document: `${CLIENT_CERTIFICATE}▸db-client\ndex: { version: 2.31.2 }`,
    says: ['Dex 2.31 cannot use the key in db-client'],
    severity: 'error',
  },
  { shows: 'a later Dex', document: `${CLIENT_CERTIFICATE}db-client\ndex: { version: 2.32.0 }` },
  {
    shows: 'no encryption',
    document: `${CLIENT_CERTIFICATE}db-client
dex: { version: 2.31.2, storage: { postgres: { sslMode: disable } } }`,
  },
]);
