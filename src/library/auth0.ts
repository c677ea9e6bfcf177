import { Construct } from 'constructs';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { PachydermAuth0Props } from '../generated/cluster-props';
import type { Auth0 } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import { withoutSecrets } from '../model/secret-reader';
import { checkDocument } from '../pipeline/check-document';
import { present } from '../pipeline/present';
import { NEWEST_EXAMPLE } from '../releases/pachyderm';
import { Auth0Application as Auth0Resources } from '../terraform/auth0-application';
import { fillAuth0Stack } from '../terraform/auth0-stack';
import { TerraformStack, type TerraformResource } from '../terraform/cdktf';
import { withoutErrors } from './invalid-cluster-error';
import { propsDocument } from './props-document';
import { modelOf, type ResolvedCluster } from './resolved-cluster';
import { isAtOrUnder } from '../document/source-node';

/** Secrets that the caller's stack has values for; without them each is a variable that `terraform plan` asks for. */
export interface Auth0ApplicationSecrets {
  /**
   * The client secret as a reference to an ephemeral value, such as `variable.stringValue`. It has to be the one that the
   * cluster's connector has, or every login fails.
   * @default - an ephemeral variable `auth0_client_secret`, named after this construct; with `clientSecretFrom: 'state'` Auth0
   * makes the secret
   */
  readonly clientSecret?: string;
  /**
   * The passwords of `auth0.users` by e-mail address in lowercase, as references to values.
   * @default - a variable for each
   */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** An application at Auth0 for a cluster that these constructs do not make. */
export interface Auth0ApplicationProps {
  /** The application and who may log in with it, as in the props of a cluster. */
  readonly auth0: PachydermAuth0Props;
  /** Where Auth0 sends browsers back to: Dex's callback, such as `https://pachyderm.acme.com/dex/callback`. */
  readonly callbackUrl: string;
  /** Name of the cluster: lowercase letters, digits and hyphens. The Actions at Auth0 are named after it. */
  readonly clusterName: string;
  /**
   * What the cluster is for: `dev` permits users with passwords and callbacks on localhost.
   * @default 'production'
   */
  readonly profile?: 'production' | 'dev';
}

/** An application at Auth0 for a cluster that was resolved: its callback URL, its roles and its name agree with it. */
export interface Auth0ClusterProps {
  /** The cluster: `PachydermCluster.resolved`, or one of `loadClusters()`. Its field `auth0` says what is made. */
  readonly cluster: ResolvedCluster;
}

/**
 * The application at Auth0 that Dex's connector logs people in with, and everything that belongs to it, in a stack beside
 * other resources. Every resource adds to the tenant; none takes over a list that others may have entries in. A stack without
 * a provider for Auth0 gets one; one of its own has to be there before this construct.
 *
 * Throws `InvalidClusterError`, which lists all errors, when logins would fail.
 *
 * @example
 * ```ts
 * new Auth0Application(stack, 'login', { cluster: cluster.resolved });
 * ```
 */
export class Auth0Application extends Construct {
  /** Client id of the application, as a reference for other resources and outputs. */
  readonly clientId: string;
  /** The resource `auth0_client`. */
  readonly client: TerraformResource;
  /** The resource `auth0_client_credentials`, which holds the client secret and how it is sent. */
  readonly credentials: TerraformResource;
  /** What was found that does not stop the application; empty for a cluster that was resolved before. */
  readonly warnings: readonly Diagnostic[];

  /**
   * @param scope - the stack, or a construct inside one
   * @param id - id of the construct; names of resources and variables begin with it
   * @param props - a resolved cluster, or the application by itself
   */
  constructor(
    scope: Construct,
    id: string,
    props: (Auth0ApplicationProps | Auth0ClusterProps) & Auth0ApplicationSecrets,
  ) {
    super(scope, id);
    const { auth0, clusterName, warnings } = resolveAuth0(this, props);
    const { clientSecret, passwords } = props;
    const resources = new Auth0Resources(this, 'Default', {
      auth0,
      clusterName,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      ...(passwords === undefined ? {} : { passwords }),
    });
    this.client = resources.client;
    this.credentials = resources.credentials;
    this.clientId = resources.client.clientId;
    this.warnings = warnings;
  }
}

/**
 * A whole stack for the application at Auth0: what `pachkit synth` writes as Terraform, with backend, provider, variables and
 * the outputs `client_id` and `callback_urls`. Needs Terraform 1.11 or OpenTofu 1.11.
 *
 * Throws `InvalidClusterError`, which lists all errors, when logins would fail.
 */
export class Auth0Stack extends TerraformStack {
  /** Client id of the application, as a reference. */
  readonly clientId: string;
  /** What was found that does not stop the application; empty for a cluster that was resolved before. */
  readonly warnings: readonly Diagnostic[];

  /**
   * @param scope - cdktf's App
   * @param id - name of the stack
   * @param props - a resolved cluster, or the application by itself
   */
  constructor(scope: Construct, id: string, props: Auth0ApplicationProps | Auth0ClusterProps) {
    super(scope, id);
    const { auth0, clusterName, warnings } = resolveAuth0(this, props);
    this.clientId = fillAuth0Stack(this, { auth0, clusterName }).client.clientId;
    this.warnings = warnings;
  }
}

interface ResolvedAuth0 {
  readonly auth0: Auth0;
  readonly clusterName: string;
  readonly warnings: readonly Diagnostic[];
}

/** Any release: none of the rules about Auth0 asks for one. */
const RELEASE = NEWEST_EXAMPLE;

function resolveAuth0(construct: Construct, props: Auth0ApplicationProps | Auth0ClusterProps): ResolvedAuth0 {
  const { path } = construct.node;
  if ('cluster' in props) {
    const { auth0, name } = modelOf(props.cluster);
    if (!auth0) throw new Error(`the cluster ${name}, which ${path} is for, has no field auth0`);
    if (auth0.application.provision === 'none')
      throw new Error(
        `the application of the cluster ${name}, which ${path} is for, is managed elsewhere (provision: none)`,
      );
    return { auth0, clusterName: name, warnings: [] };
  }
  const { auth0, callbackUrl, clusterName, profile = 'production' } = props;
  const { document, diagnostics } = propsDocument(
    {
      name: clusterName,
      release: RELEASE,
      profile,
      // Dex answers at its issuer's path and /callback; whether the URL ends so is all that is known of the cluster.
      access: {
        via: 'portForward',
        urls: { callback: callbackUrl, issuer: callbackUrl.replace(/\/[^/]*$/, '') },
      },
      auth0,
    },
    path,
    clusterName,
  );
  const found = document ? checkDocument(document).diagnostics : diagnostics;
  const warnings = withoutErrors(
    path,
    present(found).flatMap((diagnostic) => ofApplication(diagnostic, path)),
  );
  const cluster = document && resolveCluster(document, withoutSecrets).value;
  if (!cluster?.auth0) throw new Error(`${path} was not resolved, and nothing says why`);
  return { auth0: cluster.auth0, clusterName, warnings };
}

const PROPS: readonly (readonly [field: string, prop: string])[] = [
  ['/auth0', '/auth0'],
  ['/access/urls/callback', '/callbackUrl'],
  ['/name', '/clusterName'],
  ['/profile', '/profile'],
];

/** About the connector, which the cluster has and not the application. */
const OF_CONNECTOR = new Set(['TFM011']);

/** A finding about the application, its path leading to the prop; nothing for one about the rest of a cluster. */
function ofApplication({ path, ...rest }: Diagnostic, file: string): Diagnostic[] {
  const [field, prop] = PROPS.find(([start]) => isAtOrUnder(path, start)) ?? [];
  if (field === undefined || OF_CONNECTOR.has(rest.code)) return [];
  const { code, severity, message, hint } = rest;
  return [
    {
      code,
      severity,
      message,
      location: { file },
      path: `${prop}${path.slice(field.length)}`,
      ...(hint === undefined ? {} : { hint }),
    },
  ];
}
