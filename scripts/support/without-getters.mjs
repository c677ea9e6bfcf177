/** What esbuild makes of `require()` of an ES module: it is evaluated, and its exports are copied, as getters again. */
const REQUIRED = /\((init_\w+)\(\), __toCommonJS\((\w+_exports\w*)\)\)/g;

/** What it makes of a function that gives all of a module that is evaluated already. */
const GIVEN = /^ *return (\w+_exports\w*);$/gm;

/**
 * Text of esbuild's in which required modules have their exports as plain properties. esbuild makes a function for each export
 * of a module that is required anywhere, in every start of the program, and two more of each when it is required.
 */
export function withoutGetters(text) {
  const names = [
    ...[...text.matchAll(REQUIRED)].map(([, , name]) => name),
    ...[...text.matchAll(GIVEN)].map(([, name]) => name),
  ];
  return [...new Set(names)].reduce(withPlainExports, text);
}

function withPlainExports(text, name) {
  const definition = new RegExp(
    `^var ${name} = \\{\\};\\n__export\\(${name}, \\{\\n([^}]*)\\n\\}\\);\\n`,
    'm',
  );
  const found = definition.exec(text);
  if (!found) throw new Error(`esbuild no longer writes exports as getters: ${name}`);
  const properties = found[1].split('\n').map((line) => {
    const [, key, value] = /^ {2}(\w+): \(\) => (\w+),?$/.exec(line) ?? [];
    if (key === undefined) throw new Error(`an export that is no name: ${line}`);
    return `${key}: ${value}`;
  });
  const plain = `{ __esModule: true, ${properties.join(', ')} }`;
  const required = new RegExp(`\\((init_\\w+)\\(\\), __toCommonJS\\(${name}\\)\\)`, 'g');
  const given = new RegExp(`^( *)return ${name};$`, 'gm');
  const replaced = text.replace(required, `($1(), ${plain})`).replace(given, `$1return ${plain};`);
  // A module that is imported as a whole somewhere keeps its object.
  const isUsed = replaced.replace(definition, '').includes(name);
  return isUsed ? replaced : replaced.replace(definition, '');
}
