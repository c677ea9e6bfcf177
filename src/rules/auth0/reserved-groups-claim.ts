import type { Rule } from '../rule';

/** Names that Auth0 keeps for itself; an Action that sets one is ignored (Auth0's documentation of custom claims). */
const RESERVED = new Set(
  (
    'acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest ' +
    'entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce ' +
    'object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date ' +
    'sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256'
  ).split(' '),
);

/** Standard claims about a person; Auth0 lets an Action overwrite them, and then Dex reads groups as a name. */
const PROFILE = new Set(
  (
    'address birthdate email email_verified family_name gender given_name locale middle_name name nickname ' +
    'phone_number phone_number_verified picture preferred_username profile updated_at website zoneinfo'
  ).split(' '),
);

/** Namespaces that belong to Auth0. */
const AUTH0_NAMESPACE =
  /^(https?:\/\/([^/?#@]*\.)?(auth0\.com|webtask\.io|webtask\.run)([/?#:]|$)|urn:auth0)/i;

const HINT = 'name it with a URL of yours, such as https://acme.com/groups; nothing has to be there';

export const reservedGroupsClaim: Rule = {
  code: 'TFM001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'auth0',
  title: 'Groups claim that Auth0 drops',
  reason:
    'Auth0 reserves some sixty names of claims, groups and roles among them, and every URL of its own. An Action that sets one of them runs without an error, and the claim is not in the token: people log in, belong to no group, and the role bindings of groups do nothing. A name of your own without a namespace works today and collides with the next name that Auth0 reserves.',
  remedy:
    'Use a URL of yours as the name. It is only a name; nothing needs to answer there. The Action and the connector both take it from this one field.',
  *check({ document }) {
    const claim = document.auth0?.groups?.claim;
    if (claim === undefined) return;
    const path = ['auth0', 'groups', 'claim'];
    if (RESERVED.has(claim))
      yield {
        path,
        message: `Auth0 reserves the claim "${claim}": it drops what an Action sets there without an error, and no one is in any group`,
        hint: HINT,
      };
    else if (PROFILE.has(claim))
      yield {
        path,
        message: `"${claim}" is a standard claim about the person; groups in it would take its place`,
        hint: HINT,
      };
    else if (AUTH0_NAMESPACE.test(claim))
      yield {
        path,
        message: `"${claim}" is in a namespace of Auth0, which it allows no one to set; no one would be in any group`,
        hint: HINT,
      };
    else if (/\s/.test(claim) || /^https?:\/*$/i.test(claim))
      yield { path, message: `"${claim}" is not a valid claim name`, hint: HINT };
    else if (!/^[a-z][a-z0-9+.-]*:/i.test(claim))
      yield {
        path,
        severity: 'warning',
        message: `The claim "${claim}" has no namespace: once Auth0 reserves the name, it drops the claim without an error`,
        hint: HINT,
      };
  },
};
