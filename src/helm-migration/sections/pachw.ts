import { isMapping } from '../../document/is-mapping';
import type { JsonValue } from '../../document/source-node';
import type { ImportContext } from '../context';
import { isEmpty, type JsonMapping } from '../json';
import { NO_PACHD, strings, type Section } from '../row';

/** What pachw has of its own, or takes over from pachd. */
export const OWN_OF_PACHW = ['affinity', 'nodeSelector', 'tolerations'] as const;
/** What the pods of pachw always have from pachd. */
export const SHARED_WITH_PACHD = ['annotations', 'labels', 'priorityClassName'] as const;

/** pachw takes resources and placement over from pachd, each for itself, unless it has its own or is told not to. */
export const pachw: Section = {
  carry(context) {
    const { values, release } = context;
    if (!release.hasPachw) return;
    if (context.isEnterpriseServer) {
      for (const name of [...OWN_OF_PACHW, 'resources', 'inheritFromPachd'])
        context.say(`pachw.${name}`, 'idle', { message: NO_PACHD });
      return;
    }
    const inherits = values.isTrue('pachw.inheritFromPachd');
    carryResources(context, inherits);
    const own = OWN_OF_PACHW.filter((name) => !isEmpty(values.get(`pachw.${name}`)));
    for (const name of OWN_OF_PACHW)
      context.say(`pachw.${name}`, own.includes(name) ? 'carried' : 'default', {
        ...(own.includes(name) ? { field: `pachw.placement.${name}` } : {}),
      });
    const placed = context.get('pachd.placement');
    const pachd: JsonMapping = isMapping(placed) ? placed : {};
    const changes = own.length > 0 || (!inherits && OWN_OF_PACHW.some((name) => pachd[name] !== undefined));
    if (changes) {
      const placement: JsonMapping = {};
      const keep = (name: string, value: JsonValue | undefined): void => {
        if (value !== undefined) placement[name] = value;
      };
      for (const name of SHARED_WITH_PACHD) keep(name, pachd[name]);
      for (const name of OWN_OF_PACHW) {
        const value = values.get(`pachw.${name}`);
        if (!isEmpty(value)) keep(name, name === 'nodeSelector' ? strings.carry(value ?? {}) : value);
        else if (inherits) keep(name, pachd[name]);
      }
      context.set('pachw.placement', placement);
    }
    if (inherits) context.say('pachw.inheritFromPachd', 'default');
    else context.say('pachw.inheritFromPachd', 'carried', { field: 'pachw' });
  },
};

function carryResources(context: ImportContext, inherits: boolean): void {
  const { values } = context;
  const path = 'pachw.resources';
  const own = values.get(path);
  if (!isEmpty(own)) {
    context.set(path, own);
    return context.say(path, 'carried', { field: path });
  }
  context.say(path, 'default');
  if (!inherits && context.get('pachd.resources') !== undefined) context.set(path, {});
}
