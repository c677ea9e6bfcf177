import { spawn, type SpawnOptions } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { checkout } from './blocks';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

/** What a runner gives to an action. */
export interface Job {
  /** The folder that is checked out. */
  readonly workspace: string;
  /** A folder of the job's own. */
  readonly temporary: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What `github.` stands for, with dots. */
  readonly github: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

export interface JobResult {
  readonly status: number;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export const action = load(fs.readFileSync(path.join(checkout, 'action.yml'), 'utf8')) as Action;

/** Runs the steps of action.yml one after the other, as a runner of GitHub does, until one fails. */
export async function runAction(job: Job): Promise<JobResult> {
  const file = (name: string): string => path.join(job.temporary, name);
  for (const name of ['summary', 'output', 'path']) fs.writeFileSync(file(name), '');
  const values: Record<string, string> = Object.fromEntries(
    Object.entries(job.github).map(([key, value]) => [`github.${key}`, value]),
  );
  for (const [name, { default: value = '' }] of Object.entries(action.inputs))
    values[`inputs.${name}`] = job.inputs[name] ?? expand(value, values);
  let log = '';
  let status = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !holds(step.if, values)) continue;
    const script = file('script.sh');
    fs.writeFileSync(script, step.run);
    const variables = Object.entries(step.env ?? {}).map(([name, text]) => [name, expand(text, values)]);
    const added = fs.readFileSync(file('path'), 'utf8').split('\n').reverse();
    const ran = await run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
      cwd: path.resolve(job.workspace, expand(step['working-directory'] ?? '.', values)),
      env: {
        // How this machine reaches registries is of no concern to the action.
        ...process.env,
        ...job.environment,
        ...(Object.fromEntries(variables) as Record<string, string>),
        PATH: [...added, process.env['PATH']].filter((each) => each !== '').join(':'),
        CI: 'true',
        RUNNER_TEMP: job.temporary,
        GITHUB_ACTION_PATH: checkout,
        GITHUB_OUTPUT: file('output'),
        GITHUB_PATH: file('path'),
        GITHUB_STEP_SUMMARY: file('summary'),
      },
    });
    log += ran.output;
    for (const line of fs.readFileSync(file('output'), 'utf8').split('\n').filter(Boolean)) {
      const [name = '', ...rest] = line.split('=');
      values[`steps.${String(step.id)}.outputs.${name}`] = rest.join('=');
    }
    status = ran.status;
    if (status !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, expand(value, values)]);
  return {
    status,
    log,
    summary: fs.readFileSync(file('summary'), 'utf8'),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
  };
}

/** Runs a program to its end; servers of the test answer meanwhile. */
export function run(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ status: code ?? -1, output }));
  });
}

function expand(text: string, values: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, name: string) => values[name] ?? '');
}

/** A condition of comparisons joined by `&&`. */
function holds(condition: string, values: Readonly<Record<string, string>>): boolean {
  return condition.split('&&').every((part) => {
    const [, name = '', text] = /^\s*([\w.-]+) == '([^']*)'\s*$/.exec(part) ?? [];
    if (text === undefined) throw new Error(`a condition that this runner does not know: ${part}`);
    return values[name] === text;
  });
}
