import type { DocumentProvider } from '../document/document';

/** What Dex or a directory has said is quoted as it is; a setting alone is none of that. */
const QUOTED = /(`(?!\w+`)[^`]*`)/;

/** A setting of Dex, with its value where one stands behind it. */
const SETTING = /(?<![\w.])([A-Za-z]\w*(?:\.\w+)*)(: \w+)?/g;

/** A setting that a hint wants to be written. */
const WANTED = /\b(?:add|set|write) ([a-z]+[A-Z]\w*)/;

/**
 * What is said of a connector of Dex, in the words of the document that names a provider in its place: settings that fields
 * stand for are called as the fields. Of names that are plain English words no one can tell that; rules ask `wordFor`.
 */
export function inWordsOf({ words }: DocumentProvider, text: string): string {
  const fieldFor = (name: string): string | undefined => (/^[a-z]+$/.test(name) ? undefined : words[name]);
  return text
    .split(QUOTED)
    .map((part) =>
      QUOTED.test(part)
        ? part
        : part.replace(
            SETTING,
            (whole: string, name: string, value = '') =>
              fieldFor(whole) ?? (fieldFor(name) ?? name) + String(value),
          ),
    )
    .join('');
}

/** A hint in those words. Settings that no field stands for go among Dex's own. */
export function hintInWordsOf(provider: DocumentProvider, hint: string): string {
  const said = inWordsOf(provider, hint);
  const wanted = WANTED.exec(said.split(QUOTED).join(' '))?.[1];
  return wanted === undefined || !provider.takesConfig || provider.fields.includes(wanted)
    ? said
    : `${said}; settings of Dex go under config`;
}

/** What the document calls a setting of Dex. */
export function wordFor(provider: DocumentProvider | undefined, setting: string): string {
  return provider?.words[setting] ?? setting;
}
