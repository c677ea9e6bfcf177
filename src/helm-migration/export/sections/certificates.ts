import type { NewCertificate } from '../../../model/cluster';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

/** The certificates of pachd and of an enterprise server. */
export const certificates: ExportSection = {
  restore(context) {
    const { cluster } = context;
    const section = cluster.enterpriseServer ? 'enterpriseServer' : 'pachd';
    const tls = cluster[section]?.tls;
    if (!tls) return;
    const path = `${section}.tls`;
    context.set(`${path}.enabled`, true);
    context.set(`${path}.secretName`, tls.secretName, `${path}.secretName`);
    context.set('global.customCaCerts', tls.customCertificateAuthority, `${path}.customCertificateAuthority`);
    restoreCertificate(context, `${path}.newSecret`, tls.newSecret, { path: `${path}.newSecret` });
  },
};

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
