import type { Rule } from '../rule';

export const refreshTokenLifetimes: Rule = {
  code: 'TFM017',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Refresh tokens with impossible lifetimes',
  reason:
    'Auth0 wants the idle lifetime of refresh tokens to be shorter than their lifetime, and refuses the application otherwise. With rotation and no leeway, two refreshes at one time look like a stolen token: Auth0 then ends every token of that login.',
  remedy:
    'Make idleLifetimeSeconds less than lifetimeSeconds, and keep a leeway of some seconds with rotation.',
  *check({ cluster }) {
    if (!cluster.auth0) return;
    const { rotation, leewaySeconds, lifetimeSeconds, idleLifetimeSeconds } =
      cluster.auth0.application.refreshToken;
    const path = ['auth0', 'application', 'refreshToken'];
    if (idleLifetimeSeconds >= lifetimeSeconds)
      yield {
        path: [...path, 'lifetimeSeconds'],
        message: `Tokens that are not used would live ${idleLifetimeSeconds} s, no shorter than the ${lifetimeSeconds} s of all tokens; Auth0 refuses that`,
        hint: `set idleLifetimeSeconds to less than ${lifetimeSeconds}`,
      };
    if (rotation === 'rotating' && leewaySeconds === 0)
      yield {
        path: [...path, 'leewaySeconds'],
        severity: 'warning',
        message:
          'Without leeway two refreshes at one time look like a stolen token, and Auth0 ends every token of that login',
        hint: 'set leewaySeconds to 60, or rotation: non-rotating',
      };
  },
};
