/** What keeps pachd, or the Job that sets it up, from finishing: what is half done then, and the way out. */
export interface BootstrapFailure {
  /** The state that the cluster is in, as a name. */
  readonly state: string;
  readonly text: string;
  readonly todo: string;
}

interface FailureRow extends BootstrapFailure {
  /** What the log says. Its first group, if it has one, is said behind `text`. */
  readonly pattern: RegExp;
}

/**
 * pachd 2.3 and later sets itself up in this order at every start: license, membership, identity, authentication. It ends at the
 * first error, and what came before is done. The words are those of pachd and config-pod.
 */
const rows: readonly FailureRow[] = [
  {
    pattern: /the activation code has expired/,
    state: 'license expired',
    text: 'the license has expired, and pachd up to 2.11 does not start with one that has',
    todo: 'set enterprise.licenseKey to a new key and deploy again; release 2.12 needs none',
  },
  {
    pattern: /error validating activation code: ([^\n"]{1,120})/,
    state: 'license refused',
    text: 'pachd refuses the license key',
    todo: 'set enterprise.licenseKey to the whole key as it was given, and deploy again',
  },
  {
    pattern: /Either both or neither of LICENSE_KEY and ENTERPRISE_SECRET must be set/,
    state: 'license half given',
    text: 'pachd has a license key or the enterprise secret, and not both',
    todo: 'remove the one that pachd.environment sets, or the Secret that holds half of it',
  },
  {
    pattern: /activate auth(?:\s|:)[^\n]*Pachyderm Enterprise is not active/,
    state: 'no license',
    text: 'authentication cannot be activated: this release needs an active license for it',
    todo: 'set enterprise.licenseKey, or move to release 2.12, which needs none',
  },
  {
    pattern: /(?:create|update) connector with ID: "([^"\n]{1,100})"/,
    state: 'identity not set up',
    text: 'pachd cannot open a connector, and so neither authentication nor role bindings are set up',
    todo: 'pachkit doctor looks at every connector from here; fix the connector or its provider, or remove it, and deploy again',
  },
  {
    pattern: /modify cluster role bindings: ([^\n]{1,120})/,
    state: 'half activated',
    text: 'authentication is on and the root token is in, and the role bindings of the document are not',
    todo: 'fix auth.roleBindings and deploy again; until then only the root token is an administrator',
  },
  {
    pattern: /configure the auth server via environment: ([^\n]{1,160})/,
    state: 'half activated',
    text: 'authentication is on and the root token is in, and clients, settings and role bindings are not all set',
    todo: 'fix what pachd names and deploy again; pachctl auth use-auth-token with the root token is the way in meanwhile',
  },
  {
    pattern: /provided auth token is corrupted or has expired/,
    state: 'another root token',
    text: 'the cluster is activated with another root token than that of the document',
    todo: 'pachctl auth rotate-root-token --supply-token TOKEN with the old one, or write the old one into auth.rootToken',
  },
];

/** What a log of pachd or of the config Job says about its set-up; undefined when it says nothing of that. */
export function bootstrapFailure(log: string): BootstrapFailure | undefined {
  for (const { pattern, state, text, todo } of rows) {
    const match = pattern.exec(log);
    if (match) return { state, text: match[1] === undefined ? text : `${text}: ${match[1].trim()}`, todo };
  }
  return undefined;
}
