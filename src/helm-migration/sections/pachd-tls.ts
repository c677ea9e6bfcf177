import type { Section } from '../row';

/** The certificate of pachd, which is there when its Secret is named. */
export const pachdTls: Section = {
  carry(context) {
    const path = 'pachd.tls.enabled';
    const isOn = context.values.isTrue(path);
    context.say(path, isOn ? 'carried' : 'default', isOn ? { field: 'pachd.tls' } : {});
  },
};
