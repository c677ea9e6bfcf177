import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about the hops of a login that `pachkit doctor` looks at. */
export const doctorExplanations: readonly Explanation[] = [
  {
    code: 'HOP001',
    title: 'Host that cannot be looked up',
    reason:
      'The name is looked up as browsers do, with the name servers of this machine and its /etc/hosts. Without an address nothing connects: browsers show "server not found", and Dex and pachd log `no such host`.',
    remedy:
      'Make a DNS record for the name, or fix the name in the document. To look at a server that DNS does not know yet, run pachkit doctor with --resolve HOST:PORT:ADDRESS. Names that only the network of the cluster has (.svc, .internal) cannot be looked up from outside; run the command from a machine that can.',
  },
  {
    code: 'HOP002',
    title: 'Port that takes no connection',
    reason:
      'The address is known, and nothing takes a connection at the port: no program listens there, a firewall or a network policy drops the packets, or a load balancer has no address yet.',
    remedy:
      'Start what should listen, and let the port pass. For a cluster that is reached through localhost, run pachctl port-forward, or the kubectl port-forward that pachkit synth prints.',
  },
  {
    code: 'HOP003',
    title: 'Certificate of an authority that is not trusted',
    reason:
      'The certificate is signed by an authority that this machine does not trust, by itself, or by one whose own certificate the server does not send. Browsers warn, and Dex, pachd and Console refuse: `x509: certificate signed by unknown authority`. With --ca FILE the authority is trusted here; Dex in its container has to be told of it as well.',
    remedy:
      'For the way in to the cluster, use a certificate that browsers trust. For a provider or a directory, give the certificate of its authority to the connector (rootCAs, rootCAData), or to the image of Dex. Let servers send their intermediate certificates.',
  },
  {
    code: 'HOP004',
    title: 'Certificate of another name',
    reason:
      'Certificates are valid for the names in their subject alternative names, and this one does not have the host that is asked. Browsers warn, Go programs refuse: `x509: certificate is valid for …, not …`. Often the default certificate of an ingress controller answers, because no rule is for the host.',
    remedy: 'Issue a certificate for the host, and see that the way in serves it for that host.',
  },
  {
    code: 'HOP005',
    title: 'Certificate out of its time',
    reason:
      'The certificate has expired, is not valid yet, or (as a warning) expires within 14 days. Browsers and Go programs refuse it outside of its time: `x509: certificate has expired or is not yet valid`.',
    remedy:
      'Renew the certificate, and check that whatever renews it runs. Check the clock of this machine too.',
  },
  {
    code: 'HOP006',
    title: 'TLS that does not begin',
    reason:
      'The port takes connections, and what answers there does not speak TLS, refuses to begin it, or wants it although the document says without. A directory listens with TLS at 636 and without, or with StartTLS, at 389.',
    remedy:
      'Name the port that serves TLS, switch TLS on there, or for LDAP set startTLS and insecureNoSSL as the port has it.',
  },
  {
    code: 'HOP007',
    title: 'Way in that does not lead to Dex',
    reason:
      'What answers at the issuer is not Dex: an ingress controller without a rule for the path, a proxy whose Dex does not run, Console, or Dex below another path. pachd reads the discovery document at every login, and browsers find no login page.',
    remedy:
      'Lead the path of the issuer to Dex as it is: Dex expects it, so it must not be cut off. With 502, 503 or 504 see whether the pods of Dex or pachd run and are ready.',
  },
  {
    code: 'HOP008',
    title: 'Discovery document that cannot be read',
    reason:
      'Dex reads the discovery document of a provider when it starts: the issuer with /.well-known/openid-configuration behind it. There is none, it is a page of HTML, or it does not name where to log in. The Dex of a document with such a connector does not start, so that no one logs in with any connector.',
    remedy:
      "Write the issuer that the provider's documentation names, with realm, tenant or path, and without the path of the discovery document.",
  },
  {
    code: 'HOP009',
    title: 'Issuer of another name',
    reason:
      'Issuers are compared as strings, slash for slash. A provider that calls itself otherwise than the connector says keeps Dex from starting; a Dex that calls itself otherwise than pachd expects fails every login: `issuer did not match the issuer returned by provider`.',
    remedy:
      'Write the issuer exactly as the discovery document has it, or deploy the document whose issuer Dex should have.',
  },
  {
    code: 'HOP010',
    title: 'Keys that are not published',
    reason:
      'Tokens are verified with the keys that the server publishes at the jwks_uri of its discovery document. Without any, every login ends in `failed to verify signature`.',
    remedy:
      'Let the server publish its signing keys. A Dex whose storage was emptied makes new ones when it is asked.',
  },
  {
    code: 'HOP011',
    title: 'Client that Dex does not know',
    reason:
      'Dex compares the client id and the redirect URI that pachd sends with those of its clients, as strings. It answers `Invalid client_id` or `Unregistered redirect_uri`: it runs with another document, or its clients were changed with pachctl.',
    remedy: 'Deploy this document. Where pachctl manages clients, look at pachctl idp get-client pachd.',
  },
  {
    code: 'HOP012',
    title: 'Connector that Dex does not know',
    reason:
      'Dex runs, and has no connector of this id, or one of another type: it was started with another document.',
    remedy: 'Deploy this document; for a cluster managed with pachctl, run pachkit connector apply FILE.',
  },
  {
    code: 'HOP013',
    title: 'Login that Dex cannot begin',
    reason:
      'Dex knows the connector and answers `Login error.` or another error of its own. The reason is in its log alone: most often `expected callback URL "…" did not match the URL in the config "…"`, a redirectURI that differs from the issuer.',
    remedy: 'Leave redirectURI out, so that it is derived; otherwise look into the log of Dex, or of pachd.',
  },
  {
    code: 'HOP014',
    title: 'Callback URL that is not registered',
    reason:
      'The provider compares the callback URL of the request with those that are registered for the client, as strings, and shows an error page instead of its login page. Scheme, host, port, path and a slash at the end all count.',
    remedy:
      'Register the callback URL that pachkit synth prints. pachkit doctor quotes what the provider says.',
  },
  {
    code: 'HOP015',
    title: 'Client that the provider does not know',
    reason:
      'The provider has no client with the id of the connector: it was removed, belongs to another tenant, realm or directory, or the id has a slip.',
    remedy: 'Write the id of a client that exists, and its secret.',
  },
  {
    code: 'HOP016',
    title: 'Scope that the provider refuses',
    reason:
      'The provider knows the client and refuses a scope that the connector asks for, so that no one can log in.',
    remedy: 'Remove the scope from the connector, or permit it to the client at the provider.',
  },
  {
    code: 'HOP017',
    title: 'Request for a login that the provider refuses',
    reason:
      'The provider shows an error instead of its login page. Its own words are quoted; where they are known, the cause is named. Entra ID asks for consent after the login alone, so that no request tells whether an administrator has given it: a connector of type microsoft that brings groups asks for directory.read.all, and until an administrator consents to Directory.Read.All of Microsoft Graph no one logs in, "Need admin approval" or AADSTS90094.',
    remedy:
      "Follow the hint, or look the provider's words up in its documentation. For groups from Entra ID grant admin consent to Directory.Read.All: pachkit synth prints what has to be set up.",
  },
  {
    code: 'HOP018',
    title: 'Client secret that is refused',
    reason:
      'A token endpoint looks at the client secret before it looks at the code. pachkit doctor sends the secret with a code that was never given, over TLS alone, and the endpoint answers that the client is not the one it says it is. People would see it after they have logged in: `oidc: failed to get token: oauth2: "invalid_client"`.',
    remedy:
      'Give the secret that the server has. At a provider it may have been rotated or have expired; in Dex it is that of the document which was deployed, with its store of generated secrets.',
  },
  {
    code: 'HOP019',
    title: 'Clock that is wrong',
    reason:
      'Tokens carry the time from when and until when they are valid. The date of an answer differs from the clock of this machine by more than a network delays (a warning), or by more than five minutes (an error): tokens of a clock that is behind have expired when they arrive.',
    remedy: 'Set the clocks by NTP: of the server, of the nodes of the cluster, and of this machine.',
  },
  {
    code: 'HOP020',
    title: 'Redirects that lead in a circle',
    reason:
      'A URL redirects to one that was asked before. Most often a proxy that ends TLS asks the next one over http, which redirects to https.',
    remedy: 'Let one place redirect to https, the first one, and tell those behind it (X-Forwarded-Proto).',
  },
  {
    code: 'HOP021',
    title: 'Bind that a directory refuses',
    reason:
      'Dex binds to the directory as bindDN before each search. The directory refuses: the entry does not exist, its password is another, it is locked, or binds need TLS. Every login with the connector fails: `ldap: initial bind for user "…" failed`. Active Directory says why in its message (`data 52e`: wrong password; `data 532`: expired).',
    remedy: 'Check bindDN and bindPW with ldapwhoami.',
  },
  {
    code: 'HOP022',
    title: 'Search that a directory refuses',
    reason:
      'The place where the search begins does not exist or may not be seen (`No Such Object`), is not a distinguished name, or the filter cannot be read.',
    remedy: 'Write the baseDN of entries that exist, and let the bind DN read them.',
  },
  {
    code: 'HOP023',
    title: 'Search in a directory that finds nothing of use',
    reason:
      'The directory answers the search that Dex makes, for anyone, and no entry matches; or the entries lack an attribute that the connector names, or have it in another case, which Dex compares. At most five entries are looked at, and none of their values is shown.',
    remedy: 'Check baseDN, filter, and the names of attributes, and what the bind DN may read.',
  },
  {
    code: 'HOP024',
    title: 'Way back that no one answers',
    reason:
      'Dex sends browsers back to pachd or Console after a login. The path there is answered by what has no program behind it (404, 502, 503, 504).',
    remedy: 'Lead the path to pachd or Console, and see whether it runs.',
  },
  {
    code: 'HOP025',
    title: 'Path for headers that nothing guards',
    reason:
      'A connector of type authproxy believes the headers of a request to its callback path. A request without a login reached Dex itself there: anyone who sends the header logs in as anyone.',
    remedy:
      'Put a reverse proxy before that path that authenticates, and that drops the headers from what people send.',
  },
  {
    code: 'HOP028',
    title: 'Dex that runs with another document',
    reason:
      'Dex sends browsers to the provider with another client id or callback URL than this document has.',
    remedy: 'Deploy this document, or run the doctor with the one that is deployed.',
  },
  {
    code: 'HOP029',
    title: 'Answer that does not come in time',
    reason:
      'A connection was made and no answer came within the time that each hop has, 10 seconds unless --timeout says.',
    remedy: 'Look at the load and the log of what should answer, or give it more time.',
  },
  {
    code: 'HOP030',
    title: 'Password that Dex cannot check',
    reason:
      'For connectors that check passwords the doctor fills in the form of Dex, once, as a user that does not exist. Dex then asks the directory or server from where it runs, with the settings and secrets that it has. It should hear that there is no such user; instead it answers an error, as it does to everyone.',
    remedy:
      'Compare with the hops that the doctor sees from here: what works from here and not from Dex is a network policy, a name that the pods do not resolve, an authority that the image of Dex does not trust, or another document that is deployed. The log of Dex, or of pachd, has the reason.',
  },
  {
    code: 'HOP031',
    title: 'Stranger who is let in',
    reason:
      'The doctor filled in the form of Dex as a user who does not exist, with a random password, and Dex let it in. Whatever checks the passwords accepts anyone.',
    remedy: 'Look at what the connector asks, and switch the connector off until it refuses strangers.',
  },
  {
    code: 'HOP032',
    title: 'Login without roles',
    reason:
      "The login succeeds, and auth.roleBindings has nothing for it, or something that is nearly it: pachd knows people as `user:` and the address of the claim `email`, groups as `group:` and their name in the claim `groups`, and compares both as strings. Another case, a path before a group's name, or the id of a group instead of its name makes another subject.",
    remedy:
      'Write the subject as the doctor prints it. Roles of projects and repos are not in the document and not looked at.',
  },
  {
    code: 'HOP033',
    title: 'Login that is refused',
    reason:
      'Someone logged in with the connector of --login, and Dex or the provider refused: a wrong password, someone whom the connector or the provider does not let in, or an error on the way. Its words are quoted.',
    remedy:
      'Check name and password. Where they are right, the connector may restrict who logs in, or the hops above say what is wrong.',
  },
  {
    code: 'HOP034',
    title: 'Token that pachd refuses',
    reason:
      'The login came to an end, and what Dex gave for it would not do for pachd: no token, one that another Dex has signed or that is for another client, or an address that is not verified although auth.requireVerifiedEmail wants it. Or there is no address in the claim `email`, and pachd takes everyone without one for the same user, `user:`.',
    remedy:
      'Follow the hint. pachd itself says only `authorization failed` in the browser, and the reason in its log.',
  },
  {
    code: 'HOP035',
    title: 'Subject that no provider sends',
    reason:
      'auth.roleBindings names a user or a group that the directory has in another case, or does not have. pachd makes subjects of the address and the names of groups that Dex sends and compares them as strings, while directories ignore case: the roles are given to no one. At most 50 subjects are looked for.',
    remedy:
      'Write the subject as the directory has it. Where another connector sends it, nothing is wrong; the line says so.',
  },
  {
    code: 'HOP036',
    title: 'Root token that pachd refuses',
    reason:
      'The doctor asked pachd who it is with the root token of the document, over TLS alone. pachd does not know the token, or has no authentication yet: it runs with another document or another store of generated secrets, or the token was rotated by hand.',
    remedy:
      'Deploy this document, with the store of secrets that the cluster was made with. pachd takes the token of its environment at every start.',
  },
  {
    code: 'HOP037',
    title: 'Role bindings of another document',
    reason:
      "The bindings of the cluster are not those of the document: pachd was started with another one, or someone changed them with pachctl. pachd makes them those of the document at every start, but for Pachyderm's own.",
    remedy: 'Deploy this document, or write what should stay into auth.roleBindings.',
  },
  {
    code: 'HOP038',
    title: 'What stayed in the cluster',
    reason:
      'Dex has a client or a connector that the document does not have. Clients that leave a document stay in Dex with their secrets and keep getting tokens; connectors stay where pachctl manages them, and when the last one leaves.',
    remedy:
      'Delete it with the command that is named, or write it into the document. pachctl idp is refused for connectors while pachd has them from its environment.',
  },
  {
    code: 'HOP039',
    title: 'Secret that is not in the cluster',
    reason:
      'The document says that a secret is in a Secret of the namespace already, with `existing`, and pachkit writes it nowhere. With --in-cluster the doctor reads those that a login needs, and there is no such Secret, or it does not have the key. Kubernetes does not start pods that refer to it: `CreateContainerConfigError`.',
    remedy:
      'Make the Secret with this key, or write the name and the key that are there. pachkit synth lists what has to exist before the objects are applied.',
  },
  {
    code: 'HOP040',
    title: 'Network of the Pods that cannot be looked at',
    reason:
      'With --in-cluster the doctor asks what Dex and pachd ask from where they run: with sh and nc in their Pod, or, where the image has neither, in a Pod of its own that it deletes at the end. No such Pod runs: its image cannot be pulled, a policy or quota refuses it, or the image has no nc that takes `-e`.',
    remedy:
      'Name an image that the nodes can pull with --image, such as that of busybox or Alpine in your own registry. A Pod that a killed run has left ends by itself after ten minutes, and the next run deletes it.',
  },
];
