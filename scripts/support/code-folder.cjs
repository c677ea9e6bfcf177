'use strict';
// Where compiled code is kept: a folder of the user's for exactly this program, this Node and these flags. V8 takes over
// compiled code almost unchecked: code of another build of the same V8 crashes the process, and code that someone else put
// there would run with the rights of the user. So the folder's name has everything that the code depends on, and a
// folder that others can write to is not used.
const fs = require('node:fs');
const path = require('node:path');

/** The version of the program and a hash of its files, set by the build. */
const PROGRAM = __PROGRAM__;

/** Commands run different code, so each keeps its own. */
const COMMAND = /^[a-z][a-z-]{1,20}$/;

/** Folders that were made longer ago are removed when another one is made, in milliseconds. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The folder for the command of this process, and everything that the code in it depends on, in full; undefined when there is
 * no folder that can be used and trusted, and in the first run of the command, which only makes the folder.
 */
exports.codeFolder = function codeFolder() {
  // Options alone print help or the version.
  const command = process.argv.slice(2).find((arg) => !arg.startsWith('-')) ?? 'help';
  if (!COMMAND.test(command) || process.env.NODE_DISABLE_COMPILE_CACHE === '1') return undefined;
  try {
    const caches = cacheHome();
    if (caches === undefined) return undefined;
    const own = path.join(caches, 'pachkit');
    const identity = `${PROGRAM} ${command} ${nodeIdentity()}`;
    const folder = path.join(own, `code-${PROGRAM}-${process.version}-${shortHash(identity)}-${command}`);
    if (!fs.existsSync(folder)) {
      for (const each of [caches, own, folder]) makeFolder(each);
      removeOld(own);
      // A run that is followed by none, as most in pipelines, would keep code in vain, which takes a tenth of it.
      return undefined;
    }
    return isTrusted(folder) ? { folder, identity } : undefined;
  } catch {
    // A home that is missing, read-only or full: the program runs all the same.
    return undefined;
  }
};

function cacheHome() {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME !== undefined && path.isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (process.platform === 'win32') return LOCALAPPDATA || undefined;
  if (HOME === undefined || !path.isAbsolute(HOME)) return undefined;
  return process.platform === 'darwin' ? path.join(HOME, 'Library', 'Caches') : path.join(HOME, '.cache');
}

/** What V8's code depends on: the very binary, not only its version, as distributions build the same version differently. */
function nodeIdentity() {
  const { size, mtimeMs } = fs.statSync(process.execPath);
  const { version, arch, platform, execPath, execArgv, env } = process;
  return JSON.stringify([version, arch, platform, execPath, size, mtimeMs, execArgv, env.NODE_OPTIONS ?? '']);
}

/** FNV-1a: names a folder alone, as the files in it have the whole identity. Loading node:crypto takes 2 ms. */
function shortHash(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}

function makeFolder(folder) {
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/** Whether the folder is the user's, and no one but the user and root can write to it or exchange it or a folder above. */
function isTrusted(folder) {
  if (process.getuid === undefined) return true;
  const user = process.getuid();
  let at = fs.realpathSync.native(folder);
  const { uid, mode } = fs.lstatSync(at);
  if (uid !== user || (mode & 0o022) !== 0) return false;
  while (at !== path.dirname(at)) {
    at = path.dirname(at);
    const above = fs.lstatSync(at);
    if (above.uid !== user && above.uid !== 0) return false;
    const isSticky = (above.mode & 0o1000) !== 0;
    if ((above.mode & 0o022) !== 0 && !isSticky) return false;
  }
  return true;
}

function removeOld(own) {
  if (!isTrusted(own)) return;
  for (const name of fs.readdirSync(own)) {
    if (!name.startsWith('code-')) continue;
    const folder = path.join(own, name);
    if (Date.now() - fs.lstatSync(folder).mtimeMs > LIFETIME_MS)
      fs.rmSync(folder, { recursive: true, force: true });
  }
}
