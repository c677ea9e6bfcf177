import fs from 'node:fs';
import os from 'node:os';

/** A process, told apart from a later one with the same number, and from those of other machines and containers. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When the machine was started, where the system says so. */
  readonly boot?: string;
  /** The namespace that the number counts in: containers have numbers of their own. */
  readonly namespace?: string;
  /** When the process was started, in the system's own terms. */
  readonly start?: string;
}

/** The process that asks. */
export function ownIdentity(): ProcessIdentity {
  const boot = text('/proc/sys/kernel/random/boot_id');
  const namespace = link('/proc/self/ns/pid');
  const start = startOf(process.pid);
  return {
    pid: process.pid,
    host: os.hostname(),
    ...(boot === undefined ? {} : { boot }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(start === undefined ? {} : { start }),
  };
}

/** Whether a process runs; `unknown` for one that cannot be seen from here. */
export function stateOf(other: ProcessIdentity): 'running' | 'gone' | 'unknown' {
  const own = ownIdentity();
  if (other.host !== own.host) return 'unknown';
  if (other.boot !== own.boot) return 'gone';
  if (other.namespace !== own.namespace) return 'unknown';
  if (!isRunning(other.pid)) return 'gone';
  return other.start === startOf(other.pid) ? 'running' : 'gone';
}

/** Whether there is a process of this number here and now. */
export function isRunning(pid: number): boolean {
  try {
    return Number.isSafeInteger(pid) && pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat, ticks since the machine started; the second field may hold blanks and parentheses. */
function startOf(pid: number): string | undefined {
  const stat = text(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function text(fileName: string): string | undefined {
  try {
    return fs.readFileSync(fileName, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function link(fileName: string): string | undefined {
  try {
    return fs.readlinkSync(fileName);
  } catch {
    return undefined;
  }
}
