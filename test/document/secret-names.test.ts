import { looksLikeName } from '../../src/document/secret-names';

describe('what stands where the name of a variable or a file belongs', () => {
  test.each(['PACHD_SECRET', 'TF_VAR_auth0_client_secret', 'client-secret', './secret', 'secret.txt'])(
    'a name is shown: %s',
    (name) => expect(looksLikeName(name)).toBe(true),
  );

  test.each(['Zm9vYmFyMTIz', 'hunter2', 'TF_VAR_Zm9vYmFyMTIz', 'tf_var_a1b2c3'])(
    'a secret is not: %s',
    (secret) => expect(looksLikeName(secret)).toBe(false),
  );
});
