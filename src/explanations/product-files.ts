import type { Explanation } from '../diagnostics/explanation';

/** Pages of the codes about files that Pachyderm and Dex read themselves, and about fixing files. */
export const productFileExplanations: readonly Explanation[] = [
  {
    code: 'FIL001',
    title: 'Lost nesting under config',
    reason:
      'The settings of a connector belong under config. When they stand beside type and id, as in copies of documentation that lost their indentation, pachctl and Dex drop them silently, and the connector has no settings at all; pachd, reading a list of connectors, refuses the whole list and does not start.',
    remedy:
      'Write a line config: level with type:, and indent every setting below it by two more spaces: "type: oidc", "id: auth0", "name: Auth0", "version: 0", "config:", "  issuer: https://TENANT.us.auth0.com/", "  clientID: …", "  clientSecret: …", "  redirectURI: …". In JSON: { "type": "oidc", "id": "auth0", "name": "Auth0", "version": 0, "config": { "issuer": "https://TENANT.us.auth0.com/", "clientID": "…" } }, with the outer braces and without a comma after the last setting.',
  },
  {
    code: 'FIL002',
    title: 'Key that a connector does not have',
    reason:
      'Beside config a connector has type, id and name, and further keys that depend on who reads it: version in files for pachctl, jsonConfig and configVersion in lists for pachd. pachctl and Dex drop every other key silently; pachd does not start with a list that has one.',
    remedy: 'Correct the spelling, or remove the key.',
  },
  {
    code: 'FIL003',
    title: 'Value around config of the wrong kind',
    reason:
      'id, name and type are strings, version is a whole number, config is a mapping. The file is refused as a whole when one of them is something else; the message quotes the error.',
    remedy: 'Put strings that look like numbers or booleans in quotes, and write numbers without.',
  },
  {
    code: 'FIL004',
    title: 'Connector with a missing required key',
    reason: 'pachd and Dex refuse connectors without id, type, name or settings.',
    remedy: 'Add what is missing.',
  },
  {
    code: 'FIL005',
    title: 'Key around config in the wrong case',
    reason:
      'pachctl and Dex ignore case, so the key is read. pachd, reading the same connector from a list, does, and does not start.',
    remedy: 'Write the key in the case that the message names.',
  },
  {
    code: 'FIL006',
    title: 'Duplicate key',
    reason: 'Of two keys that differ in case only one is left, and nothing says which.',
    remedy: 'Keep one of the two.',
  },
  {
    code: 'FIL007',
    title: 'Placeholder that was not filled in',
    reason:
      'Examples have words in angle brackets, such as http://<ip>:30658/callback, that stand for values of your own. The product takes them literally, and no login succeeds.',
    remedy: 'Write your own value.',
  },
  {
    code: 'FIL009',
    title: 'Several documents in one file',
    reason: 'pachctl and Dex read the first document of a file and drop the others silently.',
    remedy: 'Write each document into a file of its own.',
  },
  {
    code: 'FIL010',
    title: 'List of connectors that the chart does not read',
    reason:
      'The official chart accepts any key. Without oidc.upstreamIDPs it configures the mock identity provider, whose user admin with the password "password" is a cluster administrator.',
    remedy: 'Move the list to oidc.upstreamIDPs.',
  },
  {
    code: 'FIL011',
    title: 'File of another form than its kind',
    reason:
      'A connector file is one mapping, upstream identity providers are a list of mappings, a Dex configuration is one mapping. Lists and configurations are also found in manifests: under upstream-idps of a Secret, under a key such as config.yaml of a ConfigMap or Secret. pachd does not start with anything but a list under upstream-idps. Manifests without any of these have nothing that could be checked, nor have files of other programs: many of those have a name, a type or a version too, such as package.json, and are told by their other keys.',
    remedy: 'Check the indentation, or say with --as what the file is.',
  },
  {
    code: 'FIL012',
    title: 'config and jsonConfig',
    reason:
      'Pachyderm 2.2 reads the settings of an upstream identity provider from jsonConfig, a string of JSON, and ignores config silently. From 2.3 on config is read, and jsonConfig only where there is no config.',
    remedy: 'Write the one that the release reads, and only that.',
  },
  {
    code: 'FIL013',
    title: 'Target that does not read the file',
    reason:
      'Dex configurations are read by Dex, connectors and lists of them by Dex and Pachyderm. The list under idps of the Secret pachyderm-bootstrap-config is read by Pachyderm 2.2 alone. A cluster document names its release itself.',
    remedy: 'Name a version of the product that reads the file, or leave out --target.',
  },
  {
    code: 'DEX201',
    title: 'Key that no Dex configuration has',
    reason: 'Dex ignores keys that it does not know, silently, and works as if the line were not there.',
    remedy: 'Correct the spelling, or move the key to the section that the message names.',
  },
  {
    code: 'DEX202',
    title: 'Key that this version of Dex ignores',
    reason: 'The key belongs to another version of Dex. This one says nothing and works without it.',
    remedy: 'Remove the key, or move to a version that reads it.',
  },
  {
    code: 'DEX203',
    title: 'Value in a Dex configuration of the wrong kind or form',
    reason: 'Dex exits at startup with the error that the message quotes, or works with another value.',
    remedy: 'Write the value in the form that the message describes.',
  },
  {
    code: 'DEX204',
    title: 'Missing required key of a Dex configuration',
    reason: 'Dex exits at startup with the error that the message quotes.',
    remedy: 'Add what is missing.',
  },
  {
    code: 'DEX206',
    title: 'Key of a Dex configuration in the wrong case',
    reason:
      'Go decodes JSON without regard to case, so Dex reads the key. Other tools do not, and of two spellings of one key only one counts.',
    remedy: 'Write the key as Dex documents it.',
  },
  {
    code: 'FIL014',
    title: 'Escape that no product reads',
    reason:
      'JSON writes characters beyond U+FFFF, such as emoji, as two escapes \\uD83D\\uDE80, and a string may hold one of them alone. The products read JSON with a reader of YAML, which refuses the whole file: "yaml: found invalid Unicode character escape code".',
    remedy: 'Write the character itself; with Python that is json.dumps(…, ensure_ascii=False).',
  },
  {
    code: 'FIL015',
    title: 'Date without quotes in a connector file',
    reason:
      'pachctl treats an unquoted date as a time: 2001-01-01 becomes the string 2001-01-01T00:00:00Z. A password or another setting is then not the one that was written, and logins fail.',
    remedy: 'Put the value in quotes.',
  },
  {
    code: 'FIL016',
    title: 'Clients that the chart does not read',
    reason:
      "Comments in the official chart's values and its documentation call the list of further clients oidc.additionalOIDCClient; its templates read oidc.additionalClients only. The chart accepts any key, and Dex never knows the clients.",
    remedy: 'Write oidc.additionalClients.',
  },
  {
    code: 'FIL020',
    title: 'Value that the official chart does not have',
    reason:
      'Helm takes any key, and what the templates of the chart do not read has no effect: the default holds, silently. A dot in a key is part of its name in YAML; only helm --set takes it as a step into a mapping.',
    remedy: 'Write the value under the name and in the mapping that the chart reads.',
  },
  {
    code: 'FIL021',
    title: 'Key of a client that pachd does not read',
    reason:
      "pachd decodes clients as id, name, secret, redirect_uris and trusted_peers, and ignores other keys silently. Comments in the official chart's values say redirectURIs: a client that is written so has no redirect URI.",
    remedy: 'Write the key as pachd decodes it.',
  },
  {
    code: 'FIL022',
    title: 'Value that the chart has in other releases',
    reason:
      'Helm takes any key. The chart of this release has no such value, so nothing happens: what a later release brought is not there yet, and what an earlier one had is gone.',
    remedy:
      'Remove the value, or name the release that the values are for with --target. Without --target it is the one whose chart has the most of the keys: of several that of the image of pachd, then the newest.',
  },
  {
    code: 'FIL023',
    title: 'Value of the chart without effect',
    reason:
      'The chart lists the value, and no template of the release reads it; or the value gives a secret beside the name of a Secret, and the chart reads the Secret.',
    remedy: 'Remove it.',
  },
  {
    code: 'FIL024',
    title: 'Value that the chart or what it installs does not take',
    reason:
      'Before it renders, Helm compares types with the schema that comes with the chart, and refuses all values over one of another type: a port of PostgreSQL without quotes is a number where a string must be. Words out of a short list are rendered as they are, and what reads them refuses them: pachd a storage backend, Kubernetes a type of Service.',
    remedy: 'Write the value as the message says. pachkit schema helm-values prints what each value takes.',
  },
  {
    code: 'FIL025',
    title: 'Values that the chart refuses',
    reason:
      'Templates of the chart stop with the error that is quoted, and Helm installs nothing. Helm tells the first reason only; here all of them are told. What another values file may have is told only for values that say where the cluster runs, with deployTarget.',
    remedy: 'Set or correct the value. The reasons are those of the charts 2.2.8, 2.11.6 and 2.12.0-rc.3.',
  },
  {
    code: 'FIL026',
    title: 'Values of another chart',
    reason:
      'The file has keys of another chart, or none that the chart of Pachyderm reads. Helm would ignore all of them.',
    remedy: 'Name the values file of Pachyderm.',
  },
  {
    code: 'FIL027',
    title: 'Template around values',
    reason:
      'The file has actions of templates, as values files of Helmfile, Argo CD, Ansible and Terraform have them, or comments of ytt. Helm itself does not run templates in values files, so these are not values yet, and what comes out cannot be told. References that another program puts single values in for are a warning: sops, vals, spruce, envsubst, Flux, the Vault plugin of Argo CD. Helm takes them literally, a root token included; the rest of the file is checked. An import stops at them, but for secrets, which a document refers to in its own way.',
    remedy: 'Render the file with the tool that it is for, and check or import what comes out.',
  },
  {
    code: 'FIL028',
    title: 'Values that Helm cannot read',
    reason:
      'Helm makes JSON of files of values, which has no infinite numbers and no null as a key. Arguments of --set and its like are pairs of a path and a value, separated by commas: a comma in a value begins the next pair, a dot in a name the next name, and a path leads only through mappings and lists. Helm stops at the first argument that it cannot parse, and installs nothing.',
    remedy:
      'Escape with a backslash what belongs to a name or a value: nodeSelector."kubernetes\\.io/os"=linux, key=a\\,b. --set-literal takes a value literally, --set-json a value in JSON, and a file of values anything.',
  },
  {
    code: 'FIL029',
    title: 'Values that do not work',
    reason:
      'The chart compares types and little else: it renders values that contradict each other, and what comes of them shows in the cluster. Strings such as the root token stand in its templates without quotes, so that "12345" becomes a number and what follows a # is lost. Numbers of files are floating point to Helm, which writes them with an exponent from a million on.',
    remedy: 'Do what the help says; pachkit import helm-values shows what the values come to.',
  },
  {
    code: 'DEX230',
    title: 'Key of a Dex configuration in two spellings',
    reason:
      'Go decodes JSON without regard to case, so keys that differ in case only are one key to Dex. On the way from YAML to JSON the keys are sorted, uppercase letters before lowercase ones, and the last one counts, wherever it is in the file.',
    remedy: 'Keep one of them, written as Dex documents it.',
  },
  {
    code: 'DEX231',
    title: 'Value that YAML 1.1 changes',
    reason:
      'Dex reads YAML 1.1, and converts numbers and booleans where it wants a string: an unquoted 0123 is octal and becomes 83, 1.10 becomes 1.1, 1e5 becomes 100000, yes becomes true. A client whose secret is written that way is refused, because it sends another one. Versions of Dex after 2.45 refuse such values in clients.',
    remedy: 'Put the value in quotes.',
  },
  {
    code: 'DEX232',
    title: "YAML that Dex's reader refuses",
    reason:
      'Dex reads YAML 1.1, JSON too, with a reader that refuses some of what YAML 1.2 and JSON allow: the escape \\/, which PHP writes, and halves of characters such as \\ud83d, which Python writes for emoji, in double quotes; a %YAML line of another version; a tab where indentation is, even in front of a comment. Dex exits at startup with the error that the message quotes.',
    remedy: 'Write it the way that the message names.',
  },
  {
    code: 'FIL030',
    title: "Text that Argo CD's operator drops",
    reason:
      'The operator of Argo CD, which OpenShift GitOps is, makes dex.config of argocd-cm of spec.sso.dex.config in an ArgoCD resource, and only where spec.sso.provider is dex. spec.dex is a key of v1alpha1. dex.config of spec.extraConfig wins over both. With openShiftOAuth the operator writes a connector for OpenShift, and connectors of the text take its place.',
    remedy: 'Write provider: dex and dex.config below spec.sso, and connectors in one place.',
  },
  {
    code: 'FIL031',
    title: 'Text that pachd cannot read, or ignores in part',
    reason:
      'When it starts, pachd reads strings of Secrets and ConfigMaps: the settings of authentication and of Dex, clients, trusted peers and role bindings, each of which is YAML of one form. From release 2.3 on pachd exits at startup with a string of another form: "unmarshal auth config", "unmarshal auth cluster role bindings". To release 2.2 the config Job ends with "error syncing cluster state". Keys have underscores, and other keys are lost.',
    remedy:
      'Write the text in the form that the message names; a document for pachkit synth writes it by itself.',
  },
  {
    code: 'FIX001',
    title: 'File that could not be fixed',
    reason: 'The file has findings that can be fixed safely, but it cannot be written. It is as it was.',
    remedy: 'Change its permissions and those of its folder, or make room.',
  },
];
