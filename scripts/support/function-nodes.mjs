import { ancestor, full } from 'acorn-walk';

/** How a function begins that is written as one. */
export function keywordOf({ async: isAsync, generator }) {
  return `${isAsync ? 'async ' : ''}function${generator ? '*' : ''}`;
}

/** Whether a method has `super` of the object that it is in: other functions cannot. Classes within it have their own. */
export function hasSuper(method) {
  let has = false;
  ancestor(method, {
    Super(_node, _state, ancestors) {
      has ||= ancestors.findLast(({ type }) => /^Function/.test(type)) === method;
    },
  });
  return has;
}

/** Whether an arrow function has something of the function around it, which another function would have of its own. */
export function takesFromAround(arrow) {
  let takes = false;
  full(arrow, ({ type, name }) => {
    takes ||=
      /^(ThisExpression|Super|MetaProperty)$/.test(type) || (type === 'Identifier' && name === 'arguments');
  });
  return takes;
}
