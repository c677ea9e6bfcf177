import { describeRule } from '../support/rule-cases';

describeRule('AUT001', [
  {
    shows: 'slips, the name that the manual has, and a role that is nowhere',
    document: `
auth:
  roleBindings:
    'user:ada@acme.com': [clusterAdmin, ▸clusteradmn]
    'group:ops': [▸logReader]
    'group:all': [▸wizard, ▸constructor]
`,
    says: [
      'unknown role "clusteradmn"',
      'unknown role "logReader"',
      'unknown role "wizard"',
      'unknown role "constructor"',
    ],
    severity: 'error',
  },
  {
    shows: 'roles of later releases',
    document: `
release: 2.4.6
auth:
  roleBindings:
    allClusterUsers: [▸projectCreator, ▸lokiLogReader, repoReader]
`,
    says: ['Release 2.4.6 has no role projectCreator, and pachd does not start', 'no role lokiLogReader'],
  },
  {
    shows: 'what fails where a job binds roles',
    document: `
release: 2.2.8
auth: { roleBindings: { 'user:ada@acme.com': [▸projectOwner] } }
`,
    says: ['the job that bootstraps the cluster fails'],
  },
  {
    shows: 'roles of the release',
    document: `
release: 2.6.0
auth: { roleBindings: { 'user:ada@acme.com': [clusterAdmin, projectCreator, lokiLogReader, pachdLogReader] } }
`,
  },
]);

describeRule('AUT002', [
  {
    shows: 'a user without an address where people have addresses',
    document: `
auth: { roleBindings: { ▸user:ada: [clusterAdmin] } }
identity:
  connectors:
    - { type: ldap, id: corp, name: Corp, config: { host: ldap.acme.com, userSearch: { emailAttr: mail } } }
`,
    says: ['no one is user:ada'],
    severity: 'warning',
  },
  {
    shows: 'no user by what is taken for the address, where that is another attribute',
    document: `
auth: { roleBindings: { user:ada: [clusterAdmin], ▸'user: bob': [clusterAdmin] } }
identity:
  connectors:
    - { type: ldap, id: corp, name: Corp, config: { host: ldap.acme.com, userSearch: { emailAttr: uid } } }
`,
    says: ['a blank around its name'],
  },
  {
    shows: 'no user by the claim that stands for the address',
    document: `
auth: { roleBindings: { user:ada: [clusterAdmin], ▸robt:ci: [clusterAdmin] } }
identity:
  connectors:
    - { type: oidc, id: corp, name: Corp, config: { issuer: https://id.acme.com, claimMapping: { email: preferred_username } } }
`,
    says: ['robt:'],
  },
  {
    shows: 'roles with the subjects that have them',
    document: `
auth:
  roleBindings:
    ▸clusterAdmin: ["user:ada@acme.com", bob@acme.com]
    ▸projectCreator: [allClusterUsers]
`,
    says: [
      'clusterAdmin is a role, and the subjects that have it are in the place of roles',
      'projectCreator',
    ],
    hints: [
      'write a line for each subject, such as user:ada@acme.com: [clusterAdmin]',
      'write a line for each subject, such as allClusterUsers: [projectCreator]',
    ],
    severity: 'error',
  },
  {
    shows: 'subjects that pachd refuses',
    document: `
auth:
  roleBindings:
    ▸ada@acme.com: [clusterAdmin]
    ▸"users:ada@acme.com": [clusterAdmin]
    ▸'pach:root': [clusterAdmin]
    ▸'internal:auth-server': [clusterAdmin]
    ▸'robot:ci:main': [repoReader]
    ▸allclusterusers: [projectCreator]
    ▸'__proto__:x': [repoReader]
`,
    says: [
      'subject has no prefix, must be of the form <type>:<name>',
      'subject has unrecognized prefix: users:',
      'cannot modify cluster role bindings for pach: users',
      "Subjects that begin with internal: are Pachyderm's own",
      "robot names cannot contain colons (':')",
      'subject has no prefix',
      'subject has unrecognized prefix: __proto__:',
    ],
    severity: 'error',
  },
  {
    shows: 'names that are empty or begin with a blank',
    document: `
auth:
  roleBindings:
    ▸'user:': [clusterAdmin]
    ▸'user: ada@acme.com': [clusterAdmin]
    ▸'robot: ': [repoReader]
`,
    says: [
      'everyone whose address the identity provider leaves empty',
      'a blank around its name',
      'no one is that',
    ],
    severity: 'error',
  },
  {
    shows: 'subjects that are meant as patterns',
    document: `
auth:
  roleBindings:
    ▸'user:*@acme.com': [projectCreator]
    ▸'group:acme/*': [projectViewer]
    ▸'pipeline:*': [repoReader]
    'group:a?[b]': [projectViewer]
`,
    says: ['knows no wildcards, so no one is user:*@acme.com', 'group:acme/*', 'pipeline:*'],
    severity: 'warning',
  },
  {
    shows: 'subjects that no one is',
    document: `
auth:
  roleBindings:
    ▸'user:ada': [clusterAdmin]
    ▸'pipeline:edges': [repoReader]
`,
    says: ['no one is user:ada', 'pipeline:PROJECT/NAME'],
    severity: 'warning',
  },
  {
    shows: 'a pipeline in a project on a release without projects',
    document: `
release: 2.4.6
auth: { roleBindings: { ▸'pipeline:default/edges': [repoReader] } }
`,
    says: ['Release 2.4.6 has no projects'],
  },
  {
    shows: 'subjects of every form',
    document: `
auth:
  roleBindings:
    'user:ada@acme.com': [clusterAdmin]
    'group:data science:eu': [repoReader]
    'robot:ci': [repoReader]
    'pipeline:default/edges': [repoReader]
    allClusterUsers: [projectCreator]
`,
  },
]);
