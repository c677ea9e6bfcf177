import { IN_BRACES, SET_APART, WHOLE_REFERENCE } from '../../connectors/variable-reference';
import { isSecretName } from '../../document/mask';
import { formatPath, type PathStep } from '../../document/source-node';
import type { TextPlace } from '../../document/texts-under';
import { textsOfSettings, textsWithVariables } from '../../subjects/expanded-sections';
import type { Subjects } from '../../subjects/subject';
import type { Rule } from '../rule';

/** Of two dollar signs Go takes the second for the name of a variable, and the brace behind them for a string. */
const BRACES = new RegExp(`(?<!\\$)${IN_BRACES.source}`, 'g');

/** Glued to a word a name may as well be a part of it, and would be lost. */
const NAMES = new RegExp(SET_APART.source, 'g');

/** What Go's `os.ExpandEnv` takes for the beginning of a reference. */
const BEGINNING = /\$[A-Za-z0-9_{*#$@!?-]/;

export const lostDollar: Rule<'dex-config' | 'connector'> = {
  code: 'DEX208',
  severity: 'error',
  reads: ['dex-config', 'connector'],
  title: 'Dollar sign that Dex takes for a variable',
  reason:
    'Below storage.config and connectors[].config, and from 2.45 on signer.config, Dex takes everything that follows a dollar sign for the name of an environment variable, and puts nothing in its place when there is none: pa$$WORD becomes paWORD, Winter$A1 becomes Winter. A dollar sign cannot be escaped. With the environment variable DEX_EXPAND_ENV=false Dex expands no variables at all, and takes every dollar sign as it is written.',
  remedy:
    'Put a secret with a dollar sign into an environment variable and write nothing but the reference to that, such as $DEX_CLIENT_SECRET. Inside of longer strings write references with braces: ${NAME}.',
  *check(subject) {
    for (const { path, text } of expandedTexts(subject))
      if (losesPart(path, text))
        yield {
          path,
          message: `Dex expands what follows a dollar sign as the name of an environment variable in \`${shownPath(subject, path)}\`; when there is no such variable that part of the value is lost silently`,
          hint: 'put the whole value into an environment variable and refer to that, such as $DEX_CLIENT_SECRET; a dollar sign cannot be escaped, but with DEX_EXPAND_ENV=false Dex takes all of them as they are',
        };
  },
};

/** Of a configuration those outside of connectors, which are asked about one by one. */
function expandedTexts(subject: Subjects['dex-config' | 'connector']): Iterable<TextPlace> {
  if (subject.kind === 'connector') return subject.expandsVariables ? textsOfSettings(subject) : [];
  // Argo CD writes the others itself.
  return subject.completedBy === 'argo-cd'
    ? []
    : [...textsWithVariables(subject, true)].filter(({ path: [section] }) => section !== 'connectors');
}

function shownPath({ kind }: Subjects['dex-config' | 'connector'], path: readonly PathStep[]): string {
  return formatPath(kind === 'connector' ? path.slice(3) : path);
}

function losesPart(path: readonly PathStep[], text: string): boolean {
  if (WHOLE_REFERENCE.test(text)) return false;
  const isSecret = path.some((step) => isSecretName(String(step)));
  const rest = text.replace(BRACES, ' ');
  // A password may hold a dollar sign and capitals anywhere.
  return BEGINNING.test(isSecret ? rest : rest.replace(NAMES, ' '));
}
