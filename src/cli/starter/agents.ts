import { withoutTrailing } from '../../forms/trim';

/** The lines around the section, so that it can be brought up to date without touching the rest. */
export const AGENTS_MARKERS = ['<!-- pachkit: begin -->', '<!-- pachkit: end -->'] as const;

/** What coding agents in a repository with documents need to know. */
const SECTION = `## Pachyderm logins with pachkit

Documents with \`apiVersion: pachkit/v1\` describe Pachyderm clusters: how they are reached, who may log in with what, where data is
kept. Everything else (manifests, Dex connectors, the bootstrap secret, Auth0's application) follows from them. Edit the documents,
never what \`pachkit synth\` writes.

Read before you change something:

- \`pachkit explain FIELD\`, such as \`pachkit explain auth.sessionDuration\`: what a field is for, its values and its default
- \`pachkit explain provider okta\`: the fields of an identity provider; \`pachkit explain provider\` lists them
- \`pachkit explain DEX102\`: the page behind the code of a finding
- \`pachkit schema\`: the JSON Schema of documents

After every change:

1. \`pachkit validate FILE --format json\`: every finding in one run, with its place and its fix. \`--fix\` applies the safe ones.
2. \`pachkit who FILE\`: who gets in, as whom. Say so when a change lets in more people.
3. \`pachkit synth FILE\`: writes the files; \`pachkit diff FILE --against OTHER\` shows what differs from another document.

Exit codes: 0 no errors, 1 the document has errors, 2 wrong usage, 3 cluster or network, 16 something differs.

Never:

- print, log or commit a secret: \`.pachkit/\`, what \`synth\` writes, the output of \`pachkit secret get\`. In documents secrets are
  references: \`{ env: NAME }\`, \`{ file: PATH }\`, \`{ existing: { name, key } }\`.
- run \`pachkit deploy\`, \`pachkit destroy\`, \`pachkit secret rotate\` or \`pachkit connector apply\` unless someone asked for it: they change
  a running cluster or its secrets.
- change the \`id\` of a connector that is in use: everyone who logs in through it becomes someone else.
- silence a finding to get on. Fix it, or leave it and say why.
`;

/**
 * The text of an AGENTS.md with the section about pachkit: after what is there, or in the place of an earlier one.
 *
 * @returns undefined where the markers of an earlier section are not a pair, so that no one's own lines are lost
 */
export function withAgentsSection(current: string | undefined): string | undefined {
  const [begin, end] = AGENTS_MARKERS;
  const block = `${begin}\n\n${SECTION}\n${end}\n`;
  if (current === undefined) return block;
  const lines = current.split('\n');
  const places = AGENTS_MARKERS.map((marker) =>
    lines.flatMap((line, index) => (line.trim() === marker ? [index] : [])),
  );
  const [[first, ...more] = [], [last, ...others] = []] = places;
  if (first === undefined && last === undefined)
    return current.trim() === '' ? block : `${withoutTrailing(current, '\n')}\n\n${block}`;
  if (first === undefined || last === undefined || last < first || more.length + others.length > 0)
    return undefined;
  return [...lines.slice(0, first), ...block.trimEnd().split('\n'), ...lines.slice(last + 1)].join('\n');
}
