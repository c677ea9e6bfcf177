import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { runToSuccess, temporaryDirectory, type TemporaryDirectory } from '../harness';

const checkout = path.resolve(__dirname, '../../..');

/** Whether npm can ask its registry, within some seconds. */
export function hasRegistry(): boolean {
  const { status } = spawnSync('npm', ['view', 'constructs@10.8.1', 'version'], {
    timeout: 30_000,
    stdio: 'ignore',
  });
  return status === 0;
}

/** What is published, as `npm install` takes it; the build is that of the checkout. */
export async function pack(directory: string): Promise<string> {
  const printed = await runToSuccess({
    name: 'npm pack',
    program: 'npm',
    args: ['pack', '--ignore-scripts', '--json', '--pack-destination', directory],
    workingDirectory: checkout,
  });
  const [{ filename } = { filename: '' }] = JSON.parse(printed.slice(printed.indexOf('['))) as {
    filename: string;
  }[];
  return path.join(directory, filename);
}

/** The programs in the guide's pages: blocks of TypeScript that make an application of constructs. */
export function guidePrograms(): Record<string, string> {
  const folder = path.join(checkout, 'docs/guide');
  return Object.fromEntries(
    readdirSync(folder).flatMap((page) => {
      const text = readFileSync(path.join(folder, page), 'utf8');
      const blocks = [...text.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, block = '']) => block);
      return blocks
        .filter((block) => block.includes('new App()'))
        .map((block) => [path.basename(page, '.md').toLowerCase(), block] as const);
    }),
  );
}

/** The programs in the guide's pages that make a cluster for a test. */
export function testingPrograms(): string[] {
  const page = readFileSync(path.join(checkout, 'docs/guide/dev-clusters.md'), 'utf8');
  return [...page.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, block = '']) => block);
}

/** The examples with the library, by the names of their folders. */
export function examplePrograms(): Record<string, string> {
  const folder = path.join(checkout, 'examples');
  return Object.fromEntries(
    readdirSync(folder)
      .map((name) => [name, path.join(folder, name, 'app.ts')] as const)
      .filter(([, file]) => existsSync(file))
      .map(([name, file]) => [name, readFileSync(file, 'utf8')]),
  );
}

/** A project of a user, with pachkit and other packages from npm. */
export class Project {
  readonly #root: TemporaryDirectory;

  constructor(name: string) {
    this.#root = temporaryDirectory(`library-${name}`);
    const base = { name: 'infrastructure', private: true, version: '1.0.0' };
    writeFileSync(this.#root.join('package.json'), JSON.stringify(base));
  }

  file(...steps: string[]): string {
    return this.#root.join(...steps);
  }

  async install(packages: readonly string[]): Promise<void> {
    await runToSuccess(
      {
        name: `npm install ${packages.join(' ')}`,
        program: 'npm',
        args: ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages],
        workingDirectory: this.#root.path,
      },
      300,
    );
    const types = this.#root.join('node_modules/@types');
    mkdirSync(types, { recursive: true });
    if (!existsSync(path.join(types, 'node')))
      symlinkSync(path.join(checkout, 'node_modules/@types/node'), path.join(types, 'node'));
  }

  /** The versions that were installed, each package once; throws for a package that is there more than once. */
  versions(names: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      names.map((name) => {
        const found = this.#copies(this.#root.join('node_modules'), name);
        if (found.length !== 1)
          throw new Error(`${name} is there ${found.length} times: ${found.join(', ')}`);
        const { version } = JSON.parse(readFileSync(path.join(found[0] ?? '', 'package.json'), 'utf8')) as {
          version: string;
        };
        return [name, version];
      }),
    );
  }

  #copies(modules: string, name: string): string[] {
    if (!existsSync(modules)) return [];
    const here = existsSync(path.join(modules, name, 'package.json')) ? [path.join(modules, name)] : [];
    const inside = readdirSync(modules, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) =>
        entry.name.startsWith('@')
          ? this.#copies(path.join(modules, entry.name), name)
          : this.#copies(path.join(modules, entry.name, 'node_modules'), name),
      );
    return [...here, ...inside];
  }

  /** Compiles programs strictly, the declarations of all libraries included, as modules of both kinds, by their names. */
  async compile(programs: Readonly<Record<string, string>>): Promise<string[]> {
    const sources = Object.entries(programs).flatMap(([name, text]) =>
      ['cts', 'mts'].map((kind) => {
        const source = this.#root.join(`${name}.${kind}`);
        writeFileSync(source, text);
        return source;
      }),
    );
    await runToSuccess(
      {
        name: 'tsc',
        program: process.execPath,
        args: [
          path.join(checkout, 'node_modules/typescript/bin/tsc'),
          ...['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'],
          ...['--outDir', this.#root.join('built'), ...sources],
        ],
        workingDirectory: this.#root.path,
      },
      300,
    );
    return sources.map((source) =>
      this.#root.join('built', path.basename(source).replace(/\.(c|m)ts$/, '.$1js')),
    );
  }

  /** Runs a program in an empty folder with the document, and returns what it wrote and printed to standard error. */
  async run(program: string, document: string): Promise<{ files: Record<string, string>; printed: string }> {
    const folder = this.#root.join(`run-${path.basename(program)}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'pachyderm.yaml'), document);
    const { stderr, status } = spawnSync(process.execPath, [program], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] ?? '', SECRET: 'a-client-secret-of-more-than-32-characters' },
    });
    if (status !== 0) throw new Error(`${path.basename(program)} ended with ${status}:\n${stderr}`);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .filter((name) => name !== 'pachyderm.yaml' && !name.startsWith('.pachkit'))
      .sort();
    return {
      files: Object.fromEntries(files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')])),
      printed: stderr,
    };
  }

  remove(): void {
    this.#root.remove();
  }
}
