/** What pachkit writes into pictures and pages, so that it knows them again. */
export const SIGN = 'made by pachkit';

/** How files begin, or what they have near their beginning, that pachkit made and may make anew. */
const SIGNS: readonly RegExp[] = [
  new RegExp(`^%% ${SIGN}\\n`),
  new RegExp(`^// ${SIGN}\\n`),
  new RegExp(`^<svg [^>]*>\\n<!-- ${SIGN} -->\\n`),
  new RegExp(`^<!doctype html>\\n<!-- ${SIGN} -->\\n`),
];

/** Whether a file is a picture or page that pachkit made. */
export function madeByPachkit(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text.slice(0, 4096)));
}
