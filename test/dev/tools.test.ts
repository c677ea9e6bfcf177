import { load } from 'js-yaml';
import { clusterTools } from '../../src/dev/tools/registry';
import type { ClusterTool } from '../../src/dev/tool';
import minikubeFlags from '../e2e/dev/minikube-flags.json';

const tool = (name: string): ClusterTool => clusterTools.find((each) => each.name === name) as ClusterTool;
const cluster = { name: 'pachkit-acme', ports: [{ port: 8080, nodePort: 32_400 }] };

describe('a tool lists its clusters', () => {
  test.each([
    ['kind', 'pachkit-acme\nother\n', ['pachkit-acme', 'other']],
    ['kind', 'No kind clusters found.\n', []],
    ['kind', '', []],
    ['k3d', '[{"name":"pachkit-acme","serversCount":1},{"name":"other"}]', ['pachkit-acme', 'other']],
    ['k3d', 'null', []],
    [
      'minikube',
      '{"invalid":[{"Name":"broken"}],"valid":[{"Name":"pachkit-acme"}]}',
      ['pachkit-acme', 'broken'],
    ],
    ['minikube', '{"invalid":null,"valid":null}', []],
  ])('%s: %j', (name, output, names) => expect(tool(name).list.names(output)).toEqual(names));
});

describe('ports are open to this machine alone', () => {
  test('with kind', () =>
    expect(load(tool('kind').configuration?.(cluster) ?? '')).toMatchObject({
      name: 'pachkit-acme',
      nodes: [
        {
          role: 'control-plane',
          extraPortMappings: [
            { containerPort: 32_400, hostPort: 8080, listenAddress: '127.0.0.1', protocol: 'TCP' },
          ],
        },
      ],
    }));

  test('with k3d', () =>
    expect(load(tool('k3d').configuration?.(cluster) ?? '')).toMatchObject({
      metadata: { name: 'pachkit-acme' },
      ports: [{ port: '127.0.0.1:8080:32400', nodeFilters: ['server:0:direct'] }],
    }));

  test('with minikube, which takes no file', () => {
    expect(tool('minikube').configuration).toBeUndefined();
    expect(tool('minikube').create(cluster, '')).toEqual([
      ...['start', '--profile', 'pachkit-acme', '--driver', 'docker'],
      ...['--ports', '127.0.0.1:8080:32400'],
    ]);
  });
});

test('nodes are what the document says, or what the tool takes', () => {
  const withNode = { ...cluster, node: 'a node' };
  expect(load(tool('kind').configuration?.(withNode) ?? '')).toMatchObject({ nodes: [{ image: 'a node' }] });
  expect(load(tool('k3d').configuration?.(withNode) ?? '')).toMatchObject({ image: 'a node' });
  expect(tool('minikube').create(withNode, '').join(' ')).toContain(' --kubernetes-version a node ');
  for (const { configuration, create } of clusterTools)
    expect(`${configuration?.(cluster) ?? ''} ${create(cluster, '').join(' ')}`).not.toMatch(
      /image|version:? /,
    );
});

describe('minikube is given flags that its documentation has', () => {
  const { create, list, load, remove } = tool('minikube');
  test.each([
    ['start', create({ ...cluster, node: 'v1.34.0' }, '')],
    ['profile list', list.args],
    ['image load', load('pachkit-acme', '/images.tar')],
    ['delete', remove('pachkit-acme')],
  ] as const)('%s', (command, args) => {
    const words = command.split(' ');
    expect(args.slice(0, words.length)).toEqual(words);
    const given = args.filter((each) => each.startsWith('--'));
    expect(given.length).toBeGreaterThan(0);
    expect([...minikubeFlags[command], ...minikubeFlags.inherited]).toEqual(expect.arrayContaining(given));
  });
});
