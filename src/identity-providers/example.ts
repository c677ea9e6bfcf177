import { dump } from 'js-yaml';
import { NEWEST_EXAMPLE } from '../releases/pachyderm';
import { SourceFile } from '../document/source-file';
import { readYaml } from '../document/read-yaml';
import { toValue } from '../document/source-node';
import { expandProviders } from './expand';
import type { Provider } from './provider';

/** The example of a provider as it is written, and the connector of Dex that it becomes in the newest release, as YAML. */
export function expandedExample({ name, example }: Provider): {
  readonly written: string;
  readonly becomes: string;
} {
  const written = { identity: { connectors: [{ provider: name, ...example }] } };
  const text = dump({ release: NEWEST_EXAMPLE, ...written }, { lineWidth: 120 });
  const [root] = readYaml(new SourceFile(`${name}.yaml`, text, '/')).nodes;
  if (!root) throw new Error(`the example of ${name} is no YAML`);
  const { document } = expandProviders({
    file: `${name}.yaml`,
    directory: '/',
    defaultName: name,
    root,
    value: toValue(root),
  });
  const { identity } = document.value as typeof written;
  return {
    written: dump(written, { lineWidth: 120 }),
    becomes: dump({ identity }, { lineWidth: 120 }),
  };
}
