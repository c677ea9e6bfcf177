import fs from 'node:fs';
import type https from 'node:https';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Cluster } from '@kubernetes/client-node/dist/config_types.js';
import { didYouMean } from '../../diagnostics/suggest';
import { readNamedFile, refuseOtherThanFile } from '../../files/read-file';
import { isSystemError, readFailure } from '../../files/system-error';
import { ClusterFailure } from '../failure';

/** Which cluster, and as whom. */
export interface Target {
  /** Files of `--kubeconfig`; default: those of `KUBECONFIG`, `~/.kube/config`, or the account of the pod. */
  readonly kubeconfig?: string;
  /** A context of them; default: their current one. */
  readonly context?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that relative names start from. */
  readonly directory: string;
}

/** What requests to an API server need. */
export interface Access {
  /** Name of the context. */
  readonly context: string;
  readonly server: URL;
  /** Credentials, certificates and proxy; asks plugins for credentials anew at every call. */
  readonly options: () => Promise<https.RequestOptions>;
  /** The same as a kubeconfig of one context, for what the client of Kubernetes connects to by itself. */
  readonly config: KubeConfig;
}

/** The service account of a pod. */
const POD_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Reads kubeconfig files as kubectl does. */
export function readAccess(target: Target): Access {
  const config = readConfig(target);
  const context = chooseContext(config, target.context);
  config.setCurrentContext(context);
  const cluster = config.getCurrentCluster();
  if (!cluster)
    throw new ClusterFailure(
      'CLU002',
      `The context ${context} names a cluster that the kubeconfig does not have`,
      'kubectl config set-context CONTEXT --cluster=CLUSTER names another, kubectl config get-clusters lists them',
    );
  const server = serverOf(cluster.server, context);
  // As with kubectl, what is behind `kubectl proxy` gets no credentials: nothing would protect them on the way.
  const isPlain = server.protocol === 'http:';
  return {
    context,
    server,
    config: isPlain ? withoutUser(cluster, context) : config,
    async options() {
      if (isPlain) return { headers: {} };
      const options: https.RequestOptions = { headers: {} };
      if (cluster.skipTLSVerify) options.rejectUnauthorized = false;
      if (cluster.tlsServerName !== undefined) options.servername = cluster.tlsServerName;
      try {
        const { certFile, keyFile } = config.getCurrentUser() ?? {};
        for (const file of [cluster.caFile, certFile, keyFile]) if (file !== undefined) refuseOtherThanFile(file);
        await config.applyToHTTPSOptions(options);
      } catch (error) {
        throw unusableCredentials(error, context, config.getCurrentUser()?.exec as unknown);
      }
      return options;
    },
  };
}

function withoutUser(cluster: Cluster, context: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [cluster],
    users: [],
    contexts: [{ name: context, cluster: cluster.name, user: '' }],
    currentContext: context,
  });
  return config;
}

function serverOf(server: string, context: string): URL {
  if (URL.canParse(server)) return new URL(server);
  throw new ClusterFailure(
    'CLU002',
    `The cluster of the context ${context} has no valid address`,
    'kubectl config set-cluster CLUSTER --server=https://… sets it',
  );
}

function readConfig({ kubeconfig, environment, directory }: Target): KubeConfig {
  const fromVariable = (environment['KUBECONFIG'] ?? '').split(path.delimiter).filter((name) => name !== '');
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const named = kubeconfig === undefined ? fromVariable : [kubeconfig];
  const files = named.map((name) => path.resolve(directory, name));
  const usual = home === undefined ? undefined : path.join(home, '.kube', 'config');
  if (files.length === 0 && usual !== undefined && fs.existsSync(usual)) files.push(usual);
  // A list of KUBECONFIG may name files that are not there; kubectl skips them.
  const present = files.length > 1 ? files.filter((file) => fs.existsSync(file)) : files;
  const config = new KubeConfig();
  if (present.length === 0) {
    if (!fs.existsSync(POD_TOKEN))
      throw new ClusterFailure(
        'CLU001',
        named.length > 0
          ? 'No kubeconfig: none of the files that KUBECONFIG names is there'
          : 'No kubeconfig: KUBECONFIG is not set, and there is no ~/.kube/config',
        'name a file with --kubeconfig FILE or KUBECONFIG; cloud providers write one with aws eks update-kubeconfig, gcloud container clusters get-credentials or az aks get-credentials',
      );
    config.loadFromCluster();
    return config;
  }
  for (const [index, file] of present.entries()) {
    const own = index === 0 ? config : new KubeConfig();
    loadFile(own, file);
    if (index > 0) merge(config, own);
  }
  return config;
}

function loadFile(config: KubeConfig, file: string): void {
  try {
    config.loadFromString(readNamedFile(file).toString('utf8'));
    config.makePathsAbsolute(path.dirname(file));
  } catch (error) {
    const isRead = !isSystemError(error);
    throw new ClusterFailure(
      'CLU001',
      // A parser's message would quote the file, which has credentials in it.
      `The kubeconfig ${path.basename(file)} cannot be ${isRead ? 'parsed' : `read: ${readFailure(error)}`}`,
      isRead
        ? 'kubectl config view shows where it is malformed'
        : 'name a file with --kubeconfig FILE or KUBECONFIG',
    );
  }
}

/** The first file that has a name wins, as with kubectl. */
function merge(into: KubeConfig, from: KubeConfig): void {
  const names = (list: readonly { readonly name: string }[]): Set<string> =>
    new Set(list.map(({ name }) => name));
  const [clusters, users, contexts] = [names(into.clusters), names(into.users), names(into.contexts)];
  for (const cluster of from.clusters) if (!clusters.has(cluster.name)) into.addCluster(cluster);
  for (const user of from.users) if (!users.has(user.name)) into.addUser(user);
  for (const context of from.contexts) if (!contexts.has(context.name)) into.addContext(context);
  if (!into.getCurrentContext()) into.setCurrentContext(from.getCurrentContext());
}

function chooseContext(config: KubeConfig, wanted: string | undefined): string {
  const names = config.contexts.map(({ name }) => name);
  const name = wanted ?? config.getCurrentContext() ?? '';
  if (names.includes(name)) return name;
  const choice =
    names.length === 0
      ? 'the kubeconfig has no contexts; kubectl config set-context makes one'
      : `${didYouMean(name, names) ?? `contexts: ${names.join(', ')}`}`;
  throw new ClusterFailure(
    'CLU002',
    name === ''
      ? 'The kubeconfig has no current context, so it does not say which cluster is meant'
      : `The kubeconfig has no context ${name}`,
    wanted === undefined ? `name one with --context; ${choice}` : choice,
  );
}

/** What a plugin for credentials, or a file that the kubeconfig names, comes to. Their output may hold secrets: it is not shown. */
function unusableCredentials(error: unknown, context: string, exec: unknown): ClusterFailure {
  const command = (exec as { command?: string } | undefined)?.command;
  const { code, path: file } = error as NodeJS.ErrnoException;
  if (command !== undefined)
    return new ClusterFailure(
      'CLU004',
      code === 'ENOENT'
        ? `The context ${context} gets its credentials from ${path.basename(command)}, which is not on PATH`
        : `The context ${context} gets its credentials from ${path.basename(command)}, which failed`,
      code === 'ENOENT'
        ? `install ${path.basename(command)}, or choose another context with --context`
        : `run kubectl --context ${context} get namespaces, which shows what it says, and log in again`,
    );
  return new ClusterFailure(
    'CLU004',
    `The credentials of the context ${context} cannot be read${code === undefined ? '' : ` (${path.basename(file ?? '')}: ${code})`}`,
    `log in again; kubectl --context ${context} auth whoami shows when it works`,
  );
}
