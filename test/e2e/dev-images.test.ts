import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describeDev } from './dev/suite';
import { run, temporaryDirectory, toolPath } from './harness';
import { registryTools, startRegistry, writeImage } from './images/registry';

describeDev(
  'the images of pachkit dev',
  registryTools,
  ({ calls, dev, imagesOf, inFolder, kept, kubectl, pachkit, provideVolumes, withTools, write }) => {
    test('an archive that is not there, and a lock file of another release, are said before anything is made', async () => {
      const { file } = await write('unmade');
      const before = calls().length;
      const up = (...more: string[]) => dev('up', file, more, withTools('kind'));
      const missing = await up('--image-archive', 'missing.tar', '--image-archive', inFolder());
      expect([missing.code, missing.output]).toEqual([
        2,
        expect.stringMatching(
          /error DEV011: The archive missing\.tar cannot be read: there is no such file[^]*error DEV011: The archive \S+ cannot be read: it is not a file/,
        ),
      ]);
      const lock = inFolder('pachkit.lock');
      const images = { 'docker.io/pachyderm/pachd:2.11.6': `sha256:${'a'.repeat(64)}` };
      writeFileSync(lock, JSON.stringify({ version: 1, images }));
      const other = await up();
      rmSync(lock);
      expect([other.code, other.output]).toEqual([
        1,
        expect.stringContaining(
          'error LCK002: docker.io/pachyderm/pachd:2.12.0-rc.3 is not in pachkit.lock, so that no digest of it is known',
        ),
      ]);
      expect(calls().length).toBe(before);
      expect(existsSync(inFolder('.pachkit/unmade.dev.json'))).toBe(false);
    });

    test('an archive in which pods would not find their images is said before anything is made', async () => {
      const image = 'docker.io/pachyderm/etcd:v3.5.12';
      const digest = `sha256:${'a'.repeat(64)}`;
      const byDigest = `docker.io/pachyderm/etcd@${digest}`;
      const { file } = await write('archived');
      const images = await imagesOf(file);
      const lock = inFolder('pachkit.lock');
      const locked = Object.fromEntries(images.map((each) => [each, digest]));
      writeFileSync(lock, JSON.stringify({ version: 1, images: locked }));
      const archive = async (name: string, list: string, content: object): Promise<string> => {
        writeFileSync(inFolder(list), JSON.stringify(content));
        await run({ name: 'tar', program: 'tar', args: ['-cf', name, list], workingDirectory: inFolder() });
        return name;
      };
      const saved = await archive('saved.tar', 'manifest.json', [
        { RepoTags: [image.replace('docker.io/', '')] },
      ]);
      const annotations = { 'org.opencontainers.image.ref.name': byDigest };
      const named = await archive('named.tar', 'index.json', { manifests: [{ digest, annotations }] });
      const before = calls().length;
      const up = (tool: string, name: string) => dev('up', file, ['--image-archive', name], withTools(tool));
      const refused = await up('kind', saved);
      expect([refused.code, refused.output]).toEqual([
        3,
        expect.stringMatching(
          new RegExp(
            `error DEV012: Pods name ${image} by a digest, by which the node of kind does not find the one of the archive[^]*` +
              `skopeo copy --all docker://${byDigest} oci-archive:image.tar:${byDigest}`,
          ),
        ),
      ]);
      const minikube = await up('minikube', named);
      expect([minikube.code, minikube.output]).toEqual([
        3,
        expect.stringMatching(/error DEV012[^]*help: take kind or k3d/),
      ]);
      expect(calls().length).toBe(before);
      await provideVolumes();
      const made = await up('kind', named);
      expect({ code: made.code, output: made.output }).toMatchObject({ code: 0 });
      expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
      rmSync(lock);
      await kubectl(['delete', 'namespace', 'archived']);
    });

    test('images come from a mirror once, and then from the folder beside the document', async () => {
      const images = temporaryDirectory('dev-mirror');
      const registry = await startRegistry(images);
      const { file } = await write('mirrored');
      const names = await imagesOf(file);
      const [last = '', ...others] = names.filter((name) => name.includes('/pachyderm/'));
      const digest = writeImage(images, 'image', true);
      for (const name of names.filter((each) => each !== last)) await registry.push('image', name);
      const mirror = ['--mirror', `docker.io=${registry.host}`];
      const before = calls().length;
      const up = (...more: string[]) => dev('up', file, more, withTools('kind'));
      const lacking = await up(...mirror);
      expect([lacking.code, lacking.output]).toEqual([
        1,
        expect.stringContaining(`error LCK004: ${last} cannot be fetched: ${registry.host} has no `),
      ]);
      const offline = await up('--offline');
      expect([offline.code, offline.output]).toEqual([
        3,
        expect.stringContaining(`error DEV014: ${last} is not in `),
      ]);
      expect(offline.output).not.toContain(`error DEV014: ${others[0]}`);
      expect(calls().slice(before)).toEqual(Array(2).fill(['kind', 'get', 'clusters']));

      await registry.push('image', last);
      expect((await pachkit(['lock', file, ...mirror])).code).toBe(0);
      await provideVolumes();
      const made = await up(...mirror);
      expect({ code: made.code, output: made.output }).toMatchObject({ code: 0 });
      expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
      await kubectl(['delete', 'namespace', 'mirrored']);
      await registry.stop();
      await provideVolumes();
      rmSync(kept('loaded'));
      const again = await up('--offline');
      expect({ code: again.code, output: again.output }).toMatchObject({ code: 0 });
      for (const name of [last, ...others]) {
        const byDigest = `${name.replace(/:[^:]*$/, '')}@${digest}`;
        const { standardOutput } = await run({
          name: 'skopeo',
          program: toolPath('skopeo'),
          args: ['inspect', '--raw', `oci-archive:${kept('loaded')}:${byDigest}`],
          workingDirectory: inFolder(),
        });
        expect(`sha256:${createHash('sha256').update(standardOutput).digest('hex')}`).toBe(digest);
      }
      expect(readdirSync(inFolder('.pachkit/images')).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
      expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
      const minikube = await dev('up', file, ['--offline'], withTools('minikube'));
      expect([minikube.code, minikube.output]).toEqual([3, expect.stringContaining('error DEV012')]);
      rmSync(inFolder('pachkit.lock'));
      await kubectl(['delete', 'namespace', 'mirrored']);
      images.remove();
    });

    test('--mirror takes a registry and a host', async () => {
      const { file } = await write('mirrorless');
      const { code, output } = await dev('up', file, ['--mirror', 'localhost:5001'], withTools('kind'));
      expect([code, output]).toEqual([
        2,
        'pachkit dev: --mirror localhost:5001 is not REGISTRY=HOST, such as docker.io=mirror.acme.com\n',
      ]);
    });
  },
);
