import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createCertificateAuthority, writePrivateKey, type CertificateAuthority } from './certificates';
import { startEtcd } from './etcd';
import { startNodes } from './kwok';
import { request, type Response } from './http';
import { freePort } from './ports';
import { run, startProcess, type Finished, type RunningProcess } from './process';
import { startScheduler } from './scheduler';
import type { Server } from './server';
import { temporaryDirectory, type TemporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

export const kubernetesTools = ['etcd', 'kube-apiserver', 'kubectl', 'openssl'] as const;
export const controllerManagerTools = [...kubernetesTools, 'kube-controller-manager'] as const;
export const nodeTools = [...controllerManagerTools, 'kube-scheduler', 'kwok'] as const;

export interface KubernetesOptions {
  /** Also start the controllers, so that Deployments yield Pods; default false. No scheduler, no kubelet. */
  readonly controllerManager?: boolean;
  /**
   * Also start a scheduler and two nodes that kwok plays; default: none. Pods become ready at once, Jobs complete, or, with
   * `stages` (kwok's `Stage` objects, which replace those of Pods), what these say.
   */
  readonly nodes?: { readonly stages?: string };
  /** Also start a scheduler, for nodes that the suite brings itself; default false. */
  readonly scheduler?: boolean;
  /** An address of this machine that nodes of the suite reach; default: 127.0.0.1. */
  readonly address?: string;
  /** A file with an AdmissionConfiguration. */
  readonly admissionConfigurationFile?: string;
}

/** A Kubernetes control plane without nodes. */
export interface KubernetesServer extends Server {
  /** A kubeconfig file of a member of `system:masters`. */
  readonly kubeconfigFile: string;
  /** The bearer token of that member. */
  readonly token: string;
  /** PEM certificate of the authority that signed the API server's. */
  readonly certificateAuthority: string;
  /** The key that tokens of service accounts are signed with. */
  readonly serviceAccountKeyFile: string;
  /** The etcd below it. */
  readonly etcdUrl: string;
  /** Runs kubectl against it; `input` is for `-f -`. */
  kubectl(args: readonly string[], input?: string): Promise<Finished>;
  /** A request to the API server as that member. */
  get(path: string): Promise<Response>;
}

const kubeconfig = (url: string, certificateAuthorityFile: string, token: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority': certificateAuthorityFile } }],
    users: [{ name: 'administrator', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'administrator' } }],
    'current-context': 'test',
  });

/** Starts etcd, the API server and, if asked for, the controller manager, all on loopback. */
export async function startKubernetes(options: KubernetesOptions = {}): Promise<KubernetesServer> {
  const etcd = await startEtcd();
  const directory = temporaryDirectory('kubernetes');
  const authority = await createCertificateAuthority(directory.path);
  const { address = '127.0.0.1' } = options;
  const serving = await authority.issue('kube-apiserver', [address, 'localhost', 'kubernetes.default.svc']);
  const serviceAccountKeyFile = directory.join('service-account.key');
  writePrivateKey(serviceAccountKeyFile, 'rsa');
  const token = randomBytes(24).toString('hex');
  const tokenFile = directory.join('tokens.csv');
  writeFileSync(tokenFile, `${token},administrator,administrator,"system:masters"\n`, { mode: 0o600 });
  const port = await freePort();
  const url = `https://${address}:${port}`;
  const { admissionConfigurationFile } = options;

  const apiServer = startProcess({
    name: 'kube-apiserver',
    program: toolPath('kube-apiserver'),
    args: [
      `--etcd-servers=${etcd.url}`,
      `--bind-address=${address}`,
      `--secure-port=${port}`,
      // The reconciler would write the loopback address into Endpoints, where Kubernetes does not allow it.
      `--advertise-address=${address}`,
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${serving.certificateFile}`,
      `--tls-private-key-file=${serving.keyFile}`,
      `--cert-dir=${directory.join('generated')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${serviceAccountKeyFile}`,
      `--service-account-signing-key-file=${serviceAccountKeyFile}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      `--token-auth-file=${tokenFile}`,
      '--authorization-mode=RBAC',
      // No name server knows a node of a suite.
      '--kubelet-preferred-address-types=InternalIP,Hostname',
      ...(admissionConfigurationFile === undefined
        ? []
        : [`--admission-control-config-file=${admissionConfigurationFile}`]),
    ],
    workingDirectory: directory.path,
  });
  const get = (path: string): Promise<Response> =>
    request(`${url}${path}`, {
      certificateAuthority: authority.certificate,
      headers: { authorization: `Bearer ${token}` },
    });
  await apiServer.ready(async () => (await get('/readyz')).status === 200, { deadlineSeconds: 120 });

  const kubeconfigFile = directory.join('kubeconfig.json');
  writeFileSync(kubeconfigFile, kubeconfig(url, authority.certificateFile, token), { mode: 0o600 });
  const controllerManager = options.controllerManager
    ? await startControllerManager(kubeconfigFile, serviceAccountKeyFile, authority, directory)
    : undefined;
  const nodes = options.nodes ? await startNodes(url, kubeconfigFile, options.nodes.stages) : undefined;
  const scheduler = options.scheduler ? await startScheduler(kubeconfigFile) : undefined;

  return {
    url,
    port,
    kubeconfigFile,
    token,
    certificateAuthority: authority.certificate,
    serviceAccountKeyFile,
    etcdUrl: etcd.url,
    get,
    kubectl: (args, input) =>
      run({
        name: 'kubectl',
        program: toolPath('kubectl'),
        args: ['--kubeconfig', kubeconfigFile, '--cache-dir', directory.join('kubectl-cache'), ...args],
        ...(input === undefined ? {} : { input }),
      }),
    logs: () =>
      [etcd, apiServer, controllerManager, scheduler, nodes].map((server) => server?.logs() ?? '').join('\n'),
    async stop() {
      await nodes?.stop();
      await scheduler?.stop();
      await controllerManager?.stop();
      await apiServer.stop();
      await etcd.stop();
      directory.remove();
    },
  };
}

async function startControllerManager(
  kubeconfigFile: string,
  serviceAccountKeyFile: string,
  authority: CertificateAuthority,
  directory: TemporaryDirectory,
): Promise<RunningProcess> {
  const port = await freePort();
  const serving = await authority.issue('kube-controller-manager', ['127.0.0.1']);
  const running = startProcess({
    name: 'kube-controller-manager',
    program: toolPath('kube-controller-manager'),
    args: [
      `--kubeconfig=${kubeconfigFile}`,
      `--authentication-kubeconfig=${kubeconfigFile}`,
      `--authorization-kubeconfig=${kubeconfigFile}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${serving.certificateFile}`,
      `--tls-private-key-file=${serving.keyFile}`,
      `--service-account-private-key-file=${serviceAccountKeyFile}`,
      `--root-ca-file=${authority.certificateFile}`,
      '--use-service-account-credentials=true',
      '--leader-elect=false',
    ],
    workingDirectory: directory.path,
  });
  await running.ready(async () => {
    const answer = await request(`https://127.0.0.1:${port}/healthz`, {
      certificateAuthority: authority.certificate,
    });
    return answer.status === 200;
  });
  return running;
}
