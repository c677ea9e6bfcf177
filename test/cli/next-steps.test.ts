import { nextSteps } from '../../src/cli/next-steps';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';

const commands = { preparing: [], applying: [['kubectl apply -f dist/prod/manifests']], jobs: [] };
const rootToken = { secret: 'pachyderm-auth', key: 'root-token' };

const stepsOf = (document: Partial<ClusterDocument> = {}): string[] =>
  nextSteps(clusterOf(document), commands, rootToken);

describe('the next steps', () => {
  it('lead to an open door, in the order in which they work', () => {
    expect(stepsOf({ access: { via: 'proxy', port: 8080 } })).toEqual([
      'kubectl create namespace pachyderm --dry-run=client -o yaml | kubectl apply -f -',
      'kubectl apply -f dist/prod/manifests',
      'kubectl -n pachyderm rollout status deployment/pachd --timeout=10m',
      'kubectl -n pachyderm rollout status deployment/pachyderm-proxy --timeout=10m',
      'kubectl -n pachyderm port-forward service/pachyderm-proxy 8080:80 &',
      'pachctl connect grpc://localhost:8080',
      expect.stringMatching(
        /^kubectl -n pachyderm get secret pachyderm-auth .* \| pachctl auth use-auth-token$/,
      ),
    ]);
  });

  it.each<[string, Partial<ClusterDocument>, string[]]>([
    [
      'a proxy with TLS at a port that needs root',
      { access: { via: 'proxy', tls: { secretName: 'tls' }, proxy: { service: { httpsPort: 8443 } } } },
      [
        'kubectl -n pachyderm port-forward service/pachyderm-proxy 443:8443 &',
        '# port 443 needs root on most machines; with access.port: 8080 nothing does',
      ],
    ],
    [
      'a loopback host',
      { access: { via: 'proxy', host: 'localhost', port: 9000 } },
      ['kubectl -n pachyderm port-forward service/pachyderm-proxy 9000:80 &'],
    ],
    [
      'a load balancer on this machine',
      { access: { via: 'proxy', proxy: { service: { type: 'LoadBalancer' } } } },
      [],
    ],
    ['a public host', { access: { via: 'proxy', host: 'pach.acme.com' } }, []],
    ['a node', { access: { via: 'nodePort', host: '10.0.0.1' } }, []],
    [
      'no way in',
      { access: { via: 'portForward' }, namespace: 'data' },
      ['pachctl port-forward --namespace data &'],
    ],
    [
      'no way in, and a standalone Dex',
      { access: { via: 'portForward' }, identity: { dex: 'standalone' } },
      [
        'pachctl port-forward --namespace pachyderm &',
        'kubectl -n pachyderm port-forward service/dex 5556 &',
      ],
    ],
    [
      'a proxy that the release reaches at the old ports',
      { release: '2.4.0', access: { via: 'proxy' } },
      ['pachctl port-forward --namespace pachyderm &'],
    ],
    [
      'an ingress without a rule for gRPC',
      { release: '2.2.8', access: { via: 'ingress', host: 'pach.acme.com' } },
      ['kubectl -n pachyderm port-forward service/pachd 30650:30650 &'],
    ],
    [
      'an ingress to the proxy, which may not speak gRPC',
      { access: { via: 'ingress', host: 'pach.acme.com' } },
      [
        '# pachctl speaks gRPC: if it cannot connect, let the Ingress controller speak HTTP/2 to pachyderm-proxy, or run',
        '#   kubectl -n pachyderm port-forward service/pachyderm-proxy 30650:80 & and connect to grpc://localhost:30650',
      ],
    ],
  ])('%s', (_title, document, wayIn) => {
    const steps = stepsOf(document);
    const connect = steps.findIndex((step) => step.startsWith('pachctl connect '));
    const applied = steps.findLastIndex((step) => / (rollout status|apply -f|wait) /.test(step.slice(0, 60)));
    expect(steps.slice(applied + 1, connect).filter((step) => !step.includes('rollout'))).toEqual(wayIn);
  });

  it('wait for the Job that bootstraps 2.2, and for none of its predecessors, which may have failed', () =>
    expect(nextSteps(clusterOf(), { ...commands, jobs: ['pachyderm-config-1'] }, rootToken)).toEqual(
      expect.arrayContaining([
        'kubectl -n pachyderm wait --for=condition=complete job/pachyderm-config-1 --timeout=10m',
        '# if it fails: kubectl -n pachyderm logs job/pachyderm-config-1; to run it again: kubectl -n pachyderm delete job/pachyderm-config-1, and apply',
      ]),
    ));

  it('remove the Jobs of earlier documents first: one that is done does not run again when its document is back', () => {
    const steps = nextSteps(clusterOf(), { ...commands, jobs: ['pachyderm-config-1'] }, rootToken);
    expect(steps.slice(1, 3)).toEqual([
      'kubectl -n pachyderm delete job -l app=pachd,suite=pachyderm --field-selector status.successful=1',
      'kubectl apply -f dist/prod/manifests',
    ]);
    const others = nextSteps(clusterOf(), { ...commands, jobs: ['pachyderm-preflight-check'] }, rootToken);
    expect(others.filter((step) => step.includes('delete job -l'))).toEqual([]);
  });

  it('make the tokens of robots once the root user has logged in, and keep them in Secrets', () => {
    const robots = [
      { name: 'ci', ttl: '90d' },
      { name: 'Build_Bot', secretName: 'bot' },
    ];
    expect(stepsOf({ auth: { robots } }).slice(-3)).toEqual([
      expect.stringContaining('pachctl auth use-auth-token'),
      "pachctl auth get-robot-token ci --ttl 129600m -q | tr -d '\\n' | kubectl -n pachyderm create secret generic pachyderm-robot-ci --from-file=token=/dev/stdin --dry-run=client -o yaml | kubectl apply -f -",
      "pachctl auth get-robot-token Build_Bot -q | tr -d '\\n' | kubectl -n pachyderm create secret generic bot --from-file=token=/dev/stdin --dry-run=client -o yaml | kubectl apply -f -",
    ]);
    expect(clusterOf({ auth: { robots: [{ name: 'Build_Bot' }] } }).auth?.robots[0]?.secretName).toBe(
      'pachyderm-robot-build-bot',
    );
  });

  it('begin with what sets up the provider, and are that alone where no output has objects', () => {
    const preparing = ['terraform init', 'terraform apply'];
    expect(nextSteps(clusterOf(), { ...commands, preparing }, rootToken).slice(0, 4)).toEqual([
      ...preparing,
      'kubectl create namespace pachyderm --dry-run=client -o yaml | kubectl apply -f -',
      'kubectl apply -f dist/prod/manifests',
    ]);
    expect(nextSteps(clusterOf(), { preparing, applying: [], jobs: [] }, rootToken)).toEqual(preparing);
  });

  it('apply the objects once, whichever outputs have them', () => {
    const steps = nextSteps(
      clusterOf(),
      { preparing: [], applying: [['first'], ['second']], jobs: [] },
      rootToken,
    );
    expect(steps.slice(1, 3)).toEqual(['first', '# or second']);
  });
});
