import type { Code } from '../diagnostics/codes';

/** Something that pachctl or pachd answers: one row of what is known about it. */
export interface PachctlRefusal {
  readonly text: RegExp;
  readonly code: Code;
  /** Why, and what happens because of it, as a clause. */
  readonly cause: string;
  readonly fix: string;
  /** Whether every other command would be answered the same. */
  readonly concernsAll?: true;
}

/** Answers, the first that fits being the one. From the sources of pachctl and pachd, 2.2.0 to 2.12.0-rc.3. */
export const pachctlRefusals: readonly PachctlRefusal[] = [
  {
    text: /identity\.\w+\(\) is disabled? when the Identity Connectors are set via environment\.?/,
    code: 'CTL005',
    cause: 'pachd got its connectors from its environment when it started, and changes them only there',
    fix: 'deploy this document: run pachkit deploy FILE, or kubectl apply what pachkit synth writes; pachd restarts with the connectors',
    concernsAll: true,
  },
  {
    text: /the auth service is not activated/,
    code: 'CTL003',
    cause: 'authentication is off in this cluster, and without it there are no connectors',
    fix: 'activate it first: deploy the document, or run pachctl auth activate',
    concernsAll: true,
  },
  {
    text: /no authentication token \(try logging in\)|no authentication metadata \(try logging in\)|provided auth token is corrupted or has expired \(try logging in again\)|token expiration is in the past/,
    code: 'CTL003',
    cause: 'pachctl is not logged in to this cluster',
    fix: 'run pachctl auth login, or pachctl auth use-auth-token with the root token',
    concernsAll: true,
  },
  {
    text: /Pachyderm Enterprise is not active in this cluster[^\n]{0,200}/,
    code: 'CTL003',
    cause:
      'the license has expired or is missing: only those bound to clusterAdmin themselves may do anything',
    fix: 'log in as one of them, or run pachctl auth use-auth-token with the root token',
    concernsAll: true,
  },
  {
    text: /(?<!\S)\S* ?is not authorized to perform this operation[^\n]{0,200}/,
    code: 'CTL004',
    cause: 'the one who is logged in does not have the role that changes connectors',
    fix: 'bind idpAdmin to the user, or log in as an administrator of the cluster',
    concernsAll: true,
  },
  {
    text: /unable to open connector: [^\n]{0,400}/,
    code: 'CTL006',
    cause:
      'pachd tries each connector before it keeps it, and cannot open this one; the connector stays as it was',
    fix: 'run pachkit doctor FILE, which tells what is wrong between Dex and the provider; a provider has to be reachable from the pods',
  },
  {
    text: /pachctl config error: [^\n]{0,300}|no active context configured[^\n]{0,200}/,
    code: 'CTL002',
    cause: 'pachctl does not know which cluster is meant',
    fix: 'run pachctl connect ADDRESS, or name a context that pachctl config list context shows, with --context',
    concernsAll: true,
  },
  {
    text: /could not connect: [^\n]{0,300}|must set pachd_address to grpcs:\/\/[^\n]{0,100}|context deadline exceeded|connection refused/,
    code: 'CTL002',
    cause: 'pachctl does not reach the cluster',
    fix: 'check the address with pachctl config get active-context, and the way in with pachkit doctor FILE',
    concernsAll: true,
  },
  {
    text: /new config version is \S+, expected \d+/,
    code: 'CTL007',
    cause: 'it was changed by someone else in the meantime',
    fix: 'look at pachkit connector diff FILE, then apply again',
  },
  {
    text: /ID already exists/,
    code: 'CTL007',
    cause: 'someone else made a connector of this id in the meantime',
    fix: 'look at pachkit connector diff FILE, then apply again',
  },
  {
    text: /unable to deserialize JSON: [^\n]{0,300}|unknown connector type "[^"]{0,60}"|no (id|type|name) specified|no configs are defined/,
    code: 'CTL006',
    cause: 'the cluster runs another release than the document names, and its Dex reads other settings',
    fix: 'write the release that runs: pachctl version shows it',
  },
];

/** The row for what was said, with the words that it is about. */
export function findPachctlRefusal(
  said: string,
): { readonly refusal: PachctlRefusal; readonly quote: string } | undefined {
  for (const refusal of pachctlRefusals) {
    const quote = refusal.text.exec(said)?.[0];
    if (quote !== undefined) return { refusal, quote: quote.trim() };
  }
  return undefined;
}
