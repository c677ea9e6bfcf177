import { WRITTEN_BY_ARGO_CD } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const argoCdSections: Rule<'dex-config'> = {
  code: 'DEX240',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Section that Argo CD writes itself',
  reason:
    'Argo CD makes the configuration of its Dex of the text under dex.config, and writes issuer, storage, web, grpc and telemetry itself: what the text says there is dropped silently. The issuer is the url of argocd-cm with /api/dex behind it.',
  remedy: 'Remove the section. For another issuer change url in argocd-cm.',
  *check({ completedBy, written }) {
    if (completedBy !== 'argo-cd') return;
    for (const key of written.entries?.keys() ?? [])
      if (WRITTEN_BY_ARGO_CD.some((name) => name === key.toLowerCase()))
        yield {
          path: [key],
          onKey: true,
          message: `Argo CD writes \`${key}\` itself, and drops what is written here silently`,
          hint:
            key.toLowerCase() === 'issuer'
              ? 'remove it; the issuer follows from `url` in argocd-cm'
              : 'remove it',
        };
  },
};
