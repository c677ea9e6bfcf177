import { findProgram } from '../files/find-program';
import { runTool, type ToolSettings } from '../files/run-tool';

/** Programs that open a URL in the user's browser: of Linux, of macOS, and of Linux on Windows. */
const OPENERS = ['xdg-open', 'open', 'wslview'] as const;

/** Opens a URL in the user's browser; says whether there is a program that does. */
export async function openInBrowser(
  url: string,
  settings: ToolSettings & { readonly workingDirectory: string },
): Promise<boolean> {
  const search = { path: settings.environment['PATH'], workingDirectory: settings.workingDirectory };
  const program = OPENERS.map((name) => findProgram(name, search)).find((found) => found !== undefined);
  if (program === undefined) return false;
  const { code } = await runTool(program, [url], settings);
  return code === 0;
}
