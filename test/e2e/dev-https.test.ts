import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { describeDev } from './dev/suite';
import { freePort, run } from './harness';

describeDev(
  'pachkit dev with https',
  ['openssl'],
  ({ calls, dev, inFolder, kubectl, provideVolumes, withStandIn, withTools, write }) => {
    const https = (port: number) => ({ access: { port, tls: { secretName: 'pachyderm-tls' } } });
    const madeFile = (name: string): string => inFolder('.pachkit', name);
    const secretOf = async (namespace: string): Promise<Record<'tls.crt' | 'tls.key', string>> => {
      const { standardOutput } = await kubectl([
        ...['get', 'secret', 'pachyderm-tls', '-n', namespace, '-o', 'json'],
      ]);
      const { data } = JSON.parse(standardOutput) as { data: Record<'tls.crt' | 'tls.key', string> };
      const decoded = (text: string): string => Buffer.from(text, 'base64').toString();
      return { 'tls.crt': decoded(data['tls.crt']), 'tls.key': decoded(data['tls.key']) };
    };
    /** What curl says of a server with the certificate of the cluster. */
    const curl = async (namespace: string, port: number, authority: string): Promise<string> => {
      const secret = await secretOf(namespace);
      const server = createServer({ cert: secret['tls.crt'], key: secret['tls.key'] }, (_, response) =>
        response.end('the login page'),
      ).listen(port, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { standardOutput } = await run({
        name: 'curl',
        program: 'curl',
        args: ['--silent', '--cacert', authority, `https://localhost:${port}/`],
        workingDirectory: inFolder(),
      });
      server.close();
      return standardOutput;
    };

    test('the Secret that the document names gets a certificate of an authority beside the document', async () => {
      await provideVolumes();
      const port = await freePort();
      const { file } = await write('https', https(port));
      const first = await dev('up', file, [], withTools('kind'));
      expect({ code: first.code, output: first.output }).toMatchObject({ code: 0 });
      expect(first.output).toContain(`open     https://localhost:${port}/`);
      expect(first.output).toMatch(
        /https {4}by \S+\/\.pachkit\/dev-ca\.pem, .*certutil -d sql:"\$HOME\/.pki\/nssdb" -A -t C,, -n pachkit-dev -i \S+dev-ca\.pem/,
      );
      expect(first.output).not.toContain('PRIVATE KEY');
      const modes = ['dev-ca-key.pem', 'https.tls.key', 'dev-ca.pem'].map(
        (name) => statSync(madeFile(name)).mode,
      );
      expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600, 0o644]);
      const made = await secretOf('https');
      expect(made['tls.key']).toBe(readFileSync(madeFile('https.tls.key'), 'utf8'));
      expect(await curl('https', port, madeFile('dev-ca.pem'))).toBe('the login page');

      const again = await dev('up', file, [], withTools('kind'));
      expect([again.code, again.output]).toEqual([0, expect.stringContaining('nothing to change')]);
      expect(await secretOf('https')).toEqual(made);
      // One of another authority, or that is broken, is made anew.
      writeFileSync(madeFile('dev-ca.pem'), 'broken');
      expect((await dev('up', file, [], withTools('kind'))).code).toBe(0);
      expect((await secretOf('https'))['tls.crt']).not.toBe(made['tls.crt']);
      expect(await curl('https', port, madeFile('dev-ca.pem'))).toBe('the login page');
      expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
      await kubectl(['delete', 'namespace', 'https']);
    });

    test('mkcert makes it where there is one, and a Secret of someone else stays', async () => {
      await provideVolumes();
      const port = await freePort();
      const { file } = await write('mkcert', https(port));
      const roots = inFolder('roots');
      const variables = { PATH: withStandIn('mkcert.cjs', 'mkcert', withTools('kind').PATH), CAROOT: roots };
      const failed = await dev('up', file, [], { ...variables, MKCERT_FAILS: 'no space left' });
      expect([failed.code, failed.output]).toEqual([
        3,
        expect.stringContaining('error DEV004: mkcert could not make a certificate: ERROR: no space left'),
      ]);
      const first = await dev('up', file, [], variables);
      expect([first.code, first.output]).toEqual([0, expect.stringContaining('trust it: mkcert -install')]);
      expect(await curl('mkcert', port, inFolder('roots', 'rootCA.pem'))).toBe('the login page');
      const made = (): number => calls().filter((call) => call.includes('-cert-file')).length;
      expect(made()).toBe(2);
      await kubectl(['delete', 'secret', 'pachyderm-tls', '-n', 'mkcert']);
      await kubectl([
        ...['create', 'secret', 'generic', 'pachyderm-tls', '-n', 'mkcert'],
        ...['--from-literal=tls.crt=theirs', '--from-literal=tls.key=theirs'],
      ]);
      const theirs = await dev('up', file, [], variables);
      expect([theirs.code, theirs.output]).toEqual([0, expect.not.stringContaining('mkcert -install')]);
      expect(made()).toBe(2);
      expect(await secretOf('mkcert')).toEqual({ 'tls.crt': 'theirs', 'tls.key': 'theirs' });
      expect((await dev('down', file, [], variables)).code).toBe(0);
      await kubectl(['delete', 'namespace', 'mkcert']);
    });
  },
);
