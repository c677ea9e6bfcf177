import type { Chance } from '../../support/chance';
import type { Over } from './program';

const connector = (id: string, word: string): object => ({
  type: 'oidc',
  id,
  name: `Login ${id}`,
  config: {
    issuer: 'https://login.acme.com',
    clientID: `client-${word}`,
    clientSecret: `planted-connector-${word}`,
    insecureSkipEmailVerified: true,
  },
});

/** What documents differ in: each aspect with the parts that it may lay over the quickstart. */
const aspects: readonly (readonly Over[])[] = [
  [{}, { console: { enabled: false } }, { console: { image: { tag: '2.12.0' } } }],
  [{}, { auth: { rootToken: 'planted-root-token-one' } }, { auth: { rootToken: 'planted-root-token-two' } }],
  [
    {},
    { auth: { roleBindings: { 'user:ada@acme.com': ['clusterAdmin', 'repoReader'] } } },
    { auth: { roleBindings: { 'group:data': ['projectCreator'], 'user:bob@acme.com': ['clusterAdmin'] } } },
  ],
  [{}, { auth: { sessionDuration: '12h' } }],
  [
    {},
    { identity: { connectors: [connector('corp', 'one')] } },
    { identity: { connectors: [connector('corp', 'two'), connector('other', 'three')] } },
  ],
  [
    {},
    {
      identity: {
        clients: [
          { id: 'cli', name: 'CLI', secret: 'planted-client', redirectURIs: ['https://cli.acme.com/'] },
        ],
      },
    },
  ],
  [
    {},
    { pachd: { environment: { LOG_LEVEL: 'debug' } } },
    { pachd: { environment: { LOG_LEVEL: 'info', A: 'b' } } },
  ],
  [{}, { pachd: { resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } } } }],
  [{}, { pachd: { service: { annotations: { team: 'data' } } } }],
  [
    {},
    { access: { proxy: { replicas: 2 } } },
    { access: { proxy: { service: { annotations: { 'acme.com/x': 'y' } } } } },
  ],
  [{}, { access: { host: 'pach.acme.com', port: null } }],
  [{}, { etcd: { size: '20Gi' } }, { etcd: { resources: { requests: { cpu: '100m' } } } }],
  [{}, { database: { internal: { size: '20Gi' } } }],
  [{}, { securityContexts: false }],
  [{}, { pachd: { image: { tag: '2.12.0' } } }],
];

/** A document made by chance: most aspects as in the quickstart, some not. */
export function randomOver(chance: Chance): readonly Over[] {
  return aspects.map((choices) => {
    const index = chance.fraction() < 0.5 ? 0 : chance.below(choices.length);
    return choices[index] ?? {};
  });
}
