import type { Cluster } from '../model/cluster';
import { isInRange, outside, type ReleaseRange } from '../releases/release';
import { RELEASE_FLAGS } from '../releases/release-traits';

/**
 * What a cluster that runs already does when a field is emptied, removed or renamed. A document says what should be; what
 * it no longer names stays wherever nothing removes it.
 */
export interface RunningClusterFact extends ReleaseRange {
  /** Path of the field; it holds for every field inside that has no fact of its own. */
  readonly field: string;
  /** What happens, as sentences. */
  readonly effect: string;
  /** What removes that which stays; capital words stand for names. */
  readonly command?: string;
  /**
   * Whether a document that looks like this may leave something behind, so that `synth` has to name the command. What an
   * earlier document had is not known; a fact without the condition is not shown there.
   */
  readonly concerns?: (cluster: Cluster) => boolean;
}

/** Old releases are set up by a Job; later ones by pachd at every startup. */
const BY_JOB = RELEASE_FLAGS.hasBootstrapJob;
const BY_PACHD = outside(BY_JOB);

const hasOwnDex = ({ auth, dex, enterprise }: Cluster): boolean =>
  auth !== undefined && dex === undefined && enterprise?.member === undefined;

/** Minutes of a session where the document says nothing: pachd's 30 days. */
const DEFAULT_SESSION = 30 * 24 * 60;

const RESTART =
  'The pods that read it restart with the new value; without the field it is the default again.';

/**
 * One row for each field that differs from the section around it, in the order of the schema. From pachd's bootstrap
 * (src/server/auth, identity, license: EnvBootstrap), config-pod 0.5 (steps.go), `kubectl apply` and Terraform.
 */
export const runningClusterFacts: readonly RunningClusterFact[] = [
  { field: '$schema', effect: 'Nothing: only editors read it.' },
  { field: 'apiVersion', effect: 'Nothing: it says which pachkit reads the document.' },
  {
    field: 'name',
    effect:
      'It names the output folder and the store of generated secrets, nothing in the cluster. Under another name every generated secret is a new one, the passwords of the database included; rename the store too.',
    command: 'mv .pachkit/OLD.secrets.json .pachkit/NEW.secrets.json',
  },
  { field: 'extends', effect: 'What the other document said is treated as removed, field by field.' },
  { field: 'release', effect: 'It is required. Another one replaces the images of every pod.' },
  { field: 'profile', effect: 'Nothing: it decides what pachkit permits.' },
  {
    field: 'namespace',
    effect:
      'A second cluster starts in the new namespace, with empty volumes. The old one keeps running until its namespace is deleted, which deletes its data too.',
    command: 'kubectl delete namespace OLD',
  },
  {
    field: 'helmReleaseName',
    effect:
      'It is in the selectors of the bundled PostgreSQL, which Kubernetes does not change: kubectl apply refuses the StatefulSet, and the Services find no pod. Keep the name of the release that installed the database.',
  },
  {
    field: 'access',
    effect:
      'URLs are replaced when pachd restarts; sessions continue. Services, Ingress and proxy that are no longer written stay in the namespace: kubectl apply removes nothing.',
    command: 'kubectl -n NAMESPACE delete KIND NAME',
  },
  {
    field: 'auth',
    effect: 'Settings are replaced when pachd restarts; without the field they are the default again.',
    ...BY_PACHD,
  },
  {
    field: 'auth',
    effect:
      'Settings are replaced by the next run of the bootstrap Job; without the field they are the default again.',
    ...BY_JOB,
  },
  {
    field: 'auth.enabled',
    effect:
      'With false authentication stays on in a cluster where it was activated: root token, sessions, logins and role bindings keep working. Only the command switches it off; it also deletes connectors, clients and every role binding.',
    command: 'pachctl auth deactivate',
    concerns: ({ auth }) => auth === undefined,
  },
  {
    field: 'auth.rootToken',
    effect:
      'The old token stops working when pachd restarts. Without the field the token is a generated one.',
    ...BY_PACHD,
  },
  {
    field: 'auth.rootToken',
    effect:
      'The bootstrap Job does not change it in a cluster that is activated, and fails with the new one. Change it in the cluster first.',
    command: 'pachctl auth rotate-root-token --supply-token TOKEN',
    ...BY_JOB,
  },
  {
    field: 'auth.sessionDuration',
    effect: 'It counts from the next login on. Sessions that exist end when they would have ended before.',
    command: 'pachctl auth revoke --user USER',
    // Shorter than without the field; what the document had before is not known.
    concerns: ({ auth }) => (auth?.sessionDurationMinutes ?? DEFAULT_SESSION) < DEFAULT_SESSION,
  },
  {
    field: 'auth.robots',
    effect:
      'pachd hands out tokens when it is asked, and knows no list: the token of a robot that leaves it, and its Secret, stay valid for as long as the token was made for.',
    command: 'pachctl auth revoke --user robot:NAME; kubectl -n NAMESPACE delete secret pachyderm-robot-NAME',
  },
  {
    field: 'auth.clientID',
    effect: 'A client with the new id is made. The old one stays in Dex with its secret and redirect URIs.',
    command: 'pachctl idp delete-client OLD',
  },
  {
    field: 'auth.clientSecret',
    effect: 'The old secret stops working when pachd restarts. Without the field it is a generated one.',
    ...BY_PACHD,
  },
  {
    field: 'auth.clientSecret',
    effect:
      'The bootstrap Job does not change the secret of a client that exists, and logins fail with the new one. Delete the client, then run the Job again.',
    command: 'pachctl idp delete-client ID',
    ...BY_JOB,
  },
  {
    field: 'auth.roleBindings',
    effect:
      "A binding that leaves the list is removed, and with an empty list every one but Pachyderm's own. Without the field all bindings stay as they are, those of former administrators included. Bindings of projects and repos always stay.",
    command: 'pachctl auth set cluster none SUBJECT',
    concerns: ({ auth }) => auth !== undefined && auth.roleBindings === undefined,
  },
  {
    field: 'enterprise',
    effect:
      'The license that was activated stays active until it expires, and a membership stays registered.',
    command: 'pachctl license delete-all',
    ...RELEASE_FLAGS.needsLicense,
  },
  {
    field: 'enterprise',
    effect: 'Nothing: these releases have no licenses.',
    ...outside(RELEASE_FLAGS.needsLicense),
  },
  {
    field: 'enterpriseServer',
    effect:
      'The enterprise server keeps running with its database, and its members keep asking it who a user is: kubectl apply removes nothing. Its own settings are read when it restarts.',
    command: 'kubectl -n NAMESPACE delete deployment,service,serviceaccount NAME',
    ...RELEASE_FLAGS.needsLicense,
  },
  {
    field: 'enterpriseServer',
    effect: 'Nothing: these releases have no enterprise server.',
    ...outside(RELEASE_FLAGS.needsLicense),
  },
  {
    field: 'identity',
    effect: 'Settings are replaced when pachd restarts; without the field they are the default again.',
    ...BY_PACHD,
  },
  {
    field: 'identity',
    effect:
      'Settings are replaced by the next run of the bootstrap Job; without the field they are the default again.',
    ...BY_JOB,
  },
  {
    field: 'identity.dex',
    effect:
      'Users log in at the other Dex. Connectors and clients stay in the one that is left, and with a standalone Dex its objects stay too.',
    command: 'pachctl idp delete-connector ID',
  },
  {
    field: 'identity.connectors',
    effect:
      'A connector that leaves the list is removed when pachd restarts; sessions that began with it continue. When the last one leaves, all of them stay.',
    command: 'pachctl idp delete-connector ID',
    ...BY_PACHD,
  },
  {
    field: 'identity.connectors',
    effect: 'A connector that leaves the list or changes its id stays, and users keep logging in with it.',
    command: 'pachctl idp delete-connector ID',
    concerns: hasOwnDex,
    ...BY_JOB,
  },
  {
    field: 'identity.connectorsFrom',
    effect: 'As with identity.connectors: connectors that leave a list are removed, but not the last ones.',
    command: 'pachctl idp delete-connector ID',
    ...BY_PACHD,
  },
  {
    field: 'identity.connectorsFrom',
    effect: 'As with identity.connectors: connectors that leave a list stay.',
    command: 'pachctl idp delete-connector ID',
    ...BY_JOB,
  },
  {
    field: 'identity.clients',
    effect:
      'A client that leaves the list or changes its id stays in Dex with its secret and redirect URIs, and keeps getting tokens. pachctl idp list-client shows it.',
    command: 'pachctl idp delete-client ID',
    concerns: hasOwnDex,
  },
  {
    field: 'identity.clients.secret',
    effect: 'The old secret stops working when pachd restarts. Without the field it is a generated one.',
    ...BY_PACHD,
  },
  {
    field: 'identity.clients.secret',
    effect:
      'The bootstrap Job does not change the secret of a client that exists. Delete the client, then run the Job again.',
    command: 'pachctl idp delete-client ID',
    ...BY_JOB,
  },
  {
    field: 'identity.clientsFrom',
    effect: 'As with identity.clients: clients that leave the list stay in Dex with their secrets.',
    command: 'pachctl idp delete-client ID',
  },
  {
    field: 'dex',
    effect:
      'The standalone Dex reads its configuration anew at every start: connectors, clients and users that leave it are gone, tokens that were handed out stay valid until they expire.',
  },
  {
    field: 'dex.storage',
    effect:
      'Dex starts with other storage: refresh tokens and signing keys are new ones. The old data stays where it is.',
  },
  {
    field: 'dev',
    effect:
      'A person who leaves the list can no longer log in; a session that is there continues. Roles go with the next deploy, but for those of the last person with roles where auth.roleBindings is missing, which stay. kubectl apply does not remove the directory when the last person leaves.',
    command: 'kubectl -n NAMESPACE delete deployment,service,secret pachyderm-dev-users',
  },
  {
    field: 'auth0',
    effect:
      'terraform apply destroys what leaves the section; without the section nothing is written and everything stays at Auth0. Sessions in Pachyderm continue.',
    command: 'terraform destroy',
  },
  {
    field: 'keycloak',
    effect:
      'The connector goes as one of identity.connectors does. The realm, its client, groups and users stay at Keycloak: an import changes no realm that exists.',
    command:
      'kcadm.sh delete clients/ID -r REALM, with the id of kcadm.sh get clients -r REALM -q clientId=CLIENT',
  },
  {
    field: 'storage',
    effect:
      'pachd reads and writes in the new place. The data stays in the old one, where pachd does not look for it.',
  },
  {
    field: 'database',
    effect:
      'pachd uses the other database, which does not have the data of the old one. Its StatefulSet and volume stay.',
    command: 'kubectl -n NAMESPACE delete statefulset,service,pvc NAME',
  },
  ...['database.internal.password', 'database.internal.rootPassword'].map((field) => ({
    field,
    effect:
      'PostgreSQL keeps the password that its volume was set up with, and refuses the new one. Change it there first, with ALTER USER.',
  })),
  { field: 'etcd', effect: RESTART },
  { field: 'pachd', effect: RESTART },
  { field: 'pachw', effect: RESTART },
  ...['preflightJob', 'restoreSnapshot'].map((field) => ({
    field,
    effect:
      'A Job runs once: one that has ended stays in the namespace, and Kubernetes refuses every change of its pods. Delete it to run it again.',
    command: 'kubectl -n NAMESPACE delete job NAME',
  })),
  { field: 'console', effect: RESTART },
  {
    field: 'console.enabled',
    effect:
      'With false Console keeps running: kubectl apply removes nothing. Its client stays in Dex with its secret and redirect URIs.',
    command: 'kubectl -n NAMESPACE delete deployment,service console; pachctl idp delete-client console',
    concerns: (cluster) => hasOwnDex(cluster) && !cluster.console.enabled,
  },
  {
    field: 'console.clientID',
    effect: 'A client with the new id is made. The old one stays in Dex with its secret and redirect URIs.',
    command: 'pachctl idp delete-client OLD',
  },
  { field: 'images', effect: RESTART },
  { field: 'network', effect: RESTART },
  { field: 'loki', effect: RESTART },
  { field: 'securityContexts', effect: RESTART },
  {
    field: 'security',
    effect: 'Pods restart. NetworkPolicies that `strict` had stay in the cluster until they are deleted.',
    command: 'kubectl -n NAMESPACE delete networkpolicy NAME',
  },
  { field: 'deploymentID', effect: RESTART },
  {
    field: 'overrides',
    effect:
      'Without the override the object is as pachkit writes it. Fields that only the override had go when the manifests are applied; a changed pod template restarts its pods.',
  },
  {
    field: 'gitops',
    effect:
      'It names where engines fetch the cluster from, nothing in the cluster. An Application or a Kustomization that is there already goes on with the old repository until the new one is applied; under a removed one nothing is rolled out any more, and nothing is taken away.',
  },
  { field: 'supplyChain', effect: 'Nothing: it says what else synth writes beside the outputs.' },
  {
    field: 'secrets.seed',
    effect: 'With another seed every generated secret is a new one, the passwords of the database included.',
  },
  {
    field: 'secrets.store',
    effect:
      'The next run does not read the encrypted file any more, and generates new secrets, the passwords of the database included, unless the store in .pachkit has them.',
  },
  {
    field: 'secrets.encryptionKey',
    effect:
      'Nothing in the cluster: files are encrypted with the new key, and every ciphertext is another one.',
  },
  {
    field: 'secrets',
    effect:
      'Nothing in the cluster: the values stay, and their Secrets are written in another form. Those that a controller made of a SealedSecret or an ExternalSecret may go with it: apply the new ones first.',
  },
];

/** The facts about a field, or about the nearest section around it that has any. Positions in lists do not matter. */
export function runningClusterFactsOf(path: string): readonly RunningClusterFact[] {
  const steps = path.replace(/\[\d*\]/g, '').split('.');
  for (let length = steps.length; length > 0; length--) {
    const field = steps.slice(0, length).join('.');
    const facts = runningClusterFacts.filter((fact) => fact.field === field);
    if (facts.length > 0) return facts;
  }
  return [];
}

/** Facts about what may stay behind in the cluster that the document describes, where only a command removes it. */
export function leftBehind(cluster: Cluster): readonly RunningClusterFact[] {
  return runningClusterFacts.filter(
    (fact) => fact.concerns?.(cluster) === true && isInRange(cluster.release.version, fact),
  );
}

/** `up to 2.2`, `from 2.3 on`, or nothing for every release. */
export function releasesText({ since, before }: ReleaseRange): string {
  const last = before === undefined ? undefined : `2.${Number(before.split('.')[1]) - 1}`;
  if (last !== undefined) return `up to ${last}`;
  return since === undefined ? '' : `from ${since} on`;
}
