import type { SourceLocation } from '../../diagnostics/diagnostic';
import type { ServerFile } from '../../subjects/dex-config';
import type { Finding, Rule } from '../rule';

type TemplateFinding = Finding & { readonly location: SourceLocation };

/** The endings of names for which the image's entrypoint runs gomplate. */
const TEMPLATE = /\.(yaml|tpl|tmpl)$/;

export const templateInConfig: Rule<'dex-config'> = {
  code: 'DEX229',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Configuration that is run through a template engine',
  reason:
    'The entrypoint of the image of Dex runs files that end in .yaml, .tpl or .tmpl through gomplate before Dex reads them. What follows {{, in passwords, filters and comments too, is taken for a template: Dex gets another text than the one that was checked, or does not start.',
  remedy:
    'Name the file config.yml, or start /usr/local/bin/dex itself instead of the entrypoint. Where a template is meant, check what gomplate makes of it.',
  *check({ file }) {
    const found = templateIn(file);
    if (found) yield found;
  },
};

/** The first template in a file that the image runs through gomplate; undefined when there is none. */
export function templateIn({ name, text, locate }: ServerFile): TemplateFinding | undefined {
  const at = text.indexOf('{{');
  const ending = TEMPLATE.exec(name)?.[0];
  if (at < 0 || ending === undefined) return undefined;
  return {
    path: [],
    location: locate(at, at + 2),
    message: `The image of Dex runs files with the ending ${ending} through gomplate first, which takes what follows {{ for a template: Dex does not read what is written here`,
    hint: 'name the file config.yml, or start /usr/local/bin/dex itself instead of the entrypoint',
  };
}
