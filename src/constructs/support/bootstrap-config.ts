import { isConfidential } from '../../model/confidential-client';
import type { Cluster, Enterprise } from '../../model/cluster';
import { composedSecret, type SecretReference } from '../../model/secret';
import { activeAuth, pachdClientID } from '../../model/auth-state';
import {
  authConfigDocument,
  clientDocument,
  connectorDocuments,
  identityConfigDocument,
  ownClientDocuments,
} from './dex-documents';
import { toYaml } from './yaml';
import { placeOf, secretVariable } from './environment';
import type { k8s } from './kubernetes';
import type { SecretData } from './secret-data';
import { PLACES } from '../../model/secret-places';

/** What config-pod's files are made of. */
export type BootstrapConfigProps = Pick<
  Cluster,
  'release' | 'auth' | 'enterprise' | 'identity' | 'dex' | 'console' | 'urls'
>;

/** What config-pod reads: files, and variables that the files refer to. */
export interface BootstrapConfig {
  readonly data: SecretData;
  readonly variables: readonly k8s.EnvVar[];
}

/**
 * The files of config-pod 0.5, as the official charts 2.0 to 2.2 write them; a step whose file is missing is skipped.
 *
 * A string that begins with `$` is for config-pod the name of a variable. That holds for whole files and for the fields
 * `secret`, `client_secret` and `cluster_deployment_id`, and is how secrets get in that exist already.
 */
export function bootstrapConfig(cluster: BootstrapConfigProps): BootstrapConfig {
  const variables = new Variables();
  const { enterprise } = cluster;
  // Console has its secret in a Secret of its own, so for config-pod it is always a variable.
  const consoleSecret = consoleSecretReference(cluster, variables);
  const data: Record<string, string> = {
    ...(enterprise ? enterpriseFiles(cluster, enterprise, variables) : {}),
    ...authFiles(cluster, consoleSecret, variables),
  };
  return {
    data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, composedSecret(text)])),
    variables: variables.list,
  };
}

/** Collects the variables that strings refer to. */
class Variables {
  readonly list: k8s.EnvVar[] = [];

  /** The secret's own text, or the reference to a variable that holds it. */
  text(variable: string, reference: SecretReference): string {
    return reference.kind === 'literal'
      ? reference.value.reveal()
      : this.reference(variable, reference.name, reference.key);
  }

  /** A reference to a variable that is filled from a key of a Secret. */
  reference(variable: string, name: string, key: string): string {
    if (!this.list.some((known) => known.name === variable))
      this.list.push(secretVariable(variable, name, key));
    return `$${variable}`;
  }
}

function enterpriseFiles(
  cluster: BootstrapConfigProps,
  enterprise: Enterprise,
  variables: Variables,
): Record<string, string> {
  const { member, licenseKey } = enterprise;
  const secret = variables.text('ENTERPRISE_SECRET', enterprise.secret);
  if (member) {
    const id = pachdClientID(cluster);
    return {
      enterpriseServerAddress: member.serverAddress,
      enterpriseRootToken: variables.text('ENTERPRISE_ROOT_TOKEN', member.serverToken),
      enterpriseClusters: toYaml([
        {
          address: member.callbackAddress,
          id,
          secret,
          user_address: member.userAddress,
          cluster_deployment_id: `$${PLACES.deploymentID.key}`,
        },
      ]),
      enterpriseConfig: toYaml({ id, license_server: member.serverAddress, secret }),
    };
  }
  return {
    ...(licenseKey === undefined ? {} : { license: variables.text('ENTERPRISE_LICENSE_KEY', licenseKey) }),
    enterpriseSecret: secret,
  };
}

function authFiles(
  cluster: BootstrapConfigProps,
  consoleSecret: string,
  variables: Variables,
): Record<string, string> {
  const auth = activeAuth(cluster);
  if (!auth) return {};
  const { identity } = cluster;
  const clientSecret = variables.text('PACHD_OAUTH_CLIENT_SECRET', auth.clientSecret);
  // A member has no standalone Dex to configure; that of the enterprise server has its settings from there.
  // The Dex inside pachd is not for use where there is one beside it.
  const dexFiles =
    cluster.enterprise?.member || cluster.dex
      ? {}
      : {
          identityServiceConfig: toYaml(identityConfigDocument(cluster)),
          ...connectorFile(cluster, variables),
        };
  return {
    ...dexFiles,
    authConfig: toYaml(authConfigDocument(auth, cluster, clientSecret)),
    oidcClients: toYaml([
      ...ownClientDocuments(cluster, { pachd: clientSecret, console: consoleSecret }, identity.trustedPeers),
      ...(cluster.dex ? [] : identity.clients.filter(isConfidential)).map((client, index) =>
        clientDocument(client, variables.text(`OIDC_CLIENT_SECRET_${index + 1}`, client.secret)),
      ),
    ]),
    rootToken: variables.text('ROOT_TOKEN', auth.rootToken),
    ...(auth.roleBindings ? { clusterRoleBindings: toYaml(auth.roleBindings) } : {}),
  };
}

function connectorFile(cluster: BootstrapConfigProps, variables: Variables): { idps?: string } {
  const { connectors, connectorsFrom } = cluster.identity;
  if (connectorsFrom)
    return { idps: variables.reference('UPSTREAM_IDPS', connectorsFrom.name, connectorsFrom.key) };
  return connectors.length === 0 ? {} : { idps: toYaml(connectorDocuments(cluster)) };
}

function consoleSecretReference({ console }: BootstrapConfigProps, variables: Variables): string {
  if (!console.enabled) return '';
  const { name, key } = placeOf(console.clientSecret, PLACES.consoleClientSecret);
  return variables.reference('CONSOLE_OAUTH_CLIENT_SECRET', name, key);
}
