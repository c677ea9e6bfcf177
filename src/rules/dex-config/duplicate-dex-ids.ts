import { repeatedIds } from '../support/repeated-ids';
import { isTrueAt, itemsAt, type DexConfigSubject } from '../../subjects/dex-config';
import type { Finding, Rule } from '../rule';

/** A list whose items are known by one of their keys. */
interface KeyedList {
  readonly list: string;
  readonly key: string;
  readonly noun: string;
  readonly effect: string;
  readonly foldCase?: boolean;
}

const LISTS: readonly KeyedList[] = [
  { list: 'staticClients', key: 'id', noun: 'client', effect: 'the last one counts, silently' },
  { list: 'staticPasswords', key: 'email', noun: 'password', effect: 'the last one counts', foldCase: true },
  {
    list: 'connectors',
    key: 'id',
    noun: 'connector',
    effect: 'the last one counts, and the login page shows both',
  },
];

export const repeatedServerIds: Rule<'dex-config'> = {
  code: 'DEX207',
  severity: 'error',
  reads: ['dex-config'],
  title: 'Id that is a duplicate',
  reason:
    'Dex does not refuse two connectors, clients or passwords of one id: the last one counts, silently.',
  remedy: 'Give each an id of its own. The id local is that of the password database.',
  *check(config) {
    for (const list of LISTS) yield* repeatedIn(config, list);
    if (!isTrueAt(config, ['enablePasswordDB'])) return;
    for (const [index, connector] of itemsAt(config, ['connectors']).entries())
      if (connector.entries?.get('id')?.scalar === 'local')
        yield {
          path: ['connectors', index, 'id'],
          message:
            'The id "local" is that of the password database, which `enablePasswordDB` adds; one of the two is out of reach',
          hint: 'give the connector another id',
        };
  },
};

function* repeatedIn(
  config: DexConfigSubject,
  { list, key, noun, effect, foldCase }: KeyedList,
): Iterable<Finding> {
  const values = itemsAt(config, [list]).map((item) => item.entries?.get(key)?.scalar);
  for (const { index, id, first } of repeatedIds(values, foldCase))
    yield {
      path: [list, index, key],
      message: `The ${key} "${id}" is that of ${noun} ${first + 1} of the list already: ${effect}`,
      hint: `give every ${noun} ${key === 'id' ? 'an id' : 'an email'} of its own`,
    };
}
