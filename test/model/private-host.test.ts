import { isPrivateHost } from '../../src/model/url-text';

test.each([
  '10.1.2.3',
  '192.168.0.1',
  '172.31.0.1',
  '169.254.169.254',
  '[fd00::1]',
  'keycloak',
  'keycloak.auth.svc.cluster.local',
  'keycloak.auth.svc',
  'login.acme.internal',
  'login.acme.intranet',
  'login.acme.corp',
  'router.home.arpa',
])('%s is known on a private network alone', (host) => expect(isPrivateHost(host)).toBe(true));

test.each(['login.acme.com', '100.64.0.1', '172.32.0.1', '[2001:db8::1]', 'corp.acme.com', 'local.acme.com'])(
  '%s may be known everywhere',
  (host) => expect(isPrivateHost(host)).toBe(false),
);
