import type { ChangeSet } from '../compare/change';
import type { KnownSecrets } from '../compare/known-secrets';
import { meaningRows, type Meaning } from './rows';
import { Settings } from './settings';

/** What a set of changes means, as sentences without secrets. */
export function meaningsOf(changeSet: ChangeSet, secrets: KnownSecrets): readonly Meaning[] {
  const settings = new Settings(changeSet);
  return meaningRows
    .flatMap((row) => row.of(settings))
    .map(({ text, todo }) => ({
      text: secrets.hide(text),
      ...(todo === undefined ? {} : { todo: secrets.hide(todo) }),
    }));
}
