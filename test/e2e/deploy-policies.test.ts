/** Webhooks of policies, and credentials that end in the middle: what is said, what stays, and that the next deploy goes on. */
import { createSign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import {
  controllerManagerTools,
  createCertificateAuthority,
  describeWithTools,
  startKubernetes,
  waitFor,
  type CertificateAuthority,
  type Finished,
  type KubernetesServer,
} from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

/** How long an API server takes a token that has expired. */
const LEEWAY_SECONDS = 60;

/** What an API server asks a webhook. */
interface Review {
  readonly request: {
    readonly uid: string;
    readonly dryRun?: boolean;
    readonly object?: { metadata?: object };
  };
}

describeWithTools('pachkit deploy where others have a say', controllerManagerTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  let authority: CertificateAuthority;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true });
    place = workplace(kubernetes);
    authority = await createCertificateAuthority(place.folder);
  });

  let port = 31500;
  const write = (name: string, over: Over = {}): string => {
    port += 2;
    const service = { httpNodePort: port, httpsNodePort: port + 1 };
    return place.write({ ...quickstart, name }, { access: { proxy: { service } }, ...over }, `${name}.json`);
  };
  const deploy = (file: string, ...args: readonly string[]): Promise<Finished> =>
    place.pachkit(['deploy', file, '--yes', ...args]);
  const create = async (object: object): Promise<void> => {
    const { code, output } = await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(object));
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  };
  const made = async (namespace: string): Promise<string> => {
    const get = ['get', 'deployments,secrets,services', '--namespace', namespace, '-o', 'name'];
    return (await kubernetes.kubectl(get)).standardOutput;
  };
  /** The next deploy makes all of it, and nothing twice. */
  async function goesOn(file: string): Promise<void> {
    const next = await deploy(file, '--no-wait');
    expect({ code: next.code, output: next.code === 0 ? '' : next.output }).toEqual({ code: 0, output: '' });
    expect((await place.pachkit(['diff', file])).code).toBe(0);
  }

  describe('a webhook', () => {
    let server: https.Server;
    let asked: Review[];
    beforeAll(async () => {
      const certificate = await authority.issue('webhook', ['127.0.0.1']);
      server = https.createServer(
        { cert: certificate.certificate, key: certificate.key },
        (request, response) => {
          const chunks: Buffer[] = [];
          request.on('data', (chunk: Buffer) => chunks.push(chunk));
          request.on('end', () => {
            const review = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Review;
            asked.push(review);
            const refusal = { allowed: false, status: { message: 'Deployments need an owner', code: 403 } };
            const answer = {
              ...review,
              request: undefined,
              response: { uid: review.request.uid, ...refusal },
            };
            response.end(JSON.stringify(answer));
          });
        },
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    beforeEach(() => void (asked = []));
    afterAll(() => server.close());

    /** Has the webhook asked about the Deployments of a namespace of the same name. */
    async function guard(name: string, sideEffects: 'None' | 'NoneOnDryRun', at = server): Promise<void> {
      await createNamespace(kubernetes, name);
      const rule = {
        ...{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'] },
        operations: ['CREATE', 'UPDATE'],
      };
      const url = `https://127.0.0.1:${(at.address() as AddressInfo).port}/`;
      await create({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name },
        webhooks: [
          {
            ...{ name: `${name}.acme.com`, rules: [rule], sideEffects, admissionReviewVersions: ['v1'] },
            ...{ timeoutSeconds: 5, failurePolicy: 'Fail' },
            clientConfig: { url, caBundle: Buffer.from(authority.certificate).toString('base64') },
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
          },
        ],
      });
    }
    const unguard = (name: string) => kubernetes.kubectl(['delete', 'validatingwebhookconfiguration', name]);
    /** The API server reads configurations of webhooks once in a while. */
    const once = (said: RegExp, run: () => Promise<Finished>): Promise<Finished> =>
      waitFor(`it says ${said.source}`, async () => {
        const done = await run();
        return said.test(done.output) && done;
      });

    test('that refuses is quoted when it is compared, and nothing is changed; without it the next deploy goes on', async () => {
      const file = write('refuses');
      await guard('refuses', 'None');
      await once(/need an owner/, () => place.pachkit(['deploy', file, '--dry-run']));
      const refused = await deploy(file, '--no-wait');
      expect(refused.output).toMatch(
        /error CLU007: The API server refuses Deployment\/pachd: admission webhook "refuses\.acme\.com" denied the request: Deployments need an owner\n/,
      );
      expect(refused.code).toBe(3);
      expect(asked.every(({ request }) => request.dryRun === true)).toBe(true);
      expect(await made('refuses')).toBe('');
      await unguard('refuses');
      await waitFor('the webhook is asked no more', async () => (await deploy(file, '--no-wait')).code === 0);
      await goesOn(file);
    });

    test('that does not answer is named as such', async () => {
      const gone = https.createServer();
      await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
      const file = write('silent');
      await guard('silent', 'None', gone);
      await new Promise((resolve) => gone.close(resolve));
      const refused = await once(/webhook/, () => deploy(file, '--no-wait'));
      expect(refused.output).toMatch(
        /error CLU007: The API server refuses Deployment\/pachd: .*failed calling webhook "silent\.acme\.com": .*connection refused/,
      );
      expect(refused.output).toMatch(/help: the webhook of a policy does not answer the API server/);
      expect(refused.code).toBe(3);
      expect(await made('silent')).toBe('');
      await unguard('silent');
      await waitFor('the webhook is asked no more', async () => (await deploy(file, '--no-wait')).code === 0);
      await goesOn(file);
    });
  });

  describe('a token that expires while a deploy waits', () => {
    /** Signs a token of an account as the API server does, which ends so many seconds from now. */
    async function token(account: string, seconds: number): Promise<string> {
      const get = [
        'get',
        'serviceaccount',
        account,
        '--namespace',
        'default',
        '-o',
        'jsonpath={.metadata.uid}',
      ];
      const { standardOutput: uid } = await kubernetes.kubectl(get);
      const now = Math.floor(Date.now() / 1000);
      const issuer = 'https://kubernetes.default.svc';
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const claims = {
        ...{ iss: issuer, aud: [issuer], sub: `system:serviceaccount:default:${account}` },
        ...{ iat: now - 120, nbf: now - 120, exp: now + seconds - LEEWAY_SECONDS },
        'kubernetes.io': { namespace: 'default', serviceaccount: { name: account, uid } },
      };
      const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
      const key = readFileSync(kubernetes.serviceAccountKeyFile);
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
    }
    async function administrator(name: string): Promise<void> {
      await kubernetes.kubectl(['create', 'serviceaccount', name, '--namespace', 'default']);
      const binding = [name, '--clusterrole=cluster-admin', `--serviceaccount=default:${name}`];
      expect((await kubernetes.kubectl(['create', 'clusterrolebinding', ...binding])).code).toBe(0);
    }
    /** Writes a kubeconfig with this user. */
    async function kubeconfig(name: string, user: object): Promise<string> {
      const view = await kubernetes.kubectl(['config', 'view', '--raw', '-o', 'json']);
      const config = JSON.parse(view.standardOutput) as { users: { user: object }[] };
      config.users[0] = { ...config.users[0], user };
      writeFileSync(`${place.folder}/${name}.kubeconfig`, JSON.stringify(config), { mode: 0o600 });
      return `${name}.kubeconfig`;
    }

    test('is told, what is applied stays, and the next deploy goes on', async () => {
      await administrator('brief');
      const file = write('brief');
      const expiring = await kubeconfig('brief', { token: await token('brief', 15) });
      // No node runs anything: it waits. What the API server knows of a token it keeps for ten seconds.
      const refused = await deploy(file, '--timeout', '90', '--kubeconfig', expiring);
      expect(refused.output).toContain(
        'error CLU004: The API server of the context test does not accept the credentials: Unauthorized',
      );
      expect(refused.output).toMatch(/help: log in again: the token has expired or was revoked/);
      expect(refused.output).toContain('waits   Deployment/pachd');
      expect(refused.code).toBe(3);
      expect(await made('brief')).toContain('deployment.apps/pachd');
      await goesOn(file);
    });

    test('is asked for anew where a plugin gives it, and the deploy waits on', async () => {
      await administrator('renewed');
      const issued = `${place.folder}/issued`;
      const given: string[] = [];
      const issue = async (): Promise<void> => {
        given.push(await token('renewed', 5));
        const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential' };
        writeFileSync(issued, JSON.stringify({ ...credential, status: { token: given.at(-1) } }), {
          mode: 0o600,
        });
      };
      await issue();
      const timer = setInterval(() => void issue(), 2000);
      const exec = {
        ...{ apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' },
        ...{ command: 'cat', args: [issued] },
      };
      const file = write('renewed');
      const waited = await deploy(
        file,
        '--timeout',
        '25',
        '--kubeconfig',
        await kubeconfig('renewed', { exec }),
      );
      clearInterval(timer);
      // No node runs anything, which is what it says in the end.
      expect(waited.output).toMatch(/error CLU014: Deployment\/pachd is not ready after 25 seconds/);
      expect(waited.output).not.toContain('CLU004');
      expect(given.length).toBeGreaterThan(5);
      for (const each of given) expect(waited.output).not.toContain(each);
      await goesOn(file);
    });
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(10);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
