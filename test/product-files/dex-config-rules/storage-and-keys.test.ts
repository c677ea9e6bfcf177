import { describeServerRule } from '../support/server-rule-cases';

const postgres = (config: string): string => `{ type: postgres, config: { host: db, ${config} } }`;

describeServerRule('DEX219', [
  {
    shows: 'neither',
    sections: { storage: '{ type: kubernetes, ▸config: {} }' },
    says: ["must specify either 'inCluster' or 'kubeConfigFile'"],
    severity: 'error',
  },
  {
    shows: 'both',
    sections: { storage: '{ type: kubernetes, config: { inCluster: true, ▸kubeConfigFile: /k } }' },
    says: ["cannot specify both 'inCluster' and 'kubeConfigFile'"],
  },
  { shows: 'one', sections: { storage: '{ type: kubernetes, config: { kubeConfigFile: /k } }' } },
  { shows: 'another storage' },
]);

describeServerRule('DEX304', [
  {
    shows: 'no mode',
    sections: { storage: '{ type: postgres, ▸config: { host: db } }' },
    says: ['demands a certificate of Postgres that the system trusts'],
    severity: 'warning',
  },
  { shows: 'a mode', sections: { storage: postgres('ssl: { mode: require }') } },
  { shows: 'an authority for the default', sections: { storage: postgres('ssl: { caFile: /ca }') } },
  { shows: 'a socket', sections: { storage: '{ type: postgres, config: { host: /cloudsql/p:r:i } }' } },
  { shows: 'mysql', sections: { storage: '{ type: mysql, config: { host: db } }' } },
]);

describeServerRule('DEX305', [
  {
    shows: 'verify-full',
    sections: { storage: postgres('ssl: { mode: ▸verify-full }') },
    says: ['x509: certificate signed by unknown authority'],
    severity: 'warning',
  },
  {
    shows: 'verify-ca',
    sections: { storage: postgres('ssl: { mode: ▸verify-ca }') },
    says: ['With verify-ca'],
  },
  { shows: 'an authority', sections: { storage: postgres('ssl: { mode: verify-full, caFile: /ca }') } },
  {
    shows: 'a socket',
    sections: {
      storage: '{ type: postgres, config: { host: /run/postgresql, ssl: { mode: verify-full } } }',
    },
  },
  { shows: 'no verification', sections: { storage: postgres('ssl: { mode: require }') } },
]);

describeServerRule('DEX235', [
  {
    shows: 'neither address nor token',
    sections: { signer: '{ type: vault, ▸config: { keyName: dex } }' },
    says: ['environment variables VAULT_ADDR and VAULT_TOKEN'],
    severity: 'warning',
  },
  {
    shows: 'no token',
    sections: { signer: '{ type: vault, ▸config: { keyName: dex, addr: "https://vault:8200" } }' },
    says: ['environment variable VAULT_TOKEN'],
  },
  {
    shows: 'both',
    sections: { signer: '{ type: vault, config: { keyName: dex, addr: "https://vault:8200", token: $T } }' },
  },
  {
    shows: 'a Dex that does not read the section',
    sections: { signer: '{ type: vault, config: { keyName: dex } }' },
    target: 'dex@2.44',
  },
]);

const mysql = (ssl: string): string => `{ type: mysql, config: { host: db, ssl: ${ssl} } }`;

describeServerRule('DEX239', [
  {
    shows: 'no files',
    sections: { storage: mysql('{ mode: ▸custom }') },
    says: ['`failed to initialize storage: … unknown config name: custom`'],
    severity: 'error',
  },
  { shows: 'a file', sections: { storage: mysql('{ mode: custom, caFile: /ca.pem }') } },
  { shows: 'another mode', sections: { storage: mysql('{ mode: Preferred }') } },
]);
