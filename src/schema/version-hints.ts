import { DEFAULT_DEX_VERSION, isDexLine, newestOfLine } from '../releases/dex';
import { exampleOf, STABLE_EXAMPLE } from '../releases/pachyderm';

/** What to write instead of a version that is none. */
interface VersionHint {
  readonly hint: string;
  /** What is certainly meant. */
  readonly replaceWith?: string;
}

type Hint = (written: string) => VersionHint | undefined;

/** What is meant by what people write for a version, by the field that takes it: a tag, a line of releases, a word. */
const FIELDS: Readonly<Record<string, Hint>> = {
  release: (written) => {
    const release = withoutV(written).replace(/\.0+(?=\d)/g, '.');
    if (WHOLE.test(release)) return exactly(release);
    const line = lineIn(release);
    return {
      hint:
        line === undefined
          ? `name the release that runs, such as ${STABLE_EXAMPLE}; pachctl version prints it`
          : `name the patch, such as ${exampleOf(line)}; pachctl version prints that of pachd`,
    };
  },
  'dex.version': (written) => {
    const version = withoutV(written);
    const line = lineIn(version);
    if (WHOLE.test(version) && line !== undefined && isDexLine(line)) return exactly(version);
    return { hint: `write: ${(line === undefined ? undefined : newestOfLine(line)) ?? DEFAULT_DEX_VERSION}` };
  },
  'auth0.terraform.providerVersion': (written) => {
    const constraint = written.replaceAll(/\bv(?=\d)/gi, '');
    return constraint === written ? undefined : exactly(constraint);
  },
};

/** What to write in a field for a version; undefined for other fields, and where nothing is known to be meant. */
export function versionHint(path: readonly string[], written: string): VersionHint | undefined {
  return FIELDS[path.join('.')]?.(written);
}

const WHOLE = /^2\.\d+\.\d+(-[0-9A-Za-z.]+)?$/;

function exactly(version: string): VersionHint {
  return { hint: `write: ${version}`, replaceWith: version };
}

function withoutV(version: string): string {
  return version.trim().replace(/^v(?=\d)/i, '');
}

/** `2.45` of `2.45`, `2.45.x` or `2.45.1`. */
function lineIn(version: string): string | undefined {
  return /^(2\.\d+)(\.\w+)?(-.*)?$/i.exec(version)?.[1];
}
