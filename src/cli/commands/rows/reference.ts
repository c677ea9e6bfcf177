import type { CommandEntry } from '../../command';
import { FORMAT_OPTION } from '../../reporters';
import { SHELLS } from '../../completion/shells';

/** Commands that print what pachkit knows. */
export const referenceCommands: readonly CommandEntry[] = [
  {
    name: 'schema',
    arguments: '[schema]',
    summary: 'print a JSON Schema',
    description: `Prints a JSON Schema as one file without references to others: that of the document, or the one named.

With --target it is the schema of what one version of Pachyderm or Dex reads, and refuses all keys that it ignores:
  connector   a connector file, or one item of a Dex configuration's connectors
  oidc, …     the config of a connector of that type
  dex         the configuration of a standalone Dex

It accepts what validate --as finds nothing wrong with in form, save that keys must be in Dex's spelling and have a value.

helm-values is the schema of the values that the official chart of one release of Pachyderm reads (--release, default: the
newest): for editors, and for values.schema.json of a chart that depends on it. Helm itself takes any key.

report is the schema of what commands print with --format json: #/definitions/report has one for each command.

Examples:
  pachkit schema > schemas/cluster.schema.json
  pachkit schema connectors/oidc
  pachkit schema oidc --target dex@2.45
  pachkit schema connector --target pachyderm@2.11
  pachkit schema helm-values --release 2.11.6 > values.schema.json
  pachkit schema report`,
    options: [
      {
        flags: '--target <product@version>',
        description: 'the Pachyderm or Dex that reads it, such as pachyderm@2.11 or dex@2.45',
      },
      {
        flags: '--form <form>',
        description:
          'with --target: a file that the product reads itself (the default), or a cluster document, where redirectURI is derived and secrets may be mappings',
        choices: ['file', 'document'],
      },
      {
        flags: '--release <version>',
        description: 'with helm-values: the release of Pachyderm, such as 2.11.6 or 2.11',
      },
    ],
    load: async () => (await import('../schema')).schema,
  },
  {
    name: 'explain',
    arguments: '<code-or-field...>',
    summary: 'explain a code, a field of the document or an identity provider',
    description: `Explains a code of a finding, or its slug: the reason and the remedy. Or a field of the document: what it is for,
what it takes, its default. Or, after the word provider, an identity provider that identity.connectors can name: its fields,
and the connector of Dex that an example becomes.

Exits 0 with an explanation, 2 when nothing is called so.

Examples:
  pachkit explain SCH001
  pachkit explain unknown-key
  pachkit explain auth.sessionDuration
  pachkit explain provider
  pachkit explain provider okta
  pachkit explain DEX102 --format json`,
    options: [FORMAT_OPTION],
    load: async () => (await import('../explain')).explain,
  },
  {
    name: 'completion',
    arguments: '<shell>',
    choices: { shell: SHELLS },
    summary: 'print a script that completes command lines in a shell',
    description: `Prints a script for bash, zsh or fish that completes commands, options, their values, codes, fields of the document, releases,
outputs and files where a command takes them. What it offers comes from the pachkit on the command line, so that it need not
be printed anew for another version.

Examples:
  source <(pachkit completion bash)
  source <(pachkit completion zsh)
  pachkit completion fish > ~/.config/fish/completions/pachkit.fish`,
    options: [],
    load: async () => (await import('../completion')).completion,
  },
];
