import { keysOfSection } from '../../helm-values/facts';
import { chartDefault } from '../chart-defaults';
import type { ImportContext } from '../context';
import { isRead, type Section } from '../row';
import { unreadValue } from '../unread';

/** What the chart installs beside Pachyderm, and a document does not. */
const PRODUCTS = [
  { name: 'Loki', flag: 'pachd.lokiDeploy', section: 'loki-stack' },
  { name: 'kube-event-tail', flag: 'kubeEventTail.enabled', section: 'kubeEventTail' },
] as const;

/** Products that the chart installs, by default too, and that are missing once the document takes its place. */
export const otherProducts: Section = {
  carry(context) {
    for (const product of PRODUCTS) if (isRead(product.flag, context.release)) carryProduct(context, product);
  },
};

function carryProduct(context: ImportContext, { name, flag, section }: (typeof PRODUCTS)[number]): void {
  const { values, release } = context;
  const left = unreadValue(flag.split('.'), release.version);
  if (!left) return;
  const { fate, message } = left;
  const isOther = fate === 'other-product';
  if (values.isTrue(flag)) {
    if (values.isSet(flag)) context.say(flag, fate, { message });
    // What was set of the product is in the report with the same words.
    else if (!values.isSet(section))
      context.note(flag, fate, undefined, `not set, and on by default: ${message}`);
    return;
  }
  if (chartDefault(release, flag) === false && !isOther) context.say(flag, 'default');
  else context.say(flag, isOther ? fate : 'derived', { message: `pachkit does not deploy ${name} either` });
  const settings = keysOfSection(section)?.map((key) => `${section}.${key}`) ?? [section];
  for (const path of settings.filter((each) => each !== flag))
    context.say(path, isOther ? fate : 'idle', { message: `${flag} is false` });
}
