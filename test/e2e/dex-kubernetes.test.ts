import { readFileSync, writeFileSync } from 'node:fs';
import { clusterObjects } from '../../src/outputs/objects';
import { dexPodOf } from '../support/dex-pod';
import { documentsWith, expectToServe, servedBy, startPod } from './dex/running-pod';
import { describeWithTools, kubernetesTools, startKubernetes, temporaryDirectory, waitFor } from './harness';

describeWithTools('a standalone Dex, on custom resources', ['dex', ...kubernetesTools], () => {
  test.each(documentsWith('kubernetes'))(
    '$name needs no right beyond its namespace',
    async ({ name, cluster }) => {
      const kubernetes = await startKubernetes();
      const directory = temporaryDirectory('dex-account');
      const namespace = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: cluster.namespace,
          labels: { 'pod-security.kubernetes.io/warn': 'restricted' },
        },
      };
      const apply = ['apply', '--server-side', '--validate=strict', '-f', '-'];
      await kubernetes.kubectl(apply, JSON.stringify(namespace));
      const objects = clusterObjects(cluster)
        .filter(({ component }) => component === 'dex')
        .map(({ manifest }) => manifest);
      const applied = await kubernetes.kubectl(
        apply,
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      );
      expect([applied.code, applied.output]).toEqual([0, expect.any(String) as unknown]);
      expect(applied.output).not.toContain('would violate');
      expect(applied.output.match(/serverside-applied/g)).toHaveLength(objects.length);
      await waitFor('custom resources are served', async () => {
        const lists = await Promise.all(
          objects
            .filter(({ kind }) => kind === 'CustomResourceDefinition')
            .map(({ metadata }) => kubernetes.kubectl(['get', metadata.name, '-n', cluster.namespace])),
        );
        return lists.every(({ code }) => code === 0);
      });

      const token = await kubernetes.kubectl(['create', 'token', 'dex', '-n', cluster.namespace]);
      const account = JSON.parse(readFileSync(kubernetes.kubeconfigFile, 'utf8')) as {
        users: [{ user: { token: string } }];
        contexts: [{ context: { namespace?: string } }];
      };
      account.users[0].user.token = token.standardOutput.trim();
      account.contexts[0].context.namespace = cluster.namespace;
      const kubeConfigFile = directory.join('kubeconfig.json');
      writeFileSync(kubeConfigFile, JSON.stringify(account), { mode: 0o600 });

      const pod = await startPod(servedBy(cluster), dexPodOf(name), {
        'storage.config': { kubeConfigFile },
      });
      await expectToServe(servedBy(cluster), pod);
      const keys = await kubernetes.kubectl(['get', 'signingkeies', '-n', cluster.namespace, '-o', 'name']);
      expect(keys.standardOutput).toContain('signingkey');
      expect(pod.running.logs()).not.toMatch(/creating custom resource\\?"|forbidden/i);
      await pod.stop();
      await kubernetes.stop();
      directory.remove();
    },
  );
});
