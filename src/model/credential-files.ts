/** Where the pod that runs Dex, pachd's or its own, has the files of the Secret `identity.credentialFilesSecretName`. */
export const CREDENTIAL_FILES_DIRECTORY = '/dexcreds';
