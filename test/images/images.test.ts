import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { credentialsFor } from '../../src/images/credentials';
import { imagesOf, withImages } from '../../src/images/images-of';
import { lockText, readLock, type ReadLock } from '../../src/images/lock-file';
import { parseImage } from '../../src/images/reference';
import { resolveImages, type Resolved } from '../../src/images/resolve-images';
import { unusedMirrors } from '../../src/images/unused-mirrors';
import { localServer } from '../support/local-server';
import { temporaryFolder } from '../support/pachkit';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['postgres:13', 'docker.io', 'library/postgres', '13'],
  ['pachyderm/pachd:2.11.6', 'docker.io', 'pachyderm/pachd', '2.11.6'],
  ['docker.io/pachyderm/pachd', 'docker.io', 'pachyderm/pachd', 'latest'],
  ['localhost/pachd:1', 'localhost', 'pachd', '1'],
  ['registry.acme.com:5000/a/b/c:v1', 'registry.acme.com:5000', 'a/b/c', 'v1'],
])('%s is of %s: %s, %s', (text, registry, repository, tag) => {
  expect(parseImage(text)).toEqual({ registry, repository, tag });
  expect(parseImage(`${text}@${DIGEST}`)).toEqual({ registry, repository, tag, digest: DIGEST });
});

test('a mirror of a registry that no image is of is a warning, which names those that images are of', () => {
  const images = ['pachyderm/pachd:2.11.6', `ghcr.io/dexidp/dex:v2.45.1@${DIGEST}`, 'Not an image'];
  const of = (...registries: readonly string[]): readonly string[] =>
    unusedMirrors(
      images,
      Object.fromEntries(registries.map((registry) => [registry, 'mirror.acme.com'])),
      'pachyderm.yaml',
    ).map(({ code, severity, message, hint }) => [code, severity, message, hint].join('; '));
  expect(of('docker.io', 'ghcr.io')).toEqual([]);
  expect(of('docker.io', 'index.docker.io')).toEqual([
    'LCK008; warning; --mirror names the registry index.docker.io, and no image is of it: nothing is asked of mirror.acme.com; the images are of docker.io and ghcr.io',
  ]);
});

test.each([
  '',
  'Pachd:1',
  'a b',
  'pachd@sha256:1',
  'a/../b:1',
  'pachd:1/../../x',
  'host.com/',
  'a.com?x/b:1',
  'a.com#/b:1',
])('%j is not an image', (text) => expect(parseImage(text)).toBeUndefined());

test('images are those of containers and of Pods that pachd makes, and nothing else is replaced', () => {
  const manifest = {
    kind: 'Deployment',
    metadata: { name: 'a:1' },
    spec: {
      containers: [
        {
          image: 'a:1',
          env: [
            { name: 'WORKER_IMAGE', value: 'b:1' },
            { name: 'OTHER', value: 'a:1' },
          ],
        },
      ],
    },
  };
  expect(imagesOf([manifest, manifest])).toEqual(['a:1', 'b:1']);
  expect(withImages(manifest, (image) => `${image}@x`)).toEqual({
    kind: 'Deployment',
    metadata: { name: 'a:1' },
    spec: {
      containers: [
        {
          image: 'a:1@x',
          env: [
            { name: 'WORKER_IMAGE', value: 'b:1@x' },
            { name: 'OTHER', value: 'a:1' },
          ],
        },
      ],
    },
  });
  expect(withImages(manifest, (image) => image)).toBe(manifest);
});

describe('a lock file', () => {
  const lockOf = (folder: string): ReadLock | undefined =>
    readLock(path.join(folder, 'pachkit.lock'), 'locks/pachkit.lock');

  test('is sorted, and read as it was written', () => {
    const text = lockText({ 'b:1': DIGEST, 'a:1': DIGEST });
    expect(text.indexOf('a:1')).toBeLessThan(text.indexOf('b:1'));
    expect(lockOf(temporaryFolder({ 'pachkit.lock': text }))).toEqual({
      images: { 'a:1': DIGEST, 'b:1': DIGEST },
    });
    expect(lockOf(temporaryFolder())).toBeUndefined();
  });

  test.each([
    ['<<<<<<< HEAD\n', 'not JSON'],
    ['[]', 'its version is missing'],
    ['{"version":2,"images":{}}', 'its version is 2, and this pachkit reads 1'],
    ['{"version":1,"images":[]}', 'images is not a mapping'],
    ['{"version":1,"images":{"a:1":"latest"}}', 'the digest of a:1'],
  ])('%j is unusable', (text, reason) => {
    expect(lockOf(temporaryFolder({ 'pachkit.lock': text }))).toMatchObject({
      problem: {
        code: 'LCK001',
        location: { file: 'locks/pachkit.lock' },
        message: expect.stringContaining(reason) as string,
      },
    });
  });
});

describe('credentials of docker login', () => {
  const auth = Buffer.from('jo:p:w').toString('base64');
  const of = (config: object | null, registry: string): unknown => {
    const folder = temporaryFolder({ 'config.json': JSON.stringify(config) });
    fs.mkdirSync(path.join(folder, 'bin'));
    fs.writeFileSync(
      path.join(folder, 'bin/docker-credential-vault'),
      '#!/bin/sh\nread name; [ "$1 $name" = "get registry.acme.com" ] || exit 1\necho \'{"Username":"<token>","Secret":"t"}\'\n',
      { mode: 0o755 },
    );
    const PATH = `${path.join(folder, 'bin')}:${process.env['PATH']}`;
    return credentialsFor(registry, { DOCKER_CONFIG: folder, PATH });
  };

  test('come from the file, and from the helper that it names', () => {
    expect(of({ auths: { 'r.io': { auth } } }, 'r.io')).toEqual({ user: 'jo', password: 'p:w' });
    expect(of({ auths: { 'https://index.docker.io/v1/': { auth } } }, 'docker.io')).toEqual({
      user: 'jo',
      password: 'p:w',
    });
    expect(of({ auths: { 'r.io': { identitytoken: 't' } } }, 'r.io')).toEqual({ identityToken: 't' });
    expect(of({ credHelpers: { 'registry.acme.com': 'vault' } }, 'registry.acme.com')).toEqual({
      identityToken: 't',
    });
    expect(of({ credsStore: 'vault' }, 'registry.acme.com')).toEqual({ identityToken: 't' });
  });

  test('are none where there are none, and where a helper fails or is no program', () => {
    for (const config of [
      {},
      null,
      { auths: { 'other.io': { auth: 1, identitytoken: {} } }, credsStore: 1 },
      { auths: {} },
      { credsStore: 'vault' },
      { credsStore: '../evil' },
      { credsStore: 'missing' },
    ])
      expect(of(config, 'other.io')).toBeUndefined();
    expect(credentialsFor('r.io', { HOME: temporaryFolder() })).toBeUndefined();
  });
});

describe('a registry', () => {
  let answer: http.RequestListener;
  const host = localServer((request, response) => answer(request, response));

  const resolve = async (
    environment: Record<string, string> = {},
    timeout = 5000,
  ): Promise<Resolved | undefined> =>
    (await resolveImages([`${host()}/a:1`], { environment, mirrors: {}, timeout }))[0];

  test('tells the digest, or serves what it is the hash of', async () => {
    answer = ({ url, headers }, response) => {
      expect([url, headers.accept]).toEqual([
        '/v2/a/manifests/1',
        expect.stringMatching(/^application\/vnd.oci.image.index/),
      ]);
      response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
    };
    expect(await resolve()).toEqual({ image: `${host()}/a:1`, digest: DIGEST });
    answer = ({ method }, response) =>
      response.writeHead(200, { 'content-type': MANIFEST }).end(method === 'GET' ? '{}' : undefined);
    expect(await resolve()).toMatchObject({
      digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    });
  });

  test('is asked with the token that it wants, for the account of docker login', async () => {
    const folder = temporaryFolder({
      'config.json': JSON.stringify({
        auths: { [host()]: { auth: Buffer.from('jo:secret').toString('base64') } },
      }),
    });
    const asked: string[] = [];
    answer = ({ url = '', headers }, response) => {
      asked.push(`${url} ${headers.authorization ?? ''}`);
      if (url.startsWith('/token')) return void response.end('{"token":"t"}');
      if (headers.authorization === 'Bearer t')
        return void response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
      response
        .writeHead(401, { 'www-authenticate': `Bearer realm="http://${host()}/token",service="r"` })
        .end();
    };
    expect(await resolve({ DOCKER_CONFIG: folder })).toMatchObject({ digest: DIGEST });
    expect(asked).toEqual([
      '/v2/a/manifests/1 ',
      `/token?scope=repository%3Aa%3Apull&service=r Basic ${Buffer.from('jo:secret').toString('base64')}`,
      '/v2/a/manifests/1 Bearer t',
    ]);
  });

  test.each<[string, number, http.OutgoingHttpHeaders, string, string]>([
    ['nothing to show', 404, {}, 'LCK004', 'has no a:1'],
    ['no access', 403, {}, 'LCK005', 'answers 403'],
    ['no credentials', 401, { 'www-authenticate': 'Basic realm="r"' }, 'LCK005', 'answers 401'],
    [
      'a token elsewhere without TLS',
      401,
      { 'www-authenticate': 'Bearer realm="http://auth.acme.com/t"' },
      'LCK005',
      'without TLS',
    ],
    ['too many requests', 429, { 'retry-after': '60' }, 'LCK006', 'it takes requests again in 60 s'],
    [
      'a page, as a proxy has',
      200,
      { 'content-type': 'text/html; charset=utf-8' },
      'LCK006',
      'but text/html',
    ],
    ['a fault', 503, {}, 'LCK006', 'answers 503'],
  ])('that has %s is a finding', async (_, status, headers, code, reason) => {
    answer = (_request, response) => response.writeHead(status, headers).end();
    expect(await resolve()).toMatchObject({ code, reason: expect.stringContaining(reason) as string });
  });

  test('gives no credentials to what it leads to', async () => {
    const seen: string[] = [];
    let here = '';
    const other = http.createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''} ${body}`);
        if (request.url === '/token?scope=repository%3Aa%3Apull')
          return response.end('{"token":"anonymous"}');
        if (request.headers.authorization === 'Bearer anonymous')
          return response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
        return response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${here}/token"` }).end();
      });
    });
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    here = `127.0.0.1:${(other.address() as AddressInfo).port}`;
    try {
      const login = (kept: object): Record<string, string> => ({
        DOCKER_CONFIG: temporaryFolder({ 'config.json': JSON.stringify({ auths: { [host()]: kept } }) }),
      });
      answer = ({ url }, response) => response.writeHead(307, { location: `http://${here}${url}` }).end();
      const auth = Buffer.from('jo:secret').toString('base64');
      expect(await resolve(login({ auth }))).toMatchObject({ digest: DIGEST });
      expect(seen).toEqual([
        'HEAD /v2/a/manifests/1  ',
        'GET /token?scope=repository%3Aa%3Apull  ',
        'HEAD /v2/a/manifests/1 Bearer anonymous ',
      ]);
      seen.length = 0;
      answer = ({ url }, response) =>
        url === '/token'
          ? response.writeHead(307, { location: `http://${here}/token` }).end()
          : response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host()}/token"` }).end();
      expect(await resolve(login({ identitytoken: 'secret' }))).toMatchObject({
        code: 'LCK006',
        reason: expect.stringContaining('answers 307') as string,
      });
      expect(seen).toEqual([]);
    } finally {
      other.closeAllConnections();
      other.close();
    }
  });

  test('that stops within a manifest, or sends a token that is none, is a finding without it', async () => {
    answer = ({ method }, response) => {
      response.writeHead(200, { 'content-type': MANIFEST });
      if (method === 'GET') response.write('{');
      else response.end();
    };
    expect(await resolve({}, 200)).toMatchObject({
      code: 'LCK006',
      reason: expect.stringContaining('no answer in 0.2 s') as string,
    });
    answer = ({ url }, response) =>
      url?.startsWith('/token')
        ? response.end(JSON.stringify({ token: 'secret\nx' }))
        : response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${host()}/token"` }).end();
    expect(await resolve()).toMatchObject({ code: 'LCK006', reason: `${host()} sends no token` });
  });

  test.each<[string, string, number]>([
    ['manifest', '', 4],
    ['token', 'Bearer', 1],
  ])('that sends a %s without end is a finding', async (kind, scheme, limit) => {
    answer = ({ method, url = '' }, response) => {
      if (scheme !== '' && !url.startsWith('/token'))
        return void response
          .writeHead(401, { 'www-authenticate': `${scheme} realm="http://${host()}/token"` })
          .end();
      response.writeHead(200, { 'content-type': MANIFEST });
      const more = (): void => void response.write(' '.repeat(64 * 1024), (error) => error ?? more());
      if (method === 'GET') more();
      else response.end();
    };
    expect(await resolve()).toMatchObject({
      code: 'LCK006',
      reason: `${host()} sends a ${kind} of more than ${limit} MiB`,
    });
  });

  test('that does not answer is a finding, and so are one that is not there and a name that is none', async () => {
    answer = () => undefined;
    expect(await resolve({}, 100)).toMatchObject({
      code: 'LCK006',
      reason: expect.stringContaining('no answer in 0.1 s') as string,
    });
    const options = { environment: {}, mirrors: {}, timeout: 5000 };
    expect(await resolveImages(['127.0.0.1:1/a:1', 'A b'], options)).toMatchObject([
      { code: 'LCK006', reason: expect.stringContaining('cannot be asked') as string },
      { code: 'LCK004' },
    ]);
  });
});
