import type { CommandEntry } from '../../command';
import { FINDINGS_OPTION, FORMAT_OPTION } from '../../reporters';
import { pictureFormats } from '../../../graph/formats';
import { STABLE_EXAMPLE } from '../../../releases/pachyderm';

/** Commands that say what documents come to, and what another release would change. */
export const answerCommands: readonly CommandEntry[] = [
  {
    name: 'who',
    arguments: '<file>',
    summary: 'show who gets in, as whom, and with which groups',
    description: `Shows for every connector who can log in, the exact form of user: and group: that pachd will see, where it comes from
and what has to be set up at the provider for it; and for every role binding which connector can send its subject, or that
no one can ever be it. Nothing is asked of the network.

With --claims it says who one person becomes and which roles they get: from an ID token or its claims as JSON, from
attributes of SAML or Microsoft Graph as JSON, or from entries in LDIF, the person's first and then those of groups. A token
is decoded here, not verified, and never printed.

Exits 0 when the document is right, 1 when it has errors or the person of --claims is refused, 2 when a file cannot be read
or the command line is wrong.

Examples:
  pachkit who pachyderm.yaml
  pachkit who pachyderm.yaml --claims token.txt
  ldapsearch -LLL … | pachkit who pachyderm.yaml --claims - --connector corp
  pachkit who pachyderm.yaml --format json`,
    options: [
      {
        flags: '--claims <file>',
        description: 'what the provider says about a person; - for standard input',
      },
      {
        flags: '--connector <id>',
        description:
          'the connector that the person logs in with (default: the one whose issuer the claims name, or the only one)',
      },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('../who')).who,
  },
  {
    name: 'setup',
    arguments: '<file> [id]',
    summary: 'show what to set up at the identity providers, and in products that log in',
    description: `Shows for every connector, or the one with this id, what someone has to set up at its identity provider: what to enter, where
to click, which value comes back into which field of the document, the same with the provider's own command line where it has
one, and commands that show what Dex will see. Nothing is asked of the network, and no secret is read.

For each client in identity.clients with a preset, or the one with this id, it shows what to enter in that product.

synth writes the same pages into setup/, one for each connector and client. What Terraform sets up for the section auth0 has none.

Exits 0 when the document is right, 1 when it has errors, 2 when there is no such connector or client, or the command line is wrong.

Examples:
  pachkit setup pachyderm.yaml
  pachkit setup pachyderm.yaml okta
  pachkit setup pachyderm.yaml grafana
  pachkit setup pachyderm.yaml --format json`,
    options: [FINDINGS_OPTION],
    load: async () => (await import('../setup')).setup,
  },
  {
    name: 'why',
    arguments: '<file> <object> [field]',
    summary: 'show where a field of what is written comes from',
    description: `Says where a field of what synth writes comes from:
  - the lines of the document that decide it, the fields that the document leaves out, and what they mean then
  - how URLs are derived
  - what it is in other releases

pachkit finds out by trying: it makes the cluster again with one thing changed, left out or added, and looks at the field.

OBJECT is Kind/name, connectors/ID, or a name of Terraform's, such as auth0_client.application. FIELD is a path in it, into
configuration files as well: auth-config.issuer. Without FIELD, or with one that has fields inside, all of them answer.
Secrets are not read; values in Secrets and connectors are not shown. A document with errors answers as it was probably meant.

Exits 0 with an answer, 1 when the document has errors, 2 when a file cannot be read or nothing is called so.

Examples:
  pachkit why pachyderm.yaml Secret/pachyderm-auth auth-config.issuer
  pachkit why pachyderm.yaml Deployment/pachd 'containers[pachd].image'
  pachkit why pachyderm.yaml connectors/auth0 config.redirectURI
  pachkit why pachyderm.yaml auth0_client.application callbacks`,
    options: [FORMAT_OPTION],
    load: async () => (await import('../why')).why,
  },
  {
    name: 'graph',
    arguments: '<file>',
    summary: 'draw the chain of a login and the parts of the cluster',
    description: `Draws the clusters of a file: who calls whom, at which URL, with which protocol and port. Solid arrows are connections,
dashed ones what browsers carry. What is wrong stands out, with its code; secrets are named, never shown. A document with
errors has a picture of what is known; findings go to standard error. The same document makes the same bytes.

Format:
${formatLines()}
  json     the picture as data, for programs

The picture is printed, or written to the file of -o, whose name says the format. One that pachkit did not make is not
overwritten without --force.

Exits 0 when the document is right, 1 when it has errors, 2 when a file cannot be read or written.

Examples:
  pachkit graph pachyderm.yaml
  pachkit graph pachyderm.yaml -o login.svg
  pachkit graph pachyderm.yaml --format dot | dot -Tpdf > login.pdf`,
    options: [
      {
        flags: '--format <format>',
        description: 'form of the picture (default: as the name of -o ends, else mermaid)',
        choices: [...pictureFormats.map(({ name }) => name), 'json'],
      },
      { flags: '-o, --output <file>', description: 'file to write (default: standard output)' },
      { flags: '--force', description: 'replace a file that pachkit did not make' },
    ],
    load: async () => (await import('../graph')).graph,
  },
  {
    name: 'report',
    arguments: '<file...>',
    summary: 'make a page about clusters, in one file',
    description: `Makes a page of everything that is known about the clusters of documents: the picture of graph, every URL with who calls it
and why it is that, who can log in as whom, role bindings, what to register at each provider, findings at their lines, the
objects and folders that synth writes, and what the official chart says in another way. For several clusters an overview is first.

The page is one HTML file that asks no server for anything, and has no secret: none is read for it. Documents with errors are on
it with what is known. With more than five clusters, and with --serve, URLs do not say why they are what they are; pachkit why does.

It is printed, or written to the file of -o. One that pachkit did not make is not overwritten without --force. With --serve it is
shown to this machine alone, and made anew whenever one of the files is saved. --format json prints what it says as data.

Exits 0 when all documents are right, 1 when one has errors, 2 when a file cannot be read or written or the port of
--serve cannot be had.

Examples:
  pachkit report pachyderm.yaml -o report.html
  pachkit report clusters/*.yaml -o report.html
  pachkit report pachyderm.yaml --serve
  pachkit report clusters/*.yaml --format json`,
    options: [
      {
        flags: '--format <format>',
        description: 'html the page, json what it says as data, for programs',
        choices: ['html', 'json'],
        default: 'html',
      },
      { flags: '-o, --output <file>', description: 'file to write (default: standard output)' },
      { flags: '--force', description: 'replace a file that pachkit did not make' },
      { flags: '--serve', description: 'show the page in a browser while files are edited' },
      { flags: '--port <port>', description: 'port of --serve; 0 for any that is free', default: '8090' },
    ],
    load: async () => (await import('../report')).report,
  },
  {
    name: 'upgrade',
    arguments: '<file>',
    summary: 'show what another release changes, and bring a document to it',
    description: `Says what changes when the cluster of a document moves to a newer release of Pachyderm:
  - what people notice, and what has to be done about it
  - what differs between the two releases, as far as it touches this cluster; --all shows the rest
  - which keys of its connectors the Dex of the newer release begins or ceases to read
  - which secrets move, which must be kept, and where they are
  - every object that changes, and why; --all shows every field
  - the steps, in their order, with commands

Below it is what is wrong with the document in the newer release alone.

Nothing is asked of a cluster, and no secret is read. pachkit diff --to-release compares with the cluster that runs.
--write changes the release in the document and removes what the newer release does not read; comments and layout stay.

Exits 0 when the document is right in the newer release, 1 when it has errors there, 2 when a file cannot be read or
written, there are no facts about the release, or it is not newer.

Examples:
  pachkit upgrade pachyderm.yaml --to 2.12.0-rc.3
  pachkit upgrade pachyderm.yaml --to 2.11.6 --all
  pachkit upgrade pachyderm.yaml --to 2.11.6 --write`,
    options: [
      {
        flags: '--to <release>',
        description: `the release to move to, such as ${STABLE_EXAMPLE}`,
        isRequired: true,
      },
      { flags: '--write', description: 'bring the document to the release' },
      {
        flags: '--all',
        description: 'show every field, and what does not touch the cluster',
      },
      FINDINGS_OPTION,
    ],
    load: async () => (await import('../upgrade')).upgrade,
  },
];

/** What pictures can be written as. */
function formatLines(): string {
  return pictureFormats.map(({ name, description }) => `  ${name}  ${description}`).join('\n');
}
