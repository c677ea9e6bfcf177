/**
 * The fewest characters of a client secret that Terraform hands to Auth0. What pachkit and Auth0 generate is longer; an
 * empty string, and the `undefined` that a wrong lookup prints, are not.
 */
export const CLIENT_SECRET_LENGTH = 32;
