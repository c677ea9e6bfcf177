import { isClusterHost, isOpenHttp, readUrl } from '../../model/url-text';
import { issuerOf } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const plainServerIssuer: Rule<'dex-config'> = {
  code: 'DEX211',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Dex served over http',
  reason:
    'Over http anyone on the way reads passwords and tokens. Many clients, the API server of Kubernetes among them, refuse such an issuer, and many identity providers refuse its callback URL.',
  remedy: 'Serve Dex over https, or have a proxy in front of it do so, and write https in the issuer.',
  *check(config) {
    const issuer = issuerOf(config);
    // A name of the cluster alone is for pods; what browsers go through is in front of Dex.
    if (issuer !== undefined && isOpenHttp(issuer) && !isClusterHost(readUrl(issuer).host))
      yield {
        path: ['issuer'],
        message:
          'Over http anyone on the way reads passwords and tokens, and many clients, the Kubernetes API server among them, refuse such an issuer',
        hint: 'serve Dex over https, and write https here',
      };
  },
};
