import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { temporaryDirectory } from '../harness';
import { VARIABLES, type ClusterText } from './documents';
import type { Stage } from './stage';

/** What the doctor says of a login. */
export interface Examined {
  readonly exitCode: number | null;
  /** Hops that are not as they should be, each in one line: section, hop, status and code. */
  readonly faults: readonly string[];
  /** Every hop, in the same form. */
  readonly hops: readonly string[];
  /** Whether a hop failed, and whether any finding is an error. */
  readonly isBroken: boolean;
  readonly hasErrors: boolean;
  /** Codes of all findings, those of the document among them. */
  readonly codes: readonly string[];
  /** All that was printed. */
  readonly output: string;
}

export interface Given {
  readonly args?: readonly string[];
  /** On top of those that the program is given in every test. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Hears what the program shows the person who logs in. */
  readonly onShown?: (text: string) => void;
}

interface Report {
  readonly clusters: readonly {
    readonly sections: readonly {
      readonly name: string;
      readonly hops: readonly { name: string; status: string; seen: string; code?: string }[];
    }[];
  }[];
  readonly diagnostics: readonly { readonly code: string; readonly severity: string }[];
}

const PROGRAM = path.resolve(__dirname, '../../../dist/bin/pachkit.js');

/** Runs the built program on a document; the servers of the tests go on meanwhile. */
export async function runDoctor(
  stage: Stage,
  document: ClusterText,
  { args = [], environment = {}, input = '', onShown }: Given = {},
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const folder = temporaryDirectory('doctor');
  writeFileSync(folder.join('pachyderm.yaml'), JSON.stringify(document, null, 2));
  const child = spawn(process.execPath, [PROGRAM, 'doctor', 'pachyderm.yaml', ...args], {
    cwd: folder.path,
    env: {
      PATH: process.env['PATH'],
      HTTPS_PROXY: stage.network.proxyUrl,
      SSL_CERT_FILE: stage.authority.certificateFile,
      LDAP_PASSWORD: stage.directory.bindPW,
      ...VARIABLES,
      ...environment,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    onShown?.(stderr);
  });
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  folder.remove();
  return { exitCode, stdout, stderr };
}

/** Runs the doctor and reads its report. */
export async function examined(stage: Stage, document: ClusterText, given: Given = {}): Promise<Examined> {
  const { exitCode, stdout, stderr } = await runDoctor(stage, document, {
    ...given,
    args: ['--format', 'json', ...(given.args ?? [])],
  });
  if (given.onShown === undefined) expect(stderr).toBe('');
  const { clusters, diagnostics } = JSON.parse(stdout) as Report;
  const seen = clusters.flatMap(({ sections }) =>
    sections.flatMap(({ name: section, hops }) =>
      hops.map(({ name, status, code = '', seen: text }) => ({
        status,
        line: `${section}: ${name} ${status} ${code}`.trim(),
        text,
      })),
    ),
  );
  return {
    exitCode,
    faults: seen.filter(({ status }) => status === 'failed' || status === 'warning').map(({ line }) => line),
    hops: seen.map(({ line, text }) => `${line}: ${text}`),
    isBroken: diagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('HOP')),
    hasErrors: diagnostics.some(({ severity }) => severity === 'error'),
    codes: diagnostics.map(({ code }) => code),
    output: stdout,
  };
}
