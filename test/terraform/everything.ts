import { BASE } from './cluster-of';

/** A document whose `auth0` section uses every field that makes a resource. */
export const EVERYTHING = `${BASE}profile: dev
auth:
  roleBindings: { "group:data-science": [clusterAdmin], "user:ada@acme.com": [clusterAdmin], "group:a b": [clusterAdmin] }
auth0:
  domain: acme.eu.auth0.com
  application: { name: Pachyderm, description: The data cluster, logoutURLs: [https://acme.com/bye] }
  groups: { claim: https://acme.com/groups }
  connections: [google-workspace, con_9dKKcib71UMRiHHW]
  database: { name: pachyderm-users }
  allow: { emailDomains: [ACME.com], roles: [data-science], connections: [google-workspace, pachyderm-users] }
  organizations:
    usage: require
    requireBehavior: post_login_prompt
    create: [{ name: acme, connections: [google-workspace, pachyderm-users], assignMembershipOnLogin: true }]
  users: [{ email: ada@acme.com, name: Ada, password: { env: ADA }, roles: [data-science] }]
`;
