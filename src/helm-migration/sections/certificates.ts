import type { ImportContext } from '../context';
import { setAt, type JsonMapping } from '../json';
import { NO_PACHD, type Section } from '../row';
import { variableName } from '../placeholder';

/** The certificates of pachd and of an enterprise server, which are there when their Secrets are named. */
export const certificates: Section = {
  carry(context) {
    const { isEnterpriseServer } = context;
    const own = isEnterpriseServer ? 'enterpriseServer.tls' : 'pachd.tls';
    for (const from of ['pachd.tls', 'enterpriseServer.tls']) {
      const path = `${from}.enabled`;
      const isOn = from === own && context.values.isTrue(path);
      context.say(path, isOn ? 'carried' : 'default', isOn ? { field: from } : {});
      carryNewCertificate(context, {
        from: `${from}.newSecret`,
        names: { certificate: 'crt', key: 'key', create: 'create' },
        to: `${from}.newSecret`,
        isOn: isOn && context.values.isTrue(`${from}.newSecret.create`),
        off: from === own ? `${from}.enabled or ${from}.newSecret.create is false` : NO_PACHD,
      });
    }
    carryAuthority(context, own);
  },
};

/** A certificate that values have, and the chart makes a Secret of. */
export interface GivenCertificate {
  readonly from: string;
  readonly names: { readonly certificate: string; readonly key: string; readonly create?: string };
  readonly to: string;
  /** Whether the chart makes the Secret. */
  readonly isOn: boolean;
  /** Why it does not. */
  readonly off: string;
}

/**
 * Carries a certificate. The Secret that the release made of it stays where secrets are referred to, and then is one that the
 * document only names.
 */
export function carryNewCertificate(
  context: ImportContext,
  { from, names, to, isOn, off }: GivenCertificate,
): void {
  const { values } = context;
  const paths = Object.values(names).map((name) => `${from}.${name}`);
  const certificate = values.text(`${from}.${names.certificate}`);
  const key = values.text(`${from}.${names.key}`);
  if (!isOn || certificate === '' || key === '') {
    for (const path of paths)
      context.say(path, values.text(path) === '' || !values.isTrue(path) ? 'default' : 'idle', {
        message: off,
      });
    return;
  }
  const secretName = context.get(`${to.slice(0, to.lastIndexOf('.'))}.secretName`);
  if (context.options.secrets === 'existing' && typeof secretName === 'string') {
    for (const path of paths)
      context.say(path, 'carried', {
        field: to.replace(/newSecret$/, 'secretName'),
        message: `the Secret ${secretName} that the release made stays as it is`,
      });
    return;
  }
  const newSecret: JsonMapping = { certificate };
  const { value, words } = context.secrets.write({
    field: `${to}.key`,
    given: key,
    ...(typeof secretName === 'string' ? { readFrom: { name: secretName, key: 'tls.key' } } : {}),
    variable: variableName(...to.split('.').slice(0, -1), 'key'),
  });
  setAt(newSecret, ['key'], value);
  context.set(to, newSecret);
  for (const path of paths) context.say(path, 'carried', { field: to, message: words });
}

/** Whether pachd trusts what its certificate is signed by, and Console what that of the proxy is signed by. */
function carryAuthority(context: ImportContext, own: string): void {
  const path = 'global.customCaCerts';
  if (!context.values.isTrue(path)) return context.say(path, 'default');
  const isOn = context.values.isTrue(`${own}.enabled`);
  const fields = [
    ...(isOn ? [`${own}.customCertificateAuthority`] : []),
    // With pachd's own it is the default.
    ...(consoleTrustsProxy(context) && !(isOn && own === 'pachd.tls') ? [CONSOLE_TRUSTS] : []),
  ];
  for (const field of fields) {
    context.set(field, true);
    context.say(path, 'carried', { field });
  }
  if (fields.length === 0) context.say(path, 'idle', { message: `${own}.enabled is false` });
}

const CONSOLE_TRUSTS = 'console.customCertificateAuthority';

/** The chart goes by the certificate of the proxy for Console, also where pachd has none. */
function consoleTrustsProxy({ release, values }: ImportContext): boolean {
  return (
    release.hasProxy &&
    ['proxy.enabled', 'proxy.tls.enabled', 'console.enabled'].every((each) => values.isTrue(each))
  );
}
