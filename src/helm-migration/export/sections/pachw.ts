import { isMapping } from '../../../document/is-mapping';
import type { JsonValue } from '../../../document/source-node';
import { isSame, type JsonMapping } from '../../json';
import { OWN_OF_PACHW, SHARED_WITH_PACHD } from '../../sections/pachw';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';
import { asMapping } from '../../../document/json-mapping';

/** What pachw has of its own, or takes over from pachd. */
export const pachw: ExportSection = {
  restore(context) {
    const { release, cluster } = context;
    if (!release.hasPachw || cluster.enterpriseServer) return;
    const own = asMapping(context.get('pachw.placement'));
    const pachd = asMapping(context.get('pachd.placement'));
    const resources = context.get('pachw.resources');
    const lacksPlacement =
      own !== undefined && OWN_OF_PACHW.some((name) => pachd?.[name] && own[name] === undefined);
    const lacksResources = isMapping(resources) && isNone(resources) && !isNone(cluster.pachd.resources);
    const inherits = !lacksPlacement && !lacksResources;
    if (!inherits) context.set('pachw.inheritFromPachd', false);
    for (const name of OWN_OF_PACHW) {
      const value = (own ?? (inherits ? undefined : pachd))?.[name];
      if (value !== undefined) context.set(`pachw.${name}`, value);
      context.say(`pachw.placement.${name}`, 'carried', { field: `pachw.${name}` });
    }
    const wanted = cluster.pachw.resources as JsonMapping;
    if (!isNone(wanted) && (resources !== undefined || !inherits))
      context.set('pachw.resources', asWritten(resources, wanted));
    context.say('pachw.resources', 'carried', { field: 'pachw.resources' });
    for (const name of SHARED_WITH_PACHD) sayShared(context, name, own?.[name], pachd?.[name]);
  },
};

function sayShared(
  context: ExportContext,
  name: string,
  own: JsonValue | undefined,
  pachd: JsonValue | undefined,
): void {
  const field = `pachw.placement.${name}`;
  if (isSame(own ?? {}, pachd ?? {})) return context.say(field, 'derived', { field: `pachd.${name}` });
  context.refuse(field, 'pods of pachw have those of pachd in the chart');
}

/** What the document has, in its own writing, unless it has nothing. */
function asWritten(given: JsonValue | undefined, resolved: JsonMapping): JsonMapping {
  return isMapping(given) && !isNone(given) ? given : resolved;
}

function isNone(value: object): boolean {
  return Object.keys(value).length === 0;
}
