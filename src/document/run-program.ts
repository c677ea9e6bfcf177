import { Console } from 'node:console';
import { createRequire } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** What a program does that a document may not, in words for the user. */
export class ProgramProblem extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** A program that has been run. */
export interface ProgramRun {
  /** Its default export; missing when it threw. */
  readonly exported?: unknown;
  /** What it threw. */
  readonly thrown?: { readonly error: unknown };
  /** Values of environment variables that it has read. */
  readonly variables: readonly string[];
}

/**
 * Runs a compiled document in this process. Standard output belongs to pachkit, so what the program prints goes to
 * standard error; and it cannot end the process, which would look like a document without mistakes.
 */
export function runProgram(code: string, fileName: string): ProgramRun {
  const variables = new Set<string>();
  try {
    const exported = whileReplaced(process, 'env', recording(process, variables), () =>
      whileReplaced(process, 'exit', refuseToExit, () =>
        whileReplaced(process.stdout, 'write', process.stderr.write.bind(process.stderr), () =>
          load(code, fileName),
        ),
      ),
    );
    return { exported, variables: [...variables] };
  } catch (error) {
    return { thrown: { error }, variables: [...variables] };
  }
}

function load(code: string, fileName: string): unknown {
  const requireFromDocument = createRequire(fileName);
  const requireModule = (id: string): unknown => (id === 'pachkit' ? ownModule() : requireFromDocument(id));
  const module = { exports: {} as { default?: unknown } };
  const wrapped: unknown = vm.runInThisContext(
    // The inner function lets a program declare names of its own that the outer one has.
    `(function (exports, require, module, __filename, __dirname, console) {(() => {${code}\n})()})`,
    { filename: fileName },
  );
  (wrapped as (...args: unknown[]) => void)(
    module.exports,
    requireModule,
    module,
    fileName,
    path.dirname(fileName),
    // A promise of the program's may print after everything has been put back.
    new Console(process.stderr),
  );
  return module.exports.default;
}

/** What `pachkit` is for a document: the whole library would be loaded for nothing, since documents hold plain values. */
function ownModule(): object {
  const own = require('./define-cluster') as object;
  return new Proxy(own, {
    get(target, key) {
      if (typeof key === 'symbol' || key in target || key === '__esModule' || key === 'default')
        return Reflect.get(target, key) as unknown;
      throw new ProgramProblem(
        `The document takes ${key} from pachkit, and a document can take defineCluster alone`,
        'write the plain value, such as { existing: { name, key } }; the rest of the library is for programs of your own',
      );
    },
  });
}

function refuseToExit(): never {
  throw new ProgramProblem('The document ends the process', 'throw an error instead of calling process.exit');
}

/** The environment, which keeps in mind what was read. */
function recording(owner: { readonly env: object }, variables: Set<string>): object {
  return new Proxy(owner.env, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'string') variables.add(value);
      return value;
    },
  });
}

/** Does something while a property has another value. */
function whileReplaced<T>(owner: object, key: string, value: unknown, action: () => T): T {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, { value, configurable: true, writable: true, enumerable: true });
  try {
    return action();
  } finally {
    if (before) Object.defineProperty(owner, key, before);
    else Reflect.deleteProperty(owner, key);
  }
}
