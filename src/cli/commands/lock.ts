import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { replaceFile } from '../../files/replace-file';
import { isSystemError, writeFailure, writeHint } from '../../files/system-error';
import { lockText, readLock, type ImageDigests } from '../../images/lock-file';
import { checkFiles } from '../../pipeline/check-files';
import type { Resolved } from '../../images/resolve-images';
import { imagesOfDocuments, lockCommand, missingImage, type ImagesOfLock } from '../../plan/locked-images';
import type { Colors } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, type Host } from '../host';
import { unusedMirrors } from '../../images/unused-mirrors';
import { mirrorsOf } from '../mirrors';
import { refusing } from '../refuse';
import type { DataOf } from '../report-types';
import { report } from '../reporters';
import { secondsOf } from '../seconds';

const refuse = refusing('lock');

type Lock = DataOf<'lock'>['locks'][number];
type LockedImage = Lock['images'][number];

/** What is done with a lock file. */
interface Worked {
  readonly lock: Lock;
  readonly diagnostics: readonly Diagnostic[];
  /** The file's new content; missing where it stays. */
  readonly images?: ImageDigests;
  /** Absolute path of the file. */
  readonly target: string;
}

/** `pachkit lock FILE…` */
export async function lock(host: Host, files: readonly string[], options: CommandOptions): Promise<ExitCode> {
  const timeout = secondsOf(options['timeout']);
  if ('problem' in timeout) return refuse(host, timeout.problem);
  const mirrors = mirrorsOf(options);
  if ('problem' in mirrors) return refuse(host, mirrors.problem);
  if (options['check'] === true && options['update'] === true)
    return refuse(host, '--check writes nothing and --update does; give one of them');
  const { documents, diagnostics } = checkFiles(files, documentInput(host));
  if (hasErrors(diagnostics)) return say(host, options, [], diagnostics);
  const worked: Worked[] = [];
  const lock = options['output'] as string | undefined;
  const found = await imagesOfDocuments(documents, { directory: host.directory, lock });
  for (const images of found)
    worked.push(
      await work(host, options, images, { mirrors: mirrors.mirrors, timeout: timeout.seconds * 1000 }),
    );
  const unused = unusedMirrors(
    found.flatMap(({ images }) => images),
    mirrors.mirrors,
    documents[0]?.document.file ?? '-',
  );
  const all = [...diagnostics, ...unused, ...worked.flatMap((each) => each.diagnostics)];
  const written = hasErrors(all) ? [] : worked.flatMap((each) => write(each));
  return say(host, options, worked, sortDiagnostics([...all, ...written]));
}

async function work(
  host: Host,
  options: CommandOptions,
  { lock: place, documents, images }: ImagesOfLock,
  asking: { readonly mirrors: Readonly<Record<string, string>>; readonly timeout: number },
): Promise<Worked> {
  const [isCheck, isUpdate] = [options['check'] === true, options['update'] === true];
  const { absolute: target, shown: file } = place;
  const document = documents[0]?.document.file ?? '-';
  const found = readLock(target, file);
  if (found && 'problem' in found)
    return { lock: { file, images: [] }, diagnostics: [found.problem], target };
  const known = found?.images ?? {};
  const knows = (image: string): boolean => Object.hasOwn(known, image);
  // A reference with a digest needs no lock.
  const tagged = images.filter((image) => !image.includes('@'));
  const asked = tagged.filter((image) => (isCheck ? knows(image) : isUpdate || !knows(image)));
  const { resolveImages } = await import('../../images/resolve-images');
  const results = new Map(
    (await resolveImages(asked, { ...asking, environment: host.environment })).map((each) => [
      each.image,
      each,
    ]),
  );
  const diagnostics = unresolved([...results.values()], document);
  const shown = tagged.map((image): LockedImage => {
    const result = results.get(image);
    if (result === undefined) {
      if (knows(image)) return { image, digest: String(known[image]), state: 'kept' };
      diagnostics.push(missingImage(image, document, place));
      return { image, state: 'unknown' };
    }
    if ('code' in result) return { image, state: 'unknown' };
    const { digest } = result;
    if (!knows(image)) return { image, digest, state: 'added' };
    if (known[image] === digest) return { image, digest, state: 'same' };
    if (isCheck) diagnostics.push(movedTag(image, known[image] ?? '', digest, { lock: place, documents }));
    return { image, digest, state: 'changed' };
  });
  const digests = Object.fromEntries(
    shown.flatMap(({ image, digest }) => (digest === undefined ? [] : [[image, digest]])),
  );
  const next = isUpdate ? digests : { ...known, ...digests };
  return { lock: { file, images: shown }, diagnostics, target, ...(isCheck ? {} : { images: next }) };
}

/** Findings about images without a digest. What is wrong with a registry is one, of however many images. */
function unresolved(results: readonly Resolved[], file: string): Diagnostic[] {
  const failures = results.filter((result) => 'code' in result);
  const groups = new Map<string, (typeof failures)[number][]>();
  for (const failure of failures) {
    const { code, reason, hint, image } = failure;
    // The finding about an image that is not there has to name it.
    const key = code === 'LCK004' ? image : JSON.stringify([code, reason, hint]);
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].flatMap(([first, ...others]): Diagnostic[] => {
    if (!first) return [];
    const { code, image, reason, hint } = first;
    const what =
      others.length === 0
        ? `The digest of ${image} is not known`
        : `The digests of ${others.length + 1} images are not known`;
    return [{ code, severity: 'error', message: `${what}: ${reason}`, location: { file }, path: '', hint }];
  });
}

function movedTag(
  image: string,
  before: string,
  now: string,
  { lock, documents }: Pick<ImagesOfLock, 'lock' | 'documents'>,
): Diagnostic {
  return {
    code: 'LCK003',
    severity: 'warning',
    message: `${image} moved: the registry has ${now} now, and clusters run the locked ${before}`,
    location: { file: lock.shown },
    path: '',
    // All of them: --update drops what the documents that it is given do not have.
    hint: `find out why, then run ${lockCommand(
      documents.map((each) => each.document.file),
      lock,
    )} --update`,
  };
}

function write({ target, images, lock: { file } }: Worked): Diagnostic[] {
  if (images === undefined) return [];
  try {
    replaceFile(target, lockText(images), 0o644);
    return [];
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return [
      {
        code: 'LCK001',
        severity: 'error',
        message: `${file} cannot be written (${writeFailure(error)})`,
        location: { file },
        path: '',
        hint: writeHint(error, 'change the permissions of its folder, or name another file with --output'),
      },
    ];
  }
}

async function say(
  host: Host,
  options: CommandOptions,
  worked: readonly Worked[],
  diagnostics: readonly Diagnostic[],
): Promise<ExitCode> {
  const locks = worked.map((each) => each.lock);
  const code = await report(
    host,
    options,
    {
      diagnostics,
      data: { locks } satisfies DataOf<'lock'>,
      after: ({ colors }) =>
        locks.map((each) => lockLines(each, colors, options['check'] === true)).join('\n'),
    },
    { findings: 'stderr', result: 'stdout' },
  );
  const hasMoved =
    options['check'] === true && locks.some(({ images }) => images.some(({ state }) => state === 'changed'));
  return code === ExitCode.fine && hasMoved ? ExitCode.drift : code;
}

const MARKS: Readonly<Record<LockedImage['state'], string>> = {
  added: '+',
  changed: '~',
  kept: '=',
  same: '=',
  unknown: '?',
};

function lockLines({ file, images }: Lock, colors: Colors, isCheck: boolean): string {
  const width = Math.max(0, ...images.map(({ image }) => image.length));
  const lines = images.map(
    ({ image, digest = '', state }) =>
      `  ${MARKS[state]} ${image.padEnd(width)}  ${colors.dim(digest.slice(0, 19))}`,
  );
  const count = `${images.length} image${images.length === 1 ? '' : 's'}`;
  return `${colors.bold(file)}  ${count}${isCheck ? ' checked' : ''}\n${lines.join('\n')}\n`;
}
