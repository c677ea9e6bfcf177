/** What happens with a value that does not fit the pattern of its key, for patterns that `formErrors` does not decide about. */
export const PATTERN_EFFECTS: Readonly<Record<string, string>> = {
  'staticClients[].idEnv': 'no environment variable has such a name, so the client has no id',
  'staticClients[].secretEnv': 'no environment variable has such a name, so the client has an empty secret',
  'staticPasswords[].hashFromEnv': 'no environment variable has such a name: `no password hash provided`',
};

export const VARIABLE_HINT = 'write the name of the variable alone, such as APP_CLIENT_SECRET';

/** How a missing key is written. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  issuer: ', such as `issuer: https://dex.example.com/dex`',
  storage: ', such as `storage: { type: kubernetes, config: { inCluster: true } }`',
  'staticClients[].name': ', which is what the consent page calls the client',
  'signer.config of local': ', such as `config: { keysRotationPeriod: 6h }`',
  'signer.config of vault':
    ', such as `config: { addr: "https://vault.example.com:8200", token: $VAULT_TOKEN, keyName: dex }`',
  'signer.config.keyName': ", the name of a key in Vault's transit engine",
  'signer.config.keysRotationPeriod': ', such as `keysRotationPeriod: 6h`',
};
