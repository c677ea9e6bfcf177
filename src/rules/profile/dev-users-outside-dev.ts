import type { Rule } from '../rule';

export const devUsersOutsideDev: Rule = {
  code: 'PRO006',
  severity: 'error',
  reads: ['cluster'],
  title: 'People to try things with outside profile dev',
  reason:
    'dev.users makes accounts with passwords that stand in the document or beside it, for trying things. No one takes such an account away when someone leaves, and nothing asks for a second factor.',
  remedy:
    'Configure the identity provider that your people use, or set profile: dev for a cluster that only you can reach.',
  *check({ document, profile }) {
    if (profile === 'dev' || (document.dev?.users ?? []).length === 0) return;
    yield {
      path: ['dev', 'users'],
      onKey: true,
      message: 'Anyone who has the passwords of these people gets in; only profile dev permits them',
      hint: 'remove dev.users and configure an identity provider, or set profile: dev',
    };
  },
};
