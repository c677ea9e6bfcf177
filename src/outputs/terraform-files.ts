import fs from 'node:fs';
import path from 'node:path';
import { attempt } from '../files/attempt';
import { readOwnText } from '../files/read-file';
import { outputs } from './registry';

/** Folders that Terraform works in, as their rows say. */
export const stateFolders: readonly string[] = outputs
  .filter(({ keepsState }) => keepsState === true)
  .map(({ name }) => name);

/** Names that Terraform gives to what it keeps, wherever the document's backend puts it. */
const KEPT_NAME = /\.(tfstate|tfvars|tfplan|tfbackend)(\.|$)|\.lock\.info$/;

/** Where Terraform puts a local state, below the folder that it works in. */
const LOCAL_STATE = /^(terraform\.tfstate\.d\/[^/]+\/)?terraform\.tfstate$/;

/** Says which backend holds the state, below the folder that Terraform works in. */
const BACKEND_STATE = '.terraform/terraform.tfstate';

/** Where a state says what it is, as Terraform and OpenTofu write it, in bytes. */
const STATE_HEAD_BYTES = 4096;

/**
 * Whether a file that pachkit did not write is Terraform's, or its user's for Terraform, and stays when the folder of the
 * cluster is replaced: everything where it works, as a state or a plan may have any name there, and a state anywhere else.
 * `file` is relative to `folder`, with forward slashes.
 */
export function isTerraformFile(folder: string, file: string): boolean {
  return stateFolderOf(file) !== undefined || KEPT_NAME.test(file) || isState(folder, file);
}

/** The folder that Terraform works in and a file is in. */
export function stateFolderOf(file: string): string | undefined {
  return stateFolders.find((name) => file.startsWith(`${name}/`));
}

/** Whether a file is a state, under whatever name. */
export function isState(folder: string, file: string): boolean {
  if (/\.tfstate(\.backup)?$/.test(file)) return true;
  let descriptor: number | undefined;
  try {
    const absolute = path.join(folder, file);
    if (!fs.statSync(absolute).isFile()) return false;
    descriptor = fs.openSync(absolute, 'r');
    const head = Buffer.alloc(STATE_HEAD_BYTES);
    const text = head.toString('utf8', 0, fs.readSync(descriptor, head));
    return text.startsWith('{') && text.includes('"lineage"') && text.includes('"serial"');
  } catch {
    return false;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** Whether a file of the folder `name`, where Terraform works, is a state with something in it, or says that it is elsewhere. */
export function isStateInUse(folder: string, name: string, file: string): boolean {
  if (file === `${name}/${BACKEND_STATE}`) return !isLocalBackend(path.join(folder, file));
  if (!file.startsWith(`${name}/`) || !LOCAL_STATE.test(file.slice(name.length + 1))) return false;
  try {
    const { resources } = JSON.parse(readOwnText(path.join(folder, file))) as {
      resources?: unknown;
    };
    return !Array.isArray(resources) || resources.length > 0;
  } catch {
    return true;
  }
}

/** Whether the state is the usual file, which shows itself what is in it. */
function isLocalBackend(file: string): boolean {
  try {
    const { backend } = JSON.parse(readOwnText(file)) as {
      readonly backend?: { readonly type?: unknown; readonly config?: { readonly path?: unknown } };
    };
    const { type, config } = backend ?? {};
    return (
      type === 'local' && [undefined, null, '', 'terraform.tfstate'].includes(config?.path as string | null)
    );
  } catch {
    return false;
  }
}

/** The number of a Terraform that is at work in a folder, of which `files` are the files; known on Linux only. */
export function terraformIn(folder: string, files: readonly string[]): number | undefined {
  // Terraform keeps such a file beside the state while it works; a killed one leaves it, so its process is looked for.
  if (!files.some((file) => file.endsWith('.lock.info'))) return undefined;
  return attempt(() => {
    const real = fs.realpathSync.native(folder);
    return fs
      .readdirSync('/proc')
      .filter((name) => attempt(() => isTerraformIn(name, real)))
      .map(Number)[0];
  });
}

function isTerraformIn(pid: string, folder: string): boolean {
  const program = fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  return (
    ['terraform', 'tofu'].includes(program) &&
    `${fs.readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`)
  );
}
