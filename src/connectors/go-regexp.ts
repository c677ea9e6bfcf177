/** An expression as Go compiles it, or what Go says about one that it cannot compile. */
export type GoRegexp = { readonly test: (text: string) => boolean } | { readonly error: string };

/** In front of what Go says about every expression. */
const PREFIX = 'error parsing regexp: ';

/**
 * Compiles a regular expression as Go's package regexp does: without look-around and back-references, and without an
 * expression that takes longer than the text that it is matched with.
 */
export function compileGoRegexp(expression: string): GoRegexp {
  // Loaded on use: hardly any document has an expression.
  const { RE2JS, RE2JSException } = require('./re2') as typeof import('./re2');
  try {
    const compiled = RE2JS.compile(expression);
    return { test: (text) => compiled.matcher(text).find() };
  } catch (error) {
    if (error instanceof RE2JSException) return { error: error.message.replace(PREFIX, '') };
    throw error;
  }
}
