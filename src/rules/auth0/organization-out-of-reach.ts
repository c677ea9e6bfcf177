import type { Rule } from '../rule';

export const organizationOutOfReach: Rule = {
  code: 'TFM006',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Organization that Dex cannot name',
  reason:
    'With usage: require and requireBehavior: no_prompt, Auth0 wants the parameter organization with every login, and Dex has no way to send it. Every login ends with: invalid_request, parameter organization is required for this client.',
  remedy:
    'Let Auth0 ask: requireBehavior: pre_login_prompt asks for the name of the organization first, post_login_prompt shows a choice after the login.',
  *check({ document, cluster }) {
    const given = document.auth0?.organizations;
    if (!given || !cluster.auth0) return;
    const { usage, requireBehavior, create } = cluster.auth0.organizations;
    if (usage === 'require' && requireBehavior === 'no_prompt')
      yield {
        path: ['auth0', 'organizations', given.requireBehavior === undefined ? 'usage' : 'requireBehavior'],
        message:
          'Auth0 would want the organization from Dex, which cannot say it: every login would end with "parameter organization is required for this client"',
        hint: 'set requireBehavior: post_login_prompt, or pre_login_prompt',
      };
    if (usage !== 'require' && requireBehavior !== 'no_prompt')
      yield {
        path: ['auth0', 'organizations', 'requireBehavior'],
        severity: 'warning',
        message: `requireBehavior has no effect with usage: ${usage}`,
        hint: 'set usage: require, or remove the line',
      };
    if (usage === 'deny' && create.length > 0)
      yield {
        path: ['auth0', 'organizations', 'create'],
        severity: 'warning',
        message: 'The organizations are created, and usage: deny keeps everyone from logging in to one',
        hint: 'set usage: require and requireBehavior: post_login_prompt',
      };
  },
};
