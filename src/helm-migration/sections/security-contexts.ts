import type { Section } from '../row';

const SWITCHES = ['pachd.securityContext.enabled', 'etcd.securityContext.enabled'] as const;

/** 2.2 has a switch for pachd and one for etcd; the document has one. */
export const securityContexts: Section = {
  carry(context) {
    const { values, release } = context;
    if (release.hasContainerSecurityContexts) return;
    const off = SWITCHES.filter((path) => !values.isTrue(path));
    const field = 'securityContexts';
    if (off.length > 0) context.set(field, false);
    for (const path of SWITCHES)
      if (off.includes(path)) context.say(path, 'carried', { field });
      else if (off.length === 0) context.say(path, 'default');
      else
        context.say(path, 'not-carried', {
          field,
          message: 'a document has one switch for pachd and etcd, and the other one is off',
        });
  },
};
