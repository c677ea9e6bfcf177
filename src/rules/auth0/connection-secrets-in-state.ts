import type { PathStep } from '../../document/source-node';
import { isLookedUp } from '../../model/auth0-connections';
import type { Rule } from '../rule';
import { isStateEncrypted } from './state-encryption';

export const connectionSecretsInState: Rule = {
  code: 'TFM020',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: "Client secrets of identity providers in Terraform's state",
  reason:
    "Terraform needs the id of a connection. For a name it asks the provider's data source auth0_connection, which stores the whole connection in the state: the client secret that the tenant has at Google, Okta or Entra is there in plain text, not marked as sensitive, and terraform show prints it. Anyone who reads the state can use it in place of the tenant. It is not a secret of this cluster, so profile dev makes it no less valuable; there the finding is a warning.",
  remedy:
    'Write the id of the connection instead of its name: con_ and 16 letters or digits. The page of the connection in the Auth0 Dashboard shows it, and so does: auth0 api get "connections?name=NAME". Then nothing is looked up. Or declare that the backend encrypts the state: encrypt: true for s3, encryptedState: true for others. auth0.allow.connections takes names without a lookup.',
  *check({ document, cluster }) {
    const { auth0 } = cluster;
    if (!auth0 || auth0.application.provision === 'none' || isStateEncrypted(auth0)) return;
    const { connections = [], organizations } = document.auth0 ?? {};
    const places: [path: PathStep[], names: readonly string[]][] = [
      [['auth0', 'connections'], connections],
      ...(organizations?.create ?? []).map(({ connections: names = [] }, index): [PathStep[], string[]] => [
        ['auth0', 'organizations', 'create', index, 'connections'],
        names,
      ]),
    ];
    for (const [path, names] of places)
      for (const [index, name] of names.entries())
        if (isLookedUp(name, auth0))
          yield {
            path: [...path, index],
            ...(cluster.profile === 'dev' ? { severity: 'warning' as const } : {}),
            message: `"${name}" is looked up by its name, which puts the whole connection into Terraform's state: the client secret of its identity provider is there in plain text, and nothing says that the backend ${auth0.terraform.backend.kind} encrypts it`,
            hint: `write its id, con_…, which this prints: auth0 api get "connections?name=${name}"; or declare the encryption: auth0.terraform.encryptedState: true`,
          };
  },
};
