import { asterisks } from './asterisks';

/**
 * Tokens that say of themselves what they are, by the letters they begin with or, where a product has none, by their length and
 * letters. What is shorter is a word: `sk-` begins names too. Nothing but letters and digits may be before them.
 */
const TOKENS: readonly RegExp[] = [
  // Code: GitHub, GitLab, Atlassian and Bitbucket, npm, PyPI, RubyGems, Docker Hub, Artifactory.
  /(?:gh[opsur]_|github_pat_|gl(?:pat|[dr]t|rtr|[cfp]tt?|cbt|soat|agent|imt|oas|ffct)-)[\w.-]{8,}/,
  /AT(?:ATT|CTT|STT|BB)[\w=-]{24,}/,
  /(?:npm_|rubygems_)[A-Za-z0-9]{32,}/,
  /(?:pypi-|dckr_[op]at_|AKCp)[\w-]{16,}/,
  // Clouds: Google, AWS (secret keys, which begin in no way of their own, and tokens of sessions), Azure (secrets of Entra, keys of
  // storage accounts), DigitalOcean, Databricks.
  /(?:AIza|GOCSPX-|ya29\.|1\/\/0)[\w.-]{24,}/,
  /(?<![\w/+=.-])(?=[A-Z0-9/+]{0,39}[a-z])(?=[a-z0-9/+]{0,39}[A-Z])(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![\w/+=.-])/,
  /(?:IQoJ|FwoG)[\w/+=]{32,}/,
  /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}/,
  /(?<![\w+/=-])[A-Za-z0-9+/]{86}==/,
  /(?:do[opr]_v1_|dapi)[0-9a-f]{32,}/,
  // Secrets: Vault, OpenBao, HCP Terraform, age, 1Password, Doppler, Pulumi.
  /(?:hv[bsr]\.|ops_eyJ)[\w.-]{8,}/,
  /(?:s\.|pul-)[A-Za-z0-9]{24,}/,
  /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{32,}/,
  /AGE-(?:SECRET-KEY|PLUGIN)-[A-Z0-9-]{16,}/,
  /dp\.(?:pt|st|ct|scim|audit)\.[\w.-]{16,}/,
  // People and machines: JWTs and Pachyderm's license, Slack, Stripe, SendGrid, Grafana, Sentry, New Relic, Tailscale, OpenAI.
  /eyJ[\w.-]{8,}/,
  /xox[a-z](?:\.xox[a-z])?-[\w.-]{8,}/,
  /xapp-[\w-]{16,}/,
  /hooks\.slack\.com\/(?:services|workflows)\/[\w/]{8,}/,
  /(?:[rs]k_(?:live|test)_|whsec_|hf_|lin_api_)[A-Za-z0-9]{16,}/,
  /SG\.[\w-]{16,}\.[\w-]{16,}/,
  /(?:glsa_|glc_|sntry[su]_|NRAK-|PMAK-|tskey-)[\w=-]{16,}/,
  /sk-[\w.-]{8,}/,
  // What follows a scheme of HTTP, Okta's SSWS too.
  /(?<=(?:Bearer|Basic|SSWS)[ \t]{1,4})(?=[^\s"',}\]]{0,256}[0-9A-Z+/=_-])[^\s"',}\]]{6,512}/,
];

/** Hashes of passwords, as crypt and its like write them. */
const HASH = /\$(?:2[abxy]|[156y]|apr1|argon2[a-z]{1,2})\$[^\s:"',}\]]{8,512}/g;

/**
 * A private key, all in one line or in lines of its own, with CRLF and in comments too. Before them stand lines that name what
 * encrypted it, and an empty one: `Proc-Type` of OpenSSL, `Version` of PGP, `Comment` of SSH.
 */
const PRIVATE_KEY =
  /(?:-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY ----|Private-Lines: \d{1,4})(?:(?:[ \t\r]{0,8}\n[ \t#]*(?:[A-Z][A-Za-z-]{1,24}:[^\n]{0,256})?){0,8}(?:[ \t\r]{0,8}\n[ \t#]*(?:\/\/[ \t]{0,8})?[A-Za-z0-9+/=]{1,128}(?![^\s"'`])){1,1000}|[^\n"']{1,8192})/g;

let tokens: RegExp | undefined;

/** A string in which private keys, hashes of passwords, and tokens of well-known kinds are asterisks. */
export function maskTokens(text: string): string {
  tokens ??= new RegExp(`(?<![A-Za-z0-9])(?:${TOKENS.map(({ source }) => source).join('|')})`, 'g');
  return text.replace(PRIVATE_KEY, asterisks).replace(tokens, asterisks).replace(HASH, asterisks);
}
