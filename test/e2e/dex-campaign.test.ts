import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../src/releases/target';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import { SourceFile } from '../../src/document/source-file';
import { checkProductFile } from '../../src/pipeline/check-product-files';
import { dexConfig } from '../../src/product-files/dex-config/dex-config';
import { readYaml } from '../../src/document/read-yaml';
import { CERTIFICATE } from '../support/certificate';
import { generateConfigurations, type GeneratedConfiguration } from './dex/generate-configurations';
import { describeWithTools, serveDex } from './harness';

/** Another seed and more configurations: PACHKIT_CAMPAIGN_SEED=7 PACHKIT_CAMPAIGN_COUNT=2000 npm run test:e2e -- campaign */
const SEED = Number(process.env['PACHKIT_CAMPAIGN_SEED'] ?? '20261128');
const COUNT = Number(process.env['PACHKIT_CAMPAIGN_COUNT'] ?? '120');
const AT_A_TIME = 4;
const QUIET_MILLISECONDS = 10_000;

const PROGRAMS = [
  { tool: 'dex', target: 'dex@2.41' },
  { tool: 'dex-pachyderm', target: 'dex@2.36' },
] as const;

/** What Dex writes once it is up, in either of its forms. */
const UP = /listening on.*server.{1,3}http\b|listening \(http\) on|listening on.*"http"/;

/** Refusals for something that no file shows: what names, networks and variables hold. */
const OUTSIDE =
  /no such host|connection refused|i\/o timeout|certificate signed by|server misbehaving|in-cluster/;

/** Whether Dex refuses what a variable holds, which no one who has only the configuration can know. */
function isOfVariable(text: string, log: string): boolean {
  return text.includes('$GENERATED_VALUE') && log.includes('illegal base64 data');
}

/** Errors that say that Dex does not start, by the words that they quote. */
const CLAIM =
  /`(error (un)?(marshaling|converting)|invalid [Cc]onfig|failed to (initialize|open|parse|create)|parse connector|listening \(|server:|unknown (connector|storage)|unsupported response|slog:|must |no (issuer|storage)|cannot specify|given |invalid refresh)|cannot open the connector|Dex refuses (it|the connector) at startup/;

interface Verdict {
  readonly starts: boolean;
  readonly log: string;
}

async function verdictOf(text: string, tool: 'dex' | 'dex-pachyderm'): Promise<Verdict> {
  const running = serveDex(text, tool, { GENERATED_VALUE: 'x' });
  const begun = Date.now();
  try {
    for (;;) {
      // A level of the log that leaves out what is usual says nothing of a Dex that is up.
      if (Date.now() - begun > QUIET_MILLISECONDS && running.logs() === '')
        return { starts: running.ended() === undefined, log: '' };
      const log = running.logs();
      if (UP.test(log)) {
        // The servers begin side by side, and one of them may fail yet.
        await Promise.race([running.exited, new Promise((resolve) => setTimeout(resolve, 150))]);
        return { starts: running.ended() === undefined, log: running.logs() };
      }
      if (running.ended() !== undefined) return { starts: false, log: running.logs() };
      await Promise.race([running.exited, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  } finally {
    await running.stop(0);
  }
}

function findingsOf(text: string, target: Target): Diagnostic[] {
  const source = new SourceFile('config.yml', text, '/work');
  return checkProductFile(source, dexConfig, target, readYaml(source));
}

interface Disagreement extends GeneratedConfiguration {
  readonly log: string;
  readonly said: readonly string[];
}

describeWithTools('configurations made by chance', ['dex', 'dex-pachyderm'], () => {
  const provider = createServer((incoming, outgoing) => {
    const issuer = `http://${incoming.headers.host}`;
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(
      JSON.stringify({
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    );
  });
  let url = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => provider.close(resolve)));

  test.each(PROGRAMS)(
    '$tool and the checks for $target are of one mind',
    async ({ tool, target }) => {
      const waiting = [...generateConfigurations(SEED, COUNT, url, CERTIFICATE)];
      const contradicted: Disagreement[] = [];
      const silent: Disagreement[] = [];
      const counts = { starts: 0, refused: 0, found: 0, outside: 0 };
      const work = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { starts, log } = await verdictOf(next.text, tool);
          const errors = findingsOf(next.text, target).filter(({ severity }) => severity === 'error');
          const said = errors.map(({ code, message }) => `${code} ${message}`);
          const claims = said.filter((each) => CLAIM.test(each));
          if (starts) {
            counts.starts += 1;
            if (claims.length > 0) contradicted.push({ ...next, log: '', said: claims });
          } else {
            counts.refused += 1;
            if (errors.length > 0) counts.found += 1;
            else if (OUTSIDE.test(log) || isOfVariable(next.text, log)) counts.outside += 1;
            else silent.push({ ...next, log: log.slice(-400), said });
          }
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, work));
      process.stderr.write(`${tool}, seed ${SEED}: ${JSON.stringify(counts)}\n`);
      expect(contradicted).toEqual([]);
      expect(silent).toEqual([]);
      expect(counts.starts).toBeGreaterThan(COUNT / 10);
      expect(counts.found).toBeGreaterThan(COUNT / 10);
    },
    COUNT * 3_000 + 60_000,
  );
});
