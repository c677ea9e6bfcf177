import { providerFacts } from '../../src/doctor/providers/facts';

test.each([
  [{ tenant: 'acme.com' }, ['user.read', 'directory.read.all']],
  [{ tenant: 'acme.com', scopes: ['email'] }, ['email', 'directory.read.all']],
  [{ tenant: 'organizations' }, ['user.read']],
  [{}, ['user.read']],
])('microsoft with %j asks for %j', (config, scopes) =>
  expect(providerFacts.microsoft?.scopes(config)).toEqual(scopes),
);
