/** The document that `pachkit init` writes: a dev cluster that needs no license, no account and no cluster to synthesize. */
export function starterDocument(clusterName: string): string {
  // A folder may be called 2025 or true, which YAML takes for something other than a string.
  const name = /^(\d.*|true|false|null)$/.test(clusterName) ? `'${clusterName}'` : clusterName;
  return `# yaml-language-server: $schema=./schemas/cluster.schema.json
apiVersion: pachkit/v1
name: ${name}
release: 2.12.0-rc.3

# dev permits the mock login and the seed below. For a cluster that others can reach, remove this line and the section
# secrets, and replace the mock login by a connector of your identity provider, such as: type: ldap.
profile: dev

# Secrets are derived from the seed, so that every machine makes the same dev cluster.
secrets:
  seed: ${name}

# Browsers and pachctl come in through Pachyderm's proxy, here at a forwarded port of this machine that needs no root.
# For a public name, in place of the port:
#   host: pachyderm.example.com
#   tls: { secretName: pachyderm-tls }
access:
  via: proxy
  port: 8080

auth:
  roleBindings:
    "user:kilgore@kilgore.trout": [clusterAdmin]
    allClusterUsers: [projectCreator]

identity:
  connectors:
    # Logs in as kilgore@kilgore.trout. pachkit explain identity.connectors lists what a connector takes.
    - type: mockPassword
      id: test
      name: Mock login
      config: { username: admin, password: password }

storage:
  local: { hostPath: /var/pachyderm/ }
`;
}
