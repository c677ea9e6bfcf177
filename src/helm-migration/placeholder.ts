/** What stands for a secret in values that an export makes: a variable of the shell, which envsubst puts the text in for. */
const PLACEHOLDER = /^\$\{([A-Za-z_]\w*)\}$/;

/** The name of the variable; undefined for what is no placeholder. */
export function placeholder(text: string): string | undefined {
  return PLACEHOLDER.exec(text)?.[1];
}
