import fc from 'fast-check';

/**
 * Properties are tried on the same values in every run, so that a failure is a failure of the change. Another seed, for
 * looking further: PACHKIT_PROPERTY_SEED=7 npm test.
 */
fc.configureGlobal({ seed: Number(process.env['PACHKIT_PROPERTY_SEED'] ?? '20221116') });
