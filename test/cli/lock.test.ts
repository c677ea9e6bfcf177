import { pachkit, temporaryFolder } from '../support/pachkit';

const DEV = `apiVersion: pachkit/v1
name: dev
release: 2.12.0-rc.3
profile: dev
identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }
storage: { local: {} }
`;

/** The findings of `pachkit lock` with a registry at a port where nothing listens. */
function findingsOf(document: string): string[] {
  const folder = temporaryFolder({ 'dev.yaml': document });
  const args = ['lock', 'dev.yaml', '--mirror', 'docker.io=127.0.0.1:2', '--format', 'json'];
  const { stdout } = pachkit(args, { folder });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string }[] };
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

test('a registry that cannot be asked is one finding, of however many images', () => {
  expect(findingsOf(DEV)).toEqual([
    expect.stringMatching(
      /^LCK006 The digests of \d+ images are not known: 127\.0\.0\.1:2 cannot be asked: .*ECONNREFUSED/,
    ),
  ]);
});

test('an image whose own name is wrong is named', () => {
  const images =
    'pachd: { image: { repository: acme:5000/pachd } }\netcd: { image: { repository: acme:5000/etcd } }\n';
  expect(findingsOf(`${DEV}${images}`)).toEqual([
    expect.stringMatching(/^LCK004 The digest of docker\.io\/acme:5000\/etcd:/),
    expect.stringMatching(/^LCK004 The digest of docker\.io\/acme:5000\/pachd:/),
    expect.stringMatching(/^LCK006 The digests of \d+ images/),
  ]);
});
