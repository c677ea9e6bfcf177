// Plugins for esbuild that keep the program quick to start.
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';

/** Modules of Node that take milliseconds to load and that the program uses late or never. */
const LATE_BUILTINS =
  /^(node:)?(assert|child_process|crypto|fs\/promises|net|os|perf_hooks|readline|stream|zlib)$/;

/**
 * Loads modules of Node when the first function of theirs is called, and not when the module that imports them is. What
 * esbuild makes of an import from a module of Node copies all its properties, once for each module that imports it, so an
 * import gets a module that has its names.
 */
export const lateBuiltins = {
  name: 'late-builtins',
  setup(build) {
    build.onResolve({ filter: /^[a-z:/_]+$/ }, ({ path, namespace, kind }) => {
      if (!isBuiltin(path)) return undefined;
      if (namespace.startsWith('builtin-')) return { path, external: true };
      if (kind === 'import-statement') return { path, namespace: 'builtin-import' };
      return LATE_BUILTINS.test(path) ? { path, namespace: 'builtin-require' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin-require' }, ({ path }) => ({
      contents: `module.exports = ${lateModule(path)};`,
      loader: 'js',
    }));
    build.onLoad({ filter: /.*/, namespace: 'builtin-import' }, async ({ path }) => {
      const isLate = LATE_BUILTINS.test(path);
      const module = isLate ? lateModule(path) : `require(${JSON.stringify(path)})`;
      const names = Object.entries(await import(path))
        .filter(([name]) => name !== 'default')
        .map(([name, value]) =>
          // Only functions can be late: classes are extended, and constants are read.
          isLate && typeof value === 'function' && !/^[A-Z]/.test(name)
            ? `export const ${name} = (...args) => module.${name}(...args);`
            : `export const ${name} = /* @__PURE__ */ (() => module.${name})();`,
        );
      return {
        contents: `const module = ${module};\nexport default module;\n${names.join('\n')}`,
        loader: 'js',
      };
    });
  },
};

function lateModule(path) {
  const module = `require(${JSON.stringify(path)})`;
  return `new Proxy(() => {}, {
    apply: (_, self, args) => Reflect.apply(${module}, self, args),
    get: (_, key) => ${module}[key],
    has: (_, key) => key in ${module},
    ownKeys: () => Reflect.ownKeys(${module}),
    getOwnPropertyDescriptor: (_, key) => {
      const descriptor = Object.getOwnPropertyDescriptor(${module}, key);
      return descriptor && { ...descriptor, configurable: true };
    },
  })`;
}

/** What the program uses of libraries whose index loads far more, by the file that has it. */
const USED = {
  cdk8s: { ApiObject: 'api-object', App: 'app', Chart: 'chart', JsonPatch: 'json-patch' },
  cdktf: {
    App: 'app',
    TerraformBackend: 'terraform-backend',
    TerraformDataSource: 'terraform-data-source',
    TerraformOutput: 'terraform-output',
    TerraformProvider: 'terraform-provider',
    TerraformRemoteState: 'terraform-remote-state',
    TerraformResource: 'terraform-resource',
    TerraformStack: 'terraform-stack',
    TerraformVariable: 'terraform-variable',
    Token: 'tokens/token',
  },
};

/** Modules of cdktf that no stack of pachkit needs, as others of its modules name them; the first are its index. */
const UNUSED_OF_CDKTF = new Set([
  '.',
  '..',
  './complex-computed-list',
  './functions/terraform-functions.generated',
  './hcl/render',
  './terraform-asset',
  './terraform-data-resource',
  './terraform-functions',
  './terraform-hcl-module',
  './terraform-iterator',
  './terraform-local',
  './terraform-module',
  './terraform-module-asset',
  './terraform-operators',
  './testing',
  './upgrade-id-aspect',
]);

/** CycloneDX's library writes XML with another one, where there is one; pachkit asks it for JSON only. */
export const withoutXml = {
  name: 'without-xml',
  setup(build) {
    build.onResolve({ filter: /^xmlbuilder2$/ }, ({ path }) => ({ path, namespace: 'no-xml' }));
    build.onLoad({ filter: /.*/, namespace: 'no-xml' }, () => ({ contents: '', loader: 'js' }));
  },
};

/**
 * Takes from cdk8s and cdktf only what is used. A name that is missing above fails the build, because esbuild knows what
 * the stand-in exports.
 */
export const withoutUnusedLibraries = {
  name: 'without-unused-libraries',
  setup(build) {
    build.onResolve({ filter: /^(cdk8s|cdktf)$/ }, ({ path, resolveDir }) => ({
      path,
      namespace: 'used',
      sideEffects: false,
      pluginData: { resolveDir },
    }));
    // Each part uses some of it.
    build.onResolve({ filter: /^(cdk8s|cdktf)\/lib\// }, async ({ path, kind, namespace, resolveDir }) =>
      namespace === 'used'
        ? { ...(await build.resolve(path, { kind, resolveDir })), sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'used' }, ({ path, pluginData }) => ({
      contents: Object.entries(USED[path])
        .map(([name, file]) => `export { ${name} } from '${path}/lib/${file}';`)
        .join('\n'),
      resolveDir: pluginData.resolveDir,
      loader: 'js',
    }));
    // cdk8s writes YAML with a library of its own; pachkit asks it for objects only.
    build.onResolve({ filter: /^\.\/yaml$/ }, ({ importer }) =>
      /[\\/]cdk8s[\\/]lib[\\/]/.test(importer) ? { path: 'yaml', namespace: 'unused' } : undefined,
    );
    // cdktf packs Terraform assets with it; pachkit has none.
    build.onResolve({ filter: /^archiver$/ }, ({ path }) => ({ path, namespace: 'unused' }));
    // cdktf checks the version of Terraform with one, and writes the files of a stack with the other; pachkit does neither.
    build.onResolve({ filter: /^(semver|json-stable-stringify)$/ }, ({ path, importer }) =>
      /[\\/]cdktf[\\/]lib[\\/]/.test(importer) ? { path, namespace: 'unused' } : undefined,
    );
    // They are 40 % of its code.
    build.onResolve({ filter: /^\./ }, ({ path, importer }) =>
      UNUSED_OF_CDKTF.has(path) && /[\\/]cdktf[\\/]lib[\\/]/.test(importer)
        ? { path, namespace: 'unused' }
        : undefined,
    );
    // The client of Kubernetes has a class for each kind; pachkit takes its kubeconfig alone.
    build.onResolve({ filter: /^\.\/gen\/index\.js$/ }, ({ importer, path }) =>
      /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/]config\.js$/.test(importer)
        ? { path, namespace: 'unused' }
        : undefined,
    );
    // cdktf notes for each value where it was made, in full; pachkit's findings point to the document instead.
    build.onResolve({ filter: /\/stack-trace$/ }, ({ importer }) =>
      /[\\/]cdk(tf|tn)[\\/]lib[\\/]/.test(importer)
        ? { path: 'stack-trace', namespace: 'no-traces' }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'no-traces' }, () => ({
      contents: 'exports.captureStackTrace = () => [];',
      loader: 'js',
    }));
    // cdktf asks it whether something holds; Node's own loads process.stderr, to know whether the difference is shown in colours.
    build.onResolve({ filter: /^assert$/ }, ({ importer }) =>
      /[\\/]cdktf[\\/]lib[\\/]/.test(importer) ? { path: 'assert', namespace: 'plain-assert' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'plain-assert' }, () => ({
      contents: `const assert = (value, message) => { if (!value) throw new Error(message); };
        module.exports = Object.assign(assert, { ok: assert });`,
      loader: 'js',
    }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({
      contents: `module.exports = new Proxy(() => {}, {
        get() { throw new Error('${path} is not part of the program'); },
        apply() { throw new Error('${path} is not part of the program'); },
      });`,
      loader: 'js',
    }));
  },
};

/**
 * What cdk8s and cdktf do for nothing in the program, by file: text, and what is in its place. The resolvers of cdk8s replace
 * instances of classes only, and are asked about each value; it sorts keys, whose order pachkit makes itself; it has a library
 * loaded to apply patches where there are none. cdktf makes contexts of closures for keys and values in which nothing can stand
 * for a token, and nothing has to be escaped; it resolves metadata, which pachkit leaves out, and what it has resolved once more.
 */
const SHORTCUTS = {
  'cdk8s/lib/resolve.js': [
    [
      'const resolvers = app_1.App.of(apiObject).resolvers;',
      `if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    if (Array.isArray(value) || (value.constructor === Object && typeof value.resolve !== 'function')) {
        let result = value;
        for (const k of Object.keys(value)) {
            const resolved = resolve(key, value[k], apiObject);
            if (resolved === value[k]) continue;
            if (result === value) result = Array.isArray(value) ? [...value] : { ...value };
            result[k] = resolved;
        }
        return result;
    }
    const resolvers = app_1.App.of(apiObject).resolvers;`,
    ],
  ],
  'cdktf/lib/tokens/private/resolve.js': [
    [
      'function resolve(obj, options) {',
      `function isPlain(value) {
    if (typeof value === 'string') return !/[{}]|[-|\\d.+]e[-|\\d.eE+]| Token Value$/.test(value);
    return typeof value === 'boolean' || Number.isSafeInteger(value);
}
function resolve(obj, options) {
    if (isPlain(obj)) return obj;`,
    ],
    [
      'const pathName = "/" + prefix.join("/");',
      'const pathName = { toString: () => "/" + prefix.join("/") };',
    ],
    [
      '.map((x, i) => makeContext(`${i}`)[0].resolve(x))',
      '.map((x, i) => (isPlain(x) ? x : makeContext(`${i}`)[0].resolve(x)))',
    ],
    [
      'const resolvedKey = makeContext()[0].resolve(key);',
      `if (key === '//') continue;
        const resolvedKey = isPlain(key) ? key : makeContext()[0].resolve(key);`,
    ],
    [
      'const value = makeContext(key)[0].resolve(obj[key]);',
      'const value = isPlain(obj[key]) ? obj[key] : makeContext(key)[0].resolve(obj[key]);',
    ],
  ],
  'cdktf/lib/util.js': [
    [
      'function snakeCase(str) {',
      `const snakeCases = new Map();
function snakeCase(str) {
    const known = snakeCases.get(str);
    if (known !== undefined) return known;
    const written = toSnakeCase(str);
    if (typeof str === 'string') snakeCases.set(str, written);
    return written;
}
function toSnakeCase(str) {`,
    ],
  ],
  'cdktf/lib/terraform-stack.js': [
    [
      `        const metadatas = elements.map((e) => (0, _tokens_1.resolve)(this, e.toMetadata()));
        for (const meta of metadatas) {
            (0, util_1.deepMerge)(metadata, meta);
        }
        const outputs = elements.reduce(`,
      'const outputs = [].reduce(',
    ],
    ['return (0, _tokens_1.resolve)(this, tf);', 'return tf;'],
  ],
  'cdk8s/lib/api-object.js': [
    ['const sortKeys = process.env.CDK8S_DISABLE_SORT ? false : true;', 'const sortKeys = false;'],
  ],
  'cdk8s/lib/json-patch.js': [
    [
      'static apply(document, ...ops) {',
      'static apply(document, ...ops) {\nif (ops.length === 0) return document;',
    ],
  ],
};

/**
 * Loads the modules of the construct libraries when something of theirs is used. They are what TypeScript compiles imports
 * to, and each loads most others, of which a synthesis uses a third.
 */
export const lateRequires = {
  name: 'late-requires',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]node_modules[\\/](cdktf|cdk8s|constructs)[\\/]lib[\\/].*\.js$/ },
      async ({ path }) => {
        let contents = withShortcuts(path, await readFile(path, 'utf8'));
        for (const [statement, name, module] of contents.matchAll(
          /^const (\w+_\d+) = (require\("[^"]+"\));$/gm,
        ))
          contents = contents
            .replace(statement, '')
            .replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `(${module})`);
        return { contents, loader: 'js' };
      },
    );
  },
};

function withShortcuts(path, text) {
  const [, shortcuts] = Object.entries(SHORTCUTS).find(([file]) =>
    path.replaceAll('\\', '/').endsWith(`/node_modules/${file}`),
  ) ?? [, []];
  return shortcuts.reduce((before, [longer, shorter]) => {
    if (!before.includes(longer))
      throw new Error(`${path} has changed: its shortcut can go or has to follow`);
    return before.replace(longer, () => shorter);
  }, text);
}

/**
 * Makes every module that is a part of its own, and loaded by `import()` or `require()`, a file of its own. `parts` has the
 * names of the files by the modules, which are relative to `root`; behind a `?` is a module of a file that has several. A `file`
 * that evaluates all that it has lends itself the modules that it imports late and that are no part: they are added to `own`.
 */
export function separateParts(root, parts, file, own) {
  const files = Object.values(parts);
  if (new Set(files).size < files.length) throw new Error(`two parts are one file: ${files.join(', ')}`);
  return {
    name: 'separate-parts',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path: specifier, resolveDir }) => {
        if (kind !== 'dynamic-import' && kind !== 'require-call') return undefined;
        const module = path.relative(root, path.resolve(resolveDir, `${specifier}.ts`));
        const name = module.split(path.sep).join('/');
        if (parts[name] !== undefined) return { path: `./${parts[name]}`, external: true };
        if (own === undefined || kind !== 'dynamic-import') return undefined;
        own.add(name);
        return { path: `./${file}?${name}`, external: true };
      });
    },
  };
}

/**
 * Takes from other files of the program what they have, in the place of a copy. `lenders` has the names of the files by the modules
 * in them, which are relative to `root`; what `borrower` asks them for is added to the sets in `lent`, by the file. The launcher
 * knows the form of what is required.
 */
export function lentModules(root, borrower, lenders, lent) {
  return {
    name: 'lent-modules',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path: specifier, pluginData, ...args }) => {
        if (args.kind === 'entry-point' || args.namespace !== 'file' || pluginData === 'asked')
          return undefined;
        const found = await build.resolve(specifier, { ...args, pluginData: 'asked' });
        if (found.errors.length > 0 || found.external || found.namespace !== 'file') return undefined;
        const module = path.relative(root, found.path).split(path.sep).join('/');
        const lender = lenders.get(module);
        if (lender === undefined || lender === borrower) return undefined;
        lent.get(lender).add(module);
        return { path: `./${lender}?${module}`, external: true };
      });
    },
  };
}

/**
 * Puts functions that load their module when they are called in the place of the modules of `late` (relative to `root`), for
 * modules that are not among them. A module that has anything else that others use cannot be late: esbuild then misses it.
 */
export function lateModules(root, late) {
  const nameOf = (file) => path.relative(root, file).split(path.sep).join('/');
  return {
    name: 'late-modules',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path: specifier, importer, resolveDir }) => {
        if (kind !== 'import-statement' || late.has(nameOf(importer))) return undefined;
        const file = ['.ts', '/index.ts']
          .map((end) => path.resolve(resolveDir, `${specifier}${end}`))
          .find((each) => late.has(nameOf(each)));
        return file && { path: file, namespace: 'late' };
      });
      build.onLoad({ filter: /./, namespace: 'late' }, async ({ path: file }) => {
        const names = [...(await readFile(file, 'utf8')).matchAll(/^export (?:async )?function\*? (\w+)/gm)];
        const contents = [
          `const late = () => require('./${path.basename(file, '.ts')}');`,
          ...names.map(([, name]) => `export function ${name}(...args) { return late().${name}(...args); }`),
        ].join('\n');
        return { contents, loader: 'js', resolveDir: path.dirname(file) };
      });
    },
  };
}

/** picocolors asks process.stdout, which loads all streams of Node, for what pachkit decides itself. */
export const withoutStreams = {
  name: 'without-streams',
  setup(build) {
    build.onLoad({ filter: /[\\/]picocolors[\\/]picocolors\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace('(p.stdout || {}).isTTY', 'false');
      if (contents === text) throw new Error(`${path} no longer asks process.stdout: this plugin can go`);
      return { contents, loader: 'js' };
    });
  },
};

/** cdktf asks `util.isArray`, about which Node 22 and newer print a deprecation warning at every synthesis. */
export const withoutDeprecatedCalls = {
  name: 'without-deprecated-calls',
  setup(build) {
    build.onLoad({ filter: /[\\/]cdktf[\\/]lib[\\/]terraform-output\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replaceAll(/\(0, util_\d+\.isArray\)/g, 'Array.isArray');
      if (contents === text) throw new Error(`${path} no longer asks util.isArray: this plugin can go`);
      return { contents, loader: 'js' };
    });
  },
};
