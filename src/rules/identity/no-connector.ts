import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const noConnector: Rule = {
  code: 'IDN001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'Authentication without a connector',
  reason:
    'People log in through a connector of Dex. Without one no one but the root user, who has the root token, gets in. From release 2.3 on Dex shows a page that says it is not configured; the official chart goes further and leaves IDP_CONFIG out, so that pachd finds no issuer ("provided OIDC issuer does not implement OIDC protocol") and does not start.',
  remedy:
    'List the identity provider under identity.connectors, name a Secret with connectors in identity.connectorsFrom, or add the section auth0 or keycloak. In profile dev a connector of type mockPassword will do.',
  *check({ document, cluster }) {
    const { identity, auth0, keycloak } = document;
    const hasConnectors = (identity?.connectors ?? []).length > 0 || identity?.connectorsFrom !== undefined;
    if (!cluster.auth || hasConnectors || (auth0 ?? keycloak) !== undefined || isMember(cluster)) return;
    if ((cluster.dex?.staticPasswords ?? []).length > 0) return;
    const isOwnedByPachctl = cluster.release.bootstrap === 'job' && !cluster.dex;
    yield {
      path: ['identity', 'connectors'],
      ...(isOwnedByPachctl ? { severity: 'warning' as const } : {}),
      message: isOwnedByPachctl
        ? 'There is no connector: until pachctl idp create-connector adds one, no one but the root user can log in'
        : 'There is no connector: no one but the root user can log in',
      hint:
        cluster.profile === 'dev'
          ? 'add one to identity.connectors, such as { type: mockPassword, id: test, config: { username: admin, password: password } }'
          : 'add the identity provider to identity.connectors, or the section auth0 or keycloak',
    };
  },
};
