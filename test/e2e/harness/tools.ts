import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

/** What `scripts/e2e-tools.mjs --list` says about a program. */
export interface Tool {
  readonly name: string;
  /** `go`: built from the module that pins it; `archive`: fetched; `pypi`: installed from there; `machine`: looked up on this machine. */
  readonly source: 'go' | 'archive' | 'pypi' | 'machine';
  /** The pinned release of one that is built, the printed version of one that is looked up. */
  readonly version: string | null;
  readonly path: string | null;
  /** Why it is missing, and what would bring it. */
  readonly reason: string | null;
  /** Whether it is built only where it is named: it takes much longer than the others, and a suite goes without. */
  readonly onRequest: boolean;
}

const checkout = path.resolve(__dirname, '../../..');
const script = path.join(checkout, 'scripts', 'e2e-tools.mjs');
const known = new Map<string, Tool>();

/** The programs of these names, or all of them, as they are now; builds nothing. */
export function listTools(names: readonly string[] = []): Tool[] {
  const answer = spawnSync(process.execPath, [script, '--list', ...names], { encoding: 'utf8' });
  if (answer.status !== 0) throw new Error(`e2e-tools --list: ${answer.stderr}`);
  return JSON.parse(answer.stdout) as Tool[];
}

/** The programs of these names, after building those that can be built and are not yet. */
export function provideTools(names: readonly string[]): Tool[] {
  const unknown = names.filter((name) => known.get(name)?.path === undefined);
  if (unknown.length > 0) {
    let tools = listTools(unknown);
    const unbuilt = tools.filter(
      (tool) => tool.source !== 'machine' && !tool.onRequest && tool.path === null,
    );
    if (unbuilt.length > 0) {
      spawnSync(process.execPath, [script, ...unbuilt.map((tool) => tool.name)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      tools = listTools(unknown);
    }
    for (const tool of tools) known.set(tool.name, tool);
  }
  return names.map((name) => known.get(name) as Tool);
}

/** The path of a program that is there; suites that use it are declared with `describeWithTools`. */
export function toolPath(name: string): string {
  const [tool] = provideTools([name]);
  const found = tool?.path ?? undefined;
  if (found === undefined) throw new Error(`${name} is missing: ${tool?.reason}`);
  return found;
}
