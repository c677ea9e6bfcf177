import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import * as fs from 'node:fs';
import * as http from 'node:http';
import * as os from 'node:os';
import type { AddressInfo } from 'node:net';
import { loadAll } from 'js-yaml';
import { workplace, type Workplace } from './deploy/program';
import { describeWithTools, kubernetesTools, startKubernetes, type KubernetesServer } from './harness';

const DOCUMENT = {
  apiVersion: 'pachkit/v1',
  name: 'prod',
  release: '2.12.0-rc.3',
  access: { host: 'a.example.com', tls: { secretName: 'tls' } },
  identity: { connectorsFrom: { existing: { name: 'connectors' } } },
  storage: { gcs: { bucket: 'acme' } },
  secrets: {
    output: 'sealedSecret',
    encryptionKey: { env: 'SEALING_KEY' },
    sealedSecret: { certificate: { file: './sealed-secrets.pem' } },
  },
};

/** Where the API server reaches this machine; it refuses to proxy to the address of the loopback. */
const ADDRESS = Object.values(os.networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

const withNetwork = ADDRESS === undefined ? describe.skip : describe;

withNetwork('the certificate of the controller of SealedSecrets', () => {
  describeWithTools('fetched through a real API server', [...kubernetesTools, 'openssl'], () => {
    let kubernetes: KubernetesServer;
    let place: Workplace;
    let controller: http.Server;
    let answer: { status: number; body: string };
    const asked: string[] = [];
    const at = (name: string): string => `${place.folder}/${name}`;
    const written = (): string => fs.readFileSync(at('sealed-secrets.pem'), 'utf8');
    const fetch = (...args: string[]) => place.pachkit(['secret', 'certificate', 'prod.json', ...args]);

    /** A certificate as the controller makes it. */
    function newCertificate(kind = 'rsa:2048'): { certificate: string; key: string } {
      const args = [
        'req',
        '-x509',
        '-newkey',
        ...kind.split(' '),
        '-nodes',
        '-subj',
        '/CN=sealed',
        '-days',
        '3650',
      ];
      const files = ['-keyout', at('tls.key'), '-out', at('tls.crt')];
      expect(spawnSync('openssl', [...args, ...files]).status).toBe(0);
      return {
        certificate: fs.readFileSync(at('tls.crt'), 'utf8'),
        key: fs.readFileSync(at('tls.key'), 'utf8'),
      };
    }

    async function create(object: object): Promise<void> {
      const { code, output } = await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(object));
      expect([code, output]).toEqual([0, expect.any(String)]);
    }

    async function createController(name: string, namespace: string, port: object): Promise<void> {
      const metadata = { name, namespace };
      await create({
        apiVersion: 'v1',
        kind: 'Service',
        metadata,
        spec: { ports: [{ port: 8080, ...port }] },
      });
      // An API server proxies to Pods alone.
      await create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
      const containers = [
        { name: 'controller', image: 'docker.io/bitnami/sealed-secrets-controller:0.27.1' },
      ];
      await create({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers } });
      const status = JSON.stringify({ status: { podIP: ADDRESS, podIPs: [{ ip: ADDRESS }] } });
      const args = [
        '-n',
        namespace,
        'patch',
        'pod',
        name,
        '--subresource=status',
        '--type=merge',
        '-p',
        status,
      ];
      expect((await kubernetes.kubectl(args)).code).toBe(0);
      await create({
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata,
        subsets: [
          {
            addresses: [{ ip: ADDRESS, targetRef: { kind: 'Pod', name, namespace } }],
            ports: [{ port: (controller.address() as AddressInfo).port, ...port }],
          },
        ],
      });
    }

    beforeAll(async () => {
      kubernetes = await startKubernetes();
      place = workplace(kubernetes);
      fs.writeFileSync(at('prod.json'), JSON.stringify(DOCUMENT));
      controller = http.createServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(answer.status, { 'Content-Type': 'application/x-pem-file' }).end(answer.body);
      });
      await new Promise<void>((resolve) => controller.listen(0, ADDRESS, resolve));
      await createController('sealed-secrets-controller', 'kube-system', {});
      await createController('sealed-secrets', 'default', { name: 'http' });
    });
    afterAll(() => {
      controller.close();
      place.remove();
    });

    test('is written where the document says, and Secrets are sealed with it', async () => {
      const { certificate } = newCertificate();
      answer = { status: 200, body: certificate };
      const { code, standardOutput } = await fetch();
      expect([code, standardOutput]).toEqual([
        0,
        expect.stringMatching(
          /^\.\/sealed-secrets\.pem: the certificate of the controller, SHA-256 [0-9A-F:]+…, valid until \d{4}-\d\d-\d\d; commit it\n$/,
        ),
      ]);
      expect(asked.at(-1)).toBe('/v1/cert.pem');
      expect(written()).toBe(certificate);
      const synth = await place.pachkit(['synth', 'prod.json', '--only', 'manifests'], {
        SEALING_KEY: 'k'.repeat(32),
        KUBECONFIG: '/nowhere',
      });
      expect(synth.code).toBe(0);
      const objects = loadAll(fs.readFileSync(at('dist/pachkit/prod/manifests/01-secrets.yaml'), 'utf8'));
      expect(objects).toContainEqual(expect.objectContaining({ kind: 'SealedSecret' }));
      expect((await fetch()).standardOutput).toContain('it has not changed');
    });

    test('that is a new one is told', async () => {
      answer = { status: 200, body: newCertificate().certificate };
      expect((await fetch()).standardOutput).toContain('it is a new one');
      expect(written()).toBe(answer.body);
    });

    test('comes from a Service of another name, whose port has one too', async () => {
      answer = { status: 200, body: newCertificate().certificate };
      const { code } = await fetch(
        '--controller-name',
        'sealed-secrets',
        '--controller-namespace',
        'default',
      );
      expect([code, written()]).toEqual([0, answer.body]);
    });

    test.each<[string, () => typeof answer, number, string]>([
      [
        'expired',
        () => ({ status: 200, body: expiredCertificate() }),
        1,
        'What the controller gives expired on 20',
      ],
      ['comes with its key', () => withKey(), 1, 'comes with a private key'],
      [
        'has no RSA key',
        () => ({ status: 200, body: newCertificate('ec -pkeyopt ec_paramgen_curve:P-256').certificate }),
        1,
        'has no key of RSA',
      ],
      ['is a page', () => ({ status: 200, body: '<html>' }), 1, 'is not a certificate in PEM'],
      ['is refused', () => ({ status: 503, body: 'starting' }), 3, 'does not give it'],
    ])('that %s replaces nothing', async (_, next, exitCode, message) => {
      const before = written();
      answer = next();
      const { code, output } = await fetch();
      expect([code, output]).toEqual([exitCode, expect.stringContaining(message)]);
      expect(output).not.toContain('PRIVATE KEY');
      expect(written()).toBe(before);
    });

    test.each([
      [['--controller-name', 'other'], 'there is no Service other in the namespace kube-system'],
      [['--context', 'other'], 'other'],
    ])('is missed with %j', async (args, message) => {
      const { code, output } = await fetch(...args);
      expect(code).not.toBe(0);
      expect(output).toContain(message);
    });

    /** A certificate that ends in the second in which it begins. */
    function expiredCertificate(): string {
      newCertificate();
      const request = ['req', '-new', '-key', at('tls.key'), '-subj', '/CN=sealed', '-out', at('tls.csr')];
      const sign = ['x509', '-req', '-in', at('tls.csr'), '-signkey', at('tls.key'), '-days', '0'];
      expect(spawnSync('openssl', request).status).toBe(0);
      expect(spawnSync('openssl', [...sign, '-out', at('tls.crt')]).status).toBe(0);
      const certificate = fs.readFileSync(at('tls.crt'), 'utf8');
      const end = Date.parse(new X509Certificate(certificate).validTo);
      while (Date.now() <= end + 1000) spawnSync('sleep', ['0.2']);
      return certificate;
    }

    function withKey(): typeof answer {
      const { certificate, key } = newCertificate();
      return { status: 200, body: certificate + key };
    }
  });
});
