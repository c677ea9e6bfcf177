import { minorOf } from '../../connectors/target';
import { isSecretName } from '../../document/mask';
import { formatPath, nodeAt, type PathStep } from '../../document/source-node';
import { textsUnder } from '../scan-texts';
import type { ServerCheck, ServerConfig } from './server-config';

/** From here on the settings of the signer are expanded too. */
const SIGNER_SINCE = 45;

/** A reference that was meant as one: names of variables are written in capitals. */
const REFERENCE = /\$(\{[A-Z_][A-Z0-9_]*\}|[A-Z_][A-Z0-9_]*(?![A-Za-z0-9_]))/;

/** A text that is nothing but a reference, whatever the name. */
const WHOLE_REFERENCE = /^\$(\{[A-Za-z_][A-Za-z0-9_]*\}|[A-Za-z_][A-Za-z0-9_]*)$/;

/** What Go's `os.ExpandEnv` takes for the beginning of a reference. */
const BEGINNING = /\$[A-Za-z0-9_{*#$@!?-]/;

const INSTEAD: Readonly<Record<string, string>> = {
  id: 'use `idEnv` instead',
  secret: 'use `secretEnv` instead',
  hash: 'use `hashFromEnv` instead',
};

/**
 * Dex puts in environment variables below `storage.config`, `connectors[].config` and `signer.config` only, and there
 * for everything that begins with a dollar sign (Dex 2.28 and newer, unless DEX_EXPAND_ENV is false).
 */
export const checksEnvironmentReferences: ServerCheck = (config) => {
  for (const [key, child] of config.root.entries ?? [])
    for (const place of textsUnder(child, [key]))
      if (isExpanded(config, place.path)) checkExpanded(config, place.path, place.text);
      else checkLiteral(config, place.path, place.text);
};

function isExpanded({ target }: ServerConfig, path: readonly PathStep[]): boolean {
  const [first, second, third] = path;
  if (first === 'connectors') return third === 'config';
  return (
    second === 'config' && (first === 'storage' || (first === 'signer' && minorOf(target) >= SIGNER_SINCE))
  );
}

function checkExpanded({ report }: ServerConfig, path: readonly PathStep[], text: string): void {
  const rest = text.replace(new RegExp(REFERENCE.source, 'g'), '');
  if (WHOLE_REFERENCE.test(text) || !BEGINNING.test(rest)) return;
  report.add(
    'DEX208',
    path,
    `Dex puts the value of an environment variable in place of what follows a dollar sign in \`${formatPath(path)}\`; when there is no such variable that part of the value is gone, without a word`,
    {
      hint: 'put the whole value into an environment variable and refer to that, such as $DEX_CLIENT_SECRET; a dollar sign cannot be escaped',
    },
  );
}

function checkLiteral({ report, root }: ServerConfig, path: readonly PathStep[], text: string): void {
  const name = String(path.at(-1));
  const match = REFERENCE.exec(text);
  if (!match || nodeAt(root, path) === undefined) return;
  const isHash = name === 'hash' && text.startsWith('$2');
  if (isHash) return;
  report.add(
    'DEX208',
    path,
    `Dex puts in no environment variables in \`${formatPath(path)}\`: the ${isSecretName(name) ? 'text with its dollar sign is the value' : `text ${match[0]} stays as it is`}`,
    {
      hint:
        (path[0] === 'staticClients' || path[0] === 'staticPasswords' ? INSTEAD[name] : undefined) ??
        'write the value',
    },
  );
}
