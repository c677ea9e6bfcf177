import { writeFileSync } from 'node:fs';
import * as net from 'node:net';
import { describeDev } from './dev/suite';

describeDev(
  'pachkit dev where something is in the way',
  [],
  ({ calls, dev, kept, withStandIn, withTools, write, writeExample }) => {
    test('a cluster of that name that someone else made is not touched', async () => {
      const { file } = await write('foreign');
      writeFileSync(kept('clusters'), JSON.stringify(['pachkit-foreign']));
      for (const action of ['up', 'down', 'reset']) {
        const refused = await dev(action, file, [], withTools('kind'));
        expect({ code: refused.code, output: refused.output }).toEqual({
          code: 3,
          output: expect.stringContaining('error DEV002: kind has a cluster pachkit-foreign') as string,
        });
      }
      expect(calls().filter(([, ...args]) => args.join(' ').includes('pachkit-foreign'))).toEqual([]);
      writeFileSync(kept('clusters'), '[]');
    });

    test('a port in use is named with the process, and nothing is made', async () => {
      const { file, port } = await write('busy');
      const server = net.createServer().listen(port, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const before = calls().length;
      const refused = await dev('up', file, [], withTools('kind'));
      server.close();
      expect({ code: refused.code, output: refused.output }).toEqual({
        code: 3,
        output: expect.stringMatching(
          new RegExp(`error DEV003: Port ${port} of this machine.* is in use by \\S+ \\(${process.pid}\\)`),
        ) as string,
      });
      expect(calls().slice(before)).toEqual([['kind', 'get', 'clusters']]);
    });

    test('no tool, a tool that fails, and a document that is not for development', async () => {
      const { file } = await write('trouble');
      const none = await dev('up', file);
      expect({ code: none.code, output: none.output }).toEqual({
        code: 3,
        output: expect.stringContaining(
          'error DEV001: None of kind, k3d and minikube is in a folder',
        ) as string,
      });
      const failed = await dev('up', file, [], {
        ...withTools('kind'),
        FAIL: 'failed to connect to the docker API at unix:///var/run/docker.sock',
      });
      expect({ code: failed.code, output: failed.output }).toEqual({
        code: 3,
        output: expect.stringMatching(
          /error DEV004: kind could not create the cluster pachkit-trouble: .*ERROR: failed to connect to the docker API/,
        ) as string,
      });
      expect(failed.output).not.toContain('\u001b');
      const wrong = await dev(
        'up',
        writeExample('production-auth0-2-12-0-rc-3'),
        ['--no-terraform'],
        withTools('kind'),
      );
      expect({ code: wrong.code, output: wrong.output }).toEqual({
        code: 2,
        output: expect.stringContaining('error DEV005: The document has the profile production') as string,
      });
    });

    test('what is wrong with Docker is said before anything is made', async () => {
      const { file } = await write('engine', {
        pachd: { resources: { requests: { memory: '2Gi' } } },
      });
      const PATH = withStandIn('docker.cjs', 'docker', withTools('kind').PATH);
      const up = (variables: Readonly<Record<string, string>>) => dev('up', file, [], { PATH, ...variables });
      const before = calls().filter(([name]) => name === 'kind').length;
      const denied = await up({
        DOCKER_REFUSES:
          'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      });
      expect({ code: denied.code, output: denied.output }).toEqual({
        code: 3,
        output: expect.stringMatching(
          /error DEV008: Docker does not answer: permission denied[^]*help: let your user use it/,
        ) as string,
      });
      const stopped = await up({ DOCKER_REFUSES: 'Cannot connect to the Docker daemon. Is it running?' });
      expect(stopped.output).toMatch(/error DEV008: [^]*help: start Docker/);
      const small = await up({ DOCKER_SAYS: '{"memory":1073741824,"groups":"1"}' });
      expect({ code: small.code, output: small.output }).toEqual({
        code: 3,
        output: expect.stringMatching(
          /error DEV009: The pods of the document ask for \d+\.\d GiB of memory, and Docker has 1\.0 GiB[^]*warning DEV010: This machine has control groups of version 1/,
        ) as string,
      });
      const made = calls().filter(([name]) => name === 'kind');
      expect(made.slice(before)).toEqual(made.slice(before).map(() => ['kind', 'get', 'clusters']));
    });
  },
);
