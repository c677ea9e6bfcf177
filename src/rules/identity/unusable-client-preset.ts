import { presetNamed } from '../../client-presets/registry';
import type { ClientPreset } from '../../client-presets/preset';
import type { PathStep } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import type { Finding, Rule } from '../rule';
import { withoutSlash } from '../../forms/without-slash';

type Client = NonNullable<NonNullable<ClusterDocument['identity']>['clients']>[number];

export const unusablePreset: Rule = {
  code: 'IDN020',
  severity: 'error',
  reads: ['cluster'],
  title: 'Preset of a client that nothing follows from',
  reason:
    'The redirect URI of a product is its URL and the path of its callback, which the preset knows. Without the URL there is none, and with a URL that has the path already it is a duplicate: Dex refuses every login with "Unregistered redirect_uri". The id of such a client goes into the configuration files of the product.',
  remedy:
    'Write the URL that people open, without the path of the callback, and an id of letters and digits.',
  *check({ document }) {
    for (const [index, client] of (document.identity?.clients ?? []).entries()) {
      const path = ['identity', 'clients', index];
      const preset = presetNamed(client.preset);
      if (preset) yield* ofPreset(client, preset, path);
      else if (client.url !== undefined)
        yield {
          severity: 'warning',
          path: [...path, 'url'],
          onKey: true,
          message: 'Without a preset nothing follows from url: Dex has the redirectURIs alone',
          hint: 'name the product with preset, or remove url',
        };
    }
  },
};

function* ofPreset(
  { id, url }: Client,
  { name, title, callbacks, isProgram }: ClientPreset,
  path: readonly PathStep[],
): Iterable<Finding> {
  if (isProgram && url !== undefined)
    yield {
      severity: 'warning',
      path: [...path, 'url'],
      onKey: true,
      message: `${title} runs on the machines of people: nothing follows from url`,
      hint: 'remove it',
    };
  if (!isProgram && url === undefined)
    yield {
      path: [...path, 'preset'],
      message: `The redirect URI of ${title} follows from its URL, which "${id ?? name}" does not have: \`Unregistered redirect_uri\``,
      hint: `add url: https://${name}.acme.com, with the URL that people open`,
    };
  // A URL that is a number by mistake has a finding of its own, and is not missing.
  const address = withoutSlash(`${url ?? ''}`);
  const end = isProgram ? undefined : callbacks.find((each) => address.endsWith(each));
  if (end !== undefined)
    yield {
      path: [...path, 'url'],
      message: `${end} comes after the URL by itself, so that the redirect URI has it two times and no login matches it`,
      hint: `write ${address.slice(0, -end.length)}`,
    };
  if (id !== undefined && !/^[\w.~-]+$/.test(id))
    yield {
      path: [...path, 'id'],
      message: `"${id}" goes into the configuration of ${title}, which would read it in another way`,
      hint: 'use letters, digits, dots and hyphens',
    };
}
