import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about connectors that are managed with pachctl. */
export const pachctlExplanations: readonly Explanation[] = [
  {
    code: 'CTL001',
    title: 'pachctl that is missing',
    reason:
      "pachkit connector and pachkit status --pachctl ask the cluster with the user's own pachctl, with its login and its context. There is no program of this name in a folder of PATH, or it cannot be started. Nothing is changed.",
    remedy:
      'Install the pachctl of the release that runs, from the page of releases of Pachyderm, and put its folder on PATH. pachctl version shows both releases.',
  },
  {
    code: 'CTL002',
    title: 'Cluster that pachctl does not reach',
    reason:
      "pachctl has no context, the context names an address where no pachd answers, or pachd did not answer in time. pachctl's own words are quoted. Commands about connectors go by the enterprise context, which is the active one unless another is set.",
    remedy:
      'Run pachctl connect ADDRESS, or name a context with --context. pachkit doctor FILE looks at the way in. --timeout SECONDS waits longer.',
  },
  {
    code: 'CTL003',
    title: 'Cluster that takes no login of pachctl',
    reason:
      'Connectors are changed by those who are logged in. pachctl has no token for the cluster, the token has expired, authentication is off, or the license has expired, after which only those who are bound to clusterAdmin themselves may do anything.',
    remedy:
      'Run pachctl auth login, or pachctl auth use-auth-token with the root token, which always works. Where authentication is off, deploy the document or run pachctl auth activate.',
  },
  {
    code: 'CTL004',
    title: 'Role that pachctl needs',
    reason:
      'pachd lets those read and change connectors who have the role idpAdmin or clusterAdmin on the cluster. The one who is logged in does not: `… is not authorized to perform this operation`.',
    remedy:
      "Bind the role, as in 'user:ada@acme.com': [idpAdmin] under auth.roleBindings, or log in as an administrator. pachctl auth whoami shows who is logged in.",
  },
  {
    code: 'CTL005',
    title: 'Connectors that pachd has from its environment',
    reason:
      'From release 2.3 on a pachd that was started with connectors in its environment, as pachkit and the official chart do, refuses to change them in any other way: `identity.CreateIDPConnector() is disabled when the Identity Connectors are set via environment.` Otherwise the next start would undo the change. Nothing is changed.',
    remedy:
      'Deploy the document: run pachkit deploy FILE, or kubectl apply what pachkit synth writes. pachd restarts, creates and updates the connectors of the document, and deletes all others.',
  },
  {
    code: 'CTL006',
    title: 'Connector that pachd refuses',
    reason:
      'pachd opens each connector before it keeps it: it decodes the settings as its Dex does, reads files of certificates in its container, and for OpenID Connect asks the provider for its discovery document. What it says is quoted. The connector in the cluster stays as it was.',
    remedy:
      'Fix the connector, or let pods reach the provider. pachkit doctor FILE tells what is wrong between Dex and the provider; pachkit validate FILE names settings that the release does not read.',
  },
  {
    code: 'CTL007',
    title: 'Connector that was changed in the meantime',
    reason:
      'pachd takes an update only with the stored version raised by one, so that no one overwrites a change that they have not seen: `new config version is 3, expected 4`. Between the look and the update someone else changed, created or deleted the connector.',
    remedy: 'Look at pachkit connector diff FILE, and apply again.',
  },
  {
    code: 'CTL008',
    title: 'Answer of pachctl that pachkit does not know',
    reason:
      'pachctl ended with an error that is not known, which is quoted, or printed something that is not a list of connectors. Whether a command that failed so has changed something is for the next look to tell.',
    remedy:
      'Run the command by hand to see all that it says. See that the pachctl on PATH is that of Pachyderm and fits the cluster: pachctl version.',
  },
  {
    code: 'CTL009',
    title: "Connectors that are not pachctl's to change",
    reason:
      'pachctl changes the connectors of the Dex inside pachd. A standalone Dex reads its own configuration, a member lets people log in through its enterprise server, a Secret that the document only names is not known here, and without authentication there are no connectors.',
    remedy:
      'Deploy the document instead, or run the command for the document that has the connectors, as the finding says.',
  },
  {
    code: 'CTL010',
    title: 'Cluster of another issuer',
    reason:
      "pachctl talks to the cluster of its context, whatever document is named. The issuer that this cluster's Dex has is not that of the document, so that it is another cluster as a rule, and the connectors would go to the wrong one. Nothing is changed.",
    remedy:
      'Name the context of the cluster with --context, or run pachctl config set active-context NAME. Where the cluster has another issuer on purpose, write it as access.urls.issuer: callback URLs are derived from it.',
  },
];
