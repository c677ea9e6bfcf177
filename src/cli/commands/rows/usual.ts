import type { CommandEntry } from '../../command';
import { BASELINE_OPTIONS } from '../../baseline-options';
import { FROZEN_OPTIONS } from '../../frozen-options';
import { LAYER_OPTIONS } from '../../layer-options';
import { LOCK_OPTION } from '../../lock-option';
import { REPORT_OPTIONS } from '../../reporters';
import { outputs } from '../../../outputs/registry';

/** The commands that run on every save and every commit: what runs one of them does not load the rows of all others. */
export const usualCommands: readonly CommandEntry[] = [
  {
    name: 'validate',
    arguments: '[file...]',
    summary: 'check documents',
    description: `Checks documents (YAML, JSON or TypeScript; - is standard input):
  1. reads each file and what it extends,
  2. checks its form against the schema, and connectors against what the release's Dex reads,
  3. checks what is known to go wrong at deployment or at the first login.

All findings come out in one run. Reads no secrets, and writes nothing without --fix.

Files that Pachyderm and Dex read themselves are checked too, for the version that --target names (default: the newest, and for
values the release that they say):
  connector      what pachctl idp create-connector reads: type, id, name, version and config
  helm-values    values of the official chart: names, types, effect, what the chart refuses, and the rules for logins
  upstream-idps  a list of connectors, alone or in a Secret, and what else pachd starts with in Secrets and ConfigMaps of the chart
  dex-config     the configuration of a standalone Dex, by itself or in what Argo CD and the chart of Dex have it in

They are told from cluster documents by what is in them; --as says what a file is.

With --values or an option that begins with --set all that is named is one set of values, laid over each other as helm does: files
first, then --values, --set-json, --set, --set-string, --set-file and --set-literal, in this order. A finding is at the place,
in a file or in an argument, that the value comes from.

--fix fixes what is safe to fix, in the file where it was written: a key whose case differs or with one wrong letter, the slash after an Auth0 issuer. Comments and layout stay. What is read from standard input is printed, fixed.

With --expand the connectors of documents without errors are printed as Dex has them, those that name an identity provider
(pachkit explain provider) among them, and clients where presets are: secrets as references, and plain ones hidden.

--baseline names a file of findings that are known and left out, errors among them, for those who start with old files:
--write-baseline writes it. An entry that is not found any more is a finding.

Exits 0 when there is no error, 1 when there is, 2 when a file cannot be read or written, 70 when pachkit itself fails.
Findings are printed on standard output; what --fix makes of standard input takes their place, and they go to standard error.

Examples:
  pachkit validate pachyderm.yaml
  pachkit validate clusters/*.yaml --format json
  pachkit validate pachyderm.yaml --fix
  pachkit validate clusters/*.yaml --baseline known.json
  pachkit validate values.yaml --target pachyderm@2.11
  pachkit validate -f values.yaml -f production.yaml --set pachd.replicas=2
  pachkit validate oidc-dex-connector.yaml --as connector --target pachyderm@2.11`,
    options: [
      {
        flags: '--as <kind>',
        description: 'what the files are (default: each says it itself)',
        choices: ['cluster', 'connector', 'dex-config', 'helm-values', 'upstream-idps'],
      },
      {
        flags: '--target <product@version>',
        description: 'the Pachyderm or Dex that reads the files, such as pachyderm@2.11 or dex@2.45',
      },
      ...LAYER_OPTIONS,
      { flags: '--fix', description: 'fix what is safe to fix' },
      {
        flags: '--expand',
        description: 'print the connectors of documents, and clients with presets, as Dex has them',
      },
      ...BASELINE_OPTIONS,
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('../validate')).validate,
  },
  {
    name: 'synth',
    arguments: '<file...>',
    summary: 'check documents and write everything a login needs',
    description: `Checks documents, then writes for each into DIR/<name>:
${outputLines()}

Each folder is written beside the old one and swapped in; when anything is wrong, nothing is written at all.
Generated secrets are made once and kept in .pachkit beside the document. Files with secrets are readable by you only, and
a .gitignore beside them keeps them out of git.
Prints what was written on standard output and findings on standard error; with --format json both are one JSON document on
standard output.

Exits 0 when all is written, 1 when a document has errors, 2 when a file cannot be read or written, 70 when
pachkit itself fails.

Examples:
  pachkit synth pachyderm.yaml
  pachkit synth clusters/*.yaml --out build
  pachkit synth pachyderm.yaml --only terraform`,
    options: [
      { flags: '-o, --out <dir>', description: 'folder to write into', default: 'dist/pachkit' },
      {
        flags: '--only <outputs>',
        description: `outputs to write, separated by commas: ${outputs.map(({ name }) => name).join(', ')}`,
      },
      ...FROZEN_OPTIONS,
      LOCK_OPTION,
      {
        flags: '--adopt',
        description: 'take over the folder of a cluster that was written from another document',
      },
      {
        flags: '--allow-tracked-secrets',
        description: 'in production, write secrets in clear text into files that git tracks',
      },
      ...REPORT_OPTIONS,
    ],
    load: async () => (await import('../synth')).synth,
  },
];

/** What is in the folder of each output. */
function outputLines(): string {
  return outputs
    .map(
      ({ name, description, isDefault }) =>
        `  ${name}/  ${description}${isDefault === true ? '' : `; written with --only ${name}`}${typeof isDefault === 'function' ? ', or where the document asks for it' : ''}`,
    )
    .join('\n');
}
