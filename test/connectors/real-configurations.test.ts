import { targets } from '../../src/releases/target';
import { codes, example } from './support/findings';
import { derivedValidator, schemaNames } from './support/schemas';

test.each(schemaNames)('%s is fine for every target that has the type, and for the schema', (name) => {
  for (const target of targets) {
    const isUnusable = name === 'oauth' && /dex@2[.](29|30)$|pachyderm@2[.][2-6]$/.test(target);
    const config = example(name);
    expect([target, codes(name, config, target)]).toEqual([target, isUnusable ? ['DEX105'] : []]);
    if (!isUnusable)
      expect([target, derivedValidator(`connectors/${name}`, target)(config)]).toEqual([target, true]);
  }
});
