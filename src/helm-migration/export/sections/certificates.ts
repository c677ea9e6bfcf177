import type { NewCertificate } from '../../../model/cluster';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

/** The certificates of pachd and of an enterprise server. */
export const certificates: ExportSection = {
  restore(context) {
    const { cluster } = context;
    const section = cluster.enterpriseServer ? 'enterpriseServer' : 'pachd';
    const tls = cluster[section]?.tls;
    const path = `${section}.tls`;
    if (tls) {
      context.set(`${path}.enabled`, true);
      context.set(`${path}.secretName`, tls.secretName, `${path}.secretName`);
      restoreCertificate(context, `${path}.newSecret`, tls.newSecret, { path: `${path}.newSecret` });
    }
    restoreAuthority(context, `${path}.customCertificateAuthority`, tls?.customCertificateAuthority);
  },
};

/** One value of the chart says it of pachd where that has a certificate, and of Console where the proxy has one. */
function restoreAuthority(context: ExportContext, field: string, own: boolean | undefined): void {
  const { access, console } = context.cluster;
  const ofConsole = 'console.customCertificateAuthority';
  const wanted = console.customCertificateAuthority;
  const hasProxyCertificate =
    console.enabled && access.via === 'proxy' && access.tls?.secretName !== undefined;
  if (own !== undefined) context.set('global.customCaCerts', own, field);
  else if (hasProxyCertificate) context.set('global.customCaCerts', wanted, ofConsole);
  if (wanted === (hasProxyCertificate && (own ?? wanted)))
    context.say(ofConsole, 'carried', { field: 'global.customCaCerts' });
  else
    context.refuse(
      ofConsole,
      hasProxyCertificate
        ? 'the chart says it of pachd and Console together'
        : 'Console of the chart trusts the certificate of a proxy alone',
    );
}

/** A certificate that the chart makes a Secret of; `certificate` is the name of its value. */
export function restoreCertificate(
  context: ExportContext,
  field: string,
  given: NewCertificate | undefined,
  { path, certificate = 'crt' }: { readonly path: string; readonly certificate?: string },
): void {
  if (!given) return;
  context.set(`${path}.create`, true);
  if (given.certificate.kind === 'literal')
    context.force(`${path}.${certificate}`, given.certificate.value.reveal());
  const { text, words } = context.secretText(`${path}.key`, given.key, `${field}.key`);
  context.force(`${path}.key`, text);
  context.say(field, 'carried', { field: path, message: words });
}
