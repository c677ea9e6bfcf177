import type {
  ArrayExpression,
  Expression,
  File,
  ObjectExpression,
  ObjectProperty,
  Statement,
} from '@babel/types';

/** The place of an object literal, a list literal or another expression, with the places of what is inside it. */
export interface LiteralPosition {
  readonly start: number;
  readonly end: number;
  readonly keyStart?: number | undefined;
  readonly keyEnd?: number | undefined;
  readonly properties?: ReadonlyMap<string, LiteralPosition>;
  readonly items?: readonly (LiteralPosition | undefined)[];
}

/**
 * The places of the values in the default export of a TypeScript program, as offsets into `text`: the literal inside
 * `export default defineCluster({ … })`, followed through constants of the same file. Undefined when it cannot be told.
 */
export function literalPositions(text: string): LiteralPosition | undefined {
  // Loaded here because only TypeScript documents need a TypeScript parser.
  const { parse } = require('@babel/parser') as typeof import('@babel/parser');
  let file: File;
  try {
    file = parse(text, {
      sourceType: 'module',
      plugins: ['typescript'],
      errorRecovery: true,
    });
  } catch {
    return undefined;
  }
  const constants = new Map<string, Expression>();
  for (const statement of file.program.body) collectConstants(statement, constants);
  for (const statement of file.program.body)
    if (statement.type === 'ExportDefaultDeclaration')
      return position(statement.declaration as Expression, constants, 0);
  return undefined;
}

function collectConstants(statement: Statement, constants: Map<string, Expression>): void {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
  if (declaration?.type !== 'VariableDeclaration') return;
  for (const declarator of declaration.declarations)
    if (declarator.id.type === 'Identifier' && declarator.init)
      constants.set(declarator.id.name, declarator.init);
}

/** Constants may refer to each other in a circle; no document needs more steps than this. */
const DEPTH_LIMIT = 50;

function position(
  expression: Expression,
  constants: ReadonlyMap<string, Expression>,
  depth: number,
): LiteralPosition | undefined {
  const place = { start: expression.start ?? 0, end: expression.end ?? 0 };
  if (depth > DEPTH_LIMIT) return place;
  switch (expression.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return position(expression.expression, constants, depth + 1);
    case 'CallExpression': {
      const argument = expression.arguments[0];
      return argument ? position(argument as Expression, constants, depth + 1) : place;
    }
    case 'Identifier': {
      const constant = constants.get(expression.name);
      return constant ? position(constant, constants, depth + 1) : place;
    }
    case 'ArrayExpression':
      return {
        ...place,
        items: itemPositions(expression, constants, depth),
      };
    case 'ObjectExpression':
      return { ...place, properties: objectPositions(expression, constants, depth) };
    default:
      return place;
  }
}

function itemPositions(
  list: ArrayExpression,
  constants: ReadonlyMap<string, Expression>,
  depth: number,
): (LiteralPosition | undefined)[] {
  const items: (LiteralPosition | undefined)[] = [];
  for (const element of list.elements) {
    if (element?.type !== 'SpreadElement') {
      items.push(element ? position(element, constants, depth + 1) : undefined);
      continue;
    }
    const spread = position(element.argument, constants, depth + 1)?.items;
    // How many items come from a computed list is not known, so nothing is known about those behind it.
    if (!spread) return items;
    items.push(...spread);
  }
  return items;
}

function objectPositions(
  object: ObjectExpression,
  constants: ReadonlyMap<string, Expression>,
  depth: number,
): Map<string, LiteralPosition> {
  const properties = new Map<string, LiteralPosition>();
  for (const property of object.properties) {
    if (property.type === 'SpreadElement') {
      const spread = position(property.argument, constants, depth + 1);
      for (const [key, value] of spread?.properties ?? []) properties.set(key, value);
      continue;
    }
    const key = property.type === 'ObjectProperty' ? keyOf(property) : undefined;
    if (property.type !== 'ObjectProperty' || key === undefined) continue;
    const value = position(property.value as Expression, constants, depth + 1);
    properties.set(key, {
      start: property.start ?? 0,
      end: property.end ?? 0,
      ...value,
      keyStart: property.key.start ?? 0,
      keyEnd: property.key.end ?? 0,
    });
  }
  return properties;
}

function keyOf(property: ObjectProperty): string | undefined {
  if (property.computed) return undefined;
  if (property.key.type === 'Identifier') return property.key.name;
  if (property.key.type === 'StringLiteral') return property.key.value;
  return undefined;
}
