import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder } from '../support/pachkit';
import { root } from './pages';

/** Indented blocks of the guide, without what indents them; a command on two lines is one. */
const blocks = fs
  .readFileSync(path.join(root, 'docs/guide/keycloak.md'), 'utf8')
  .split(/\n(?=\S)/)
  .map((text) => text.split('\n').filter((line) => line.startsWith('    ')))
  .filter((lines) => lines.length > 0)
  .map((lines) =>
    lines
      .map((line) => line.slice(4))
      .join('\n')
      .replace(/\|\n */g, '| '),
  );

const HEAD = `apiVersion: pachkit/v1
name: pachyderm
release: 2.12.0-rc.3
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
storage: { gcs: { bucket: acme } }
`;

/** What synth prints for a document that has a section as the guide has it. */
function printed(section: string): string {
  const folder = temporaryFolder({ 'pachyderm.yaml': `${HEAD}${section}\n` });
  try {
    const { exitCode, stdout, stderr } = pachkit(['synth', 'pachyderm.yaml'], { folder, environment: {} });
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
    return stdout;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const isSection = (block: string): boolean => block.startsWith('keycloak:\n');
const sections = blocks.filter(isSection);

/** The lines of commands that follow a section, up to the next one. */
function commandsBelow(section: string): string[] {
  const after = blocks.slice(blocks.indexOf(section) + 1);
  const next = after.findIndex(isSection);
  return after
    .slice(0, next < 0 ? undefined : next)
    .flatMap((block) => block.split('\n'))
    .filter((line) => /^(export|kc\.sh|jq|terraform) /.test(line));
}

test.each(sections.slice(0, 2).map((section) => [section.split('\n').at(-1) ?? '', section]))(
  'the commands below a section that ends with "%s" are those that synth prints',
  (_, section) => {
    const lines = commandsBelow(section);
    expect(lines.length).toBeGreaterThan(2);
    const text = printed(section);
    for (const line of lines) expect(text).toContain(line);
  },
);

test('both ways have a section', () => expect(sections.length).toBeGreaterThanOrEqual(2));
